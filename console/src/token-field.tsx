import { useState } from 'react';

/** For a server without demonstration personas: paste the bearer token of one's own sign-in service. */
export function TokenField({ onToken }: { onToken(token: string): void }) {
  const [text, setText] = useState('');
  return (
    <form
      className="token-field"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        onToken(text);
        setText('');
      }}
    >
      <input
        type="password"
        aria-label="Bearer token (访问令牌)"
        placeholder="Paste a bearer token · 粘贴访问令牌"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">Sign in</button>
    </form>
  );
}
