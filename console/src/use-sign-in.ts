import { useCallback, useEffect, useRef, useState } from 'react';
import { issueToken, type Persona } from './server-calls.ts';
import { readSession, type Session, sessionOfPersona, sessionOfToken, storeSession } from './session.ts';

/** setTimeout fires at once above this many milliseconds (24 days). */
const longestTimeout = 2 ** 31 - 1;

export interface SignIn {
  session: Session | null;
  /** True when the token was refused or ran out: the session is shown, but must be renewed. */
  ended: boolean;
  fault: string | null;
  signInAs(persona: Persona, unit?: string, colleague?: boolean): Promise<void>;
  signInWith(token: string): void;
  signOut(): void;
  /** To be called when the server answered 401 to this token. */
  markEnded(token: string): void;
}

/** The session, its renewal and its end. */
export function useSignIn(): SignIn {
  const [session, setSession] = useState(readSession);
  const [ended, setEnded] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const attempt = useRef(0);

  const begin = useCallback((next: Session | null) => {
    storeSession(next);
    setSession(next);
    setEnded(false);
    setFault(null);
  }, []);

  const signInAs = useCallback(
    async (persona: Persona, unit = persona.unit, colleague = false) => {
      // Arrow keys in the chooser can ask faster than the server answers: only the last choice counts.
      const mine = ++attempt.current;
      try {
        const issued = await issueToken(persona.code, unit, colleague);
        if (mine === attempt.current) begin(sessionOfPersona(persona, unit, colleague, issued));
      } catch (error) {
        if (mine === attempt.current) setFault((error as Error).message);
      }
    },
    [begin],
  );

  const signInWith = useCallback(
    (token: string) => {
      try {
        begin(sessionOfToken(token));
      } catch (error) {
        setFault((error as Error).message);
      }
    },
    [begin],
  );

  const signOut = useCallback(() => {
    attempt.current++;
    begin(null);
  }, [begin]);

  const token = session?.token;
  const markEnded = useCallback((refused: string) => refused === token && setEnded(true), [token]);

  const expiresAt = session?.expiresAt;
  useEffect(() => {
    if (expiresAt == null) return;
    const left = Math.max(expiresAt - Date.now(), 0);
    if (left > longestTimeout) return;
    const timer = setTimeout(() => setEnded(true), left);
    return () => clearTimeout(timer);
  }, [expiresAt]);

  return { session, ended, fault, signInAs, signInWith, signOut, markEnded };
}
