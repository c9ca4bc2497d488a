import { createServer } from 'node:net';
import { faultSentence } from '../store/fault-sentence.ts';

/** A port that nobody else gets while the program starts. */
export interface HeldPort {
  /** Gives the port back, so that the server can listen on it. */
  release(): Promise<void>;
}

/**
 * Takes a port before anything is changed. Clients that connect meanwhile are cut off.
 * @throws Error with one sentence: in use, not allowed, no such address
 */
export function holdPort(port: number, host: string): Promise<HeldPort> {
  const holder = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    holder.once('error', (error) => reject(new Error(portSentence(error, port, host))));
    holder.listen({ port, host, exclusive: true }, () =>
      resolve({ release: () => new Promise((done) => holder.close(() => done())) }),
    );
  });
}

/** Why a port cannot be listened on, and what to do. */
export function portSentence(error: unknown, port: number, host: string): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this user (EACCES): set PORT to 1024 or more, or allow it.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST ${host} is no name of this machine: set HOST to one of its addresses.`;
  return faultSentence(error);
}
