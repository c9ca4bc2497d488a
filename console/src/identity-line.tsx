import type { Session } from './session.ts';

/** One line that says who one is now: person, department, acting unit, territory, end of the sign-in. */
export function IdentityLine({ session }: { session: Session | null }) {
  return (
    <div className="identity" role="status" data-testid="identity">
      {session ? <SignedIn session={session} /> : <span className="muted">Not signed in · 未登录</span>}
    </div>
  );
}

function SignedIn({ session: { who, expiresAt } }: { session: Session }) {
  return (
    <>
      <span className="dot" aria-hidden="true" />
      {who.name && <strong>{who.name}</strong>}
      {(who.title || who.titleZh) && (
        <span>
          {who.title} <span lang="zh-Hans">{who.titleZh}</span>
        </span>
      )}
      {who.unit && (
        <span>
          <span className="muted">acting for</span> {who.unitName} <code>{who.unit}</code>
        </span>
      )}
      {who.territory && (
        <span>
          <span className="muted">territory</span> {who.territory}
        </span>
      )}
      {expiresAt !== null && (
        <span className="muted identity-end">
          until {new Date(expiresAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
        </span>
      )}
    </>
  );
}
