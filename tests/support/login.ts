import { inject } from 'vitest';
import { viewerLogin } from '../../src/database/wall/login.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** As whom viewers log in to the database; as its owner nothing protects but the program's rules. */
    login: 'viewer' | 'owner';
    /** By which road documents are answered (vitest.config.ts). */
    road: 'as the program' | 'one statement';
  }
}

/** The login of the pools of a test, as the project of the run has it (vitest.config.ts). */
export const testLogin = (): typeof viewerLogin =>
  inject('login') === 'owner' ? (ownerUrl) => ownerUrl : viewerLogin;
