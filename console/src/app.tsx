import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { ExampleRequest } from './editor-tabs.tsx';
import { ExampleMenu } from './example-menu.tsx';
import { IdentityLine } from './identity-line.tsx';
import { Notice } from './notice.tsx';
import { PersonaChooser } from './persona-chooser.tsx';
import { PurposeChooser } from './purpose-chooser.tsx';
import { usePurpose } from './purposes.ts';
import { type Example, fetchExamples, fetchPersonas, type Persona } from './server-calls.ts';
import type { Session } from './session.ts';
import { TokenField } from './token-field.tsx';
import { useCarryOver } from './use-carry-over.tsx';
import { useSignIn } from './use-sign-in.ts';
import { Welcome } from './welcome.tsx';

/** The editor is thirty times the size of the rest: the page appears first, the editor follows. */
export const loadWorkbench = () => import('./workbench.tsx');
const Workbench = lazy(loadWorkbench);

/** Whom an example is written for; null where that is who one is, or it is for anybody. */
function offerOf({ unit, colleague }: Example, { code, who, ...session }: Session, persona: Persona | null) {
  if (!persona) return null;
  const isAnother =
    code !== persona.code || (unit && who.unit !== unit) || Boolean(session.colleague) !== colleague;
  return isAnother ? { persona, unit: unit ?? undefined, colleague } : null;
}

export function App() {
  const { session, ended, fault, signInAs, signInWith, signOut, markEnded } = useSignIn();
  const [personas, setPersonas] = useState<Persona[] | null>();
  const [examples, setExamples] = useState<Example[]>([]);
  const [loadFault, setLoadFault] = useState<string | null>(null);
  const [exampleRequest, setExampleRequest] = useState<ExampleRequest | null>(null);
  const [opened, setOpened] = useState<Example | null>(null);
  const purpose = usePurpose(session);
  const carryOver = useCarryOver(examples, (example) => chooseExample(example));

  useEffect(() => {
    fetchPersonas().then(setPersonas, (error: Error) => setLoadFault(error.message));
    void fetchExamples().then(setExamples);
  }, []);

  useEffect(() => {
    document.title = session
      ? `${session.who.titleZh || session.who.title} · 来沪 Laihu`
      : '来沪 Laihu · GraphQL console';
  }, [session]);

  const findPersona = (code: string | null) => personas?.find((persona) => persona.code === code) ?? null;

  const choosePersona = (persona: Persona, unit?: string, colleague = false) => {
    setOpened(null);
    void signInAs(persona, unit, colleague);
  };

  const chooseExample = (example: Example) => {
    if (example.purpose) purpose.choose(example.purpose);
    setExampleRequest({ example: carryOver.fill(example) });
    setOpened(example);
  };

  /** From the welcome page one click does both: nobody is signed in whom it could surprise. */
  const beginWithExample = (example: Example) => {
    if (example.purpose) purpose.choose(example.purpose);
    const persona = findPersona(example.as);
    setExampleRequest({ example: carryOver.fill(example) });
    if (persona) choosePersona(persona, example.unit ?? undefined, example.colleague);
  };

  const leave = () => {
    carryOver.clear();
    setOpened(null);
    signOut();
  };

  const onExampleOpened = useCallback(() => setExampleRequest(null), []);
  const renewable = findPersona(session?.code ?? null);
  // Looked at with each rendering: an example may be chosen before the personas are known.
  const offered = session && opened && offerOf(opened, session, findPersona(opened.as));

  return (
    <>
      <header className="topbar">
        <span className="brand">
          <span className="seal" lang="zh-Hans" aria-hidden="true">
            沪
          </span>
          <span className="brand-name">
            <span lang="zh-Hans">来沪</span> Laihu
          </span>
        </span>
        {personas && <PersonaChooser personas={personas} session={session} onChoose={choosePersona} />}
        {personas === null && !session && <TokenField onToken={signInWith} />}
        {session && <PurposeChooser {...purpose} />}
        <span className="spring" />
        {session && <ExampleMenu examples={examples} onChoose={chooseExample} />}
        {session && (
          <button type="button" className="sign-out" onClick={leave}>
            Sign out <span lang="zh-Hans">退出</span>
          </button>
        )}
      </header>
      <IdentityLine session={session} />
      {(fault ?? loadFault) && <Notice tone="warning">{fault ?? loadFault}</Notice>}
      {session && ended && (
        <Notice tone="warning">
          <span>
            The server no longer accepts this sign-in. Sign in again to read on.{' '}
            <span lang="zh-Hans">登录已失效</span>
          </span>
          {renewable && (
            <button
              type="button"
              onClick={() => choosePersona(renewable, session.who.unit, session.colleague)}
            >
              Sign in again as {renewable.title}
            </button>
          )}
          {!renewable && <TokenField onToken={signInWith} />}
        </Notice>
      )}
      {!session && exampleRequest && !exampleRequest.example.as && (
        <Notice tone="offer">
          Choose a persona: “{exampleRequest.example.title}” opens in the editor as soon as you are signed in.
        </Notice>
      )}
      {session && !ended && offered && (
        <Notice tone="offer">
          <span>
            This example is written for {offered.persona.title}{' '}
            <span lang="zh-Hans">
              {offered.persona.unitNames?.[offered.unit ?? ''] ?? offered.persona.titleZh}
            </span>
            {offered.colleague && ', a second person'}.
          </span>
          <button
            type="button"
            onClick={() => choosePersona(offered.persona, offered.unit, offered.colleague)}
          >
            Sign in as {offered.persona.code}
          </button>
          <button type="button" className="quiet" onClick={() => setOpened(null)}>
            Stay who I am
          </button>
        </Notice>
      )}
      {session && !ended && carryOver.notice}
      {session ? (
        <main className="workbench">
          <Suspense fallback={<p className="loading">Loading the editor… 正在加载</p>}>
            <Workbench
              session={session}
              purpose={purpose.purpose}
              exampleRequest={exampleRequest}
              onExampleOpened={onExampleOpened}
              onRefused={markEnded}
              onAnswer={carryOver.keep}
            />
          </Suspense>
        </main>
      ) : (
        <Welcome
          personas={personas}
          examples={examples}
          onPersona={choosePersona}
          onExample={beginWithExample}
        />
      )}
    </>
  );
}
