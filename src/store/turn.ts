import { randomBytes } from 'node:crypto';
import { BrokenResult } from './checked-query.ts';
import type { Client } from './client.ts';
import { type ConnectionIdentity, settingNames, settingValues } from './identity-settings.ts';

// A connection that speaks for nobody by itself speaks for one identity as long as a transaction lasts: the settings
// are local to it, so the server itself forgets them at its end, however it ends.

/** Says whose turn it is; no row where it is somebody's already, in this transaction or for life. */
export const beginsTurn = `select ${settingNames.map((name, i) => `set_config('${name}', $${i + 1}, true)`).join(', ')}, set_config('laihu.turn', $${settingNames.length + 1}, true) as turn
  where coalesce(current_setting('laihu.turn', true), '') = '' and coalesce(current_setting('laihu.viewer', true), '') = ''`;
const whoseTurn = `select current_setting('laihu.turn', true) as turn`;

const prepared = { prepare: true, simple: false };

/** A statement and what becomes of it. */
export interface Turn {
  readonly text: string;
  readonly params: readonly unknown[];
  readonly options: { readonly prepare: boolean; readonly simple: boolean };
  /** Given the statement's query, as soon as it is sent. */
  readonly onSent: (query: { reject(error: Error): void }) => void;
}

type Rows = Record<string, unknown>[];

/**
 * Runs one statement in the name of an identity. All of the turn is sent in one write. Its answer is used only if the
 * server has said on both sides of it, in this order and on this connection, that the turn is this one, by a number that
 * nobody can know before: so no answer of another's turn is taken for it, whatever the driver does.
 * @param sql of one connection
 * @throws what the driver says; BrokenResult, after which the connection is thrown away
 */
export async function takeTurn(sql: Client, identity: ConnectionIdentity, turn: Turn): Promise<Rows> {
  const values = settingValues(identity);
  const number = randomBytes(16).toString('hex');
  let step = 0;
  const expect = (at: number, isRight: (rows: Rows) => boolean) => (answer: unknown) => {
    const rows = answer as Rows;
    if (step === at && isRight(rows)) {
      step += 1;
      return rows;
    }
    sql.abandon();
    throw new BrokenResult();
  };
  const isOurs = (rows: Rows) => rows.length === 1 && rows[0]?.turn === number;
  const statement = sql.unsafe(turn.text, turn.params as never[], turn.options);
  // Each is sent when its answer is first waited for: one after the other, with nothing of others in between.
  const answers = [
    sql.unsafe('begin').then(expect(0, () => true)),
    sql.unsafe(beginsTurn, [...values, number], prepared).then(expect(1, isOurs)),
    statement.then(expect(2, () => true)),
    sql.unsafe(whoseTurn, [], prepared).then(expect(3, isOurs)),
    sql.unsafe('commit').then(expect(4, () => true)),
  ] as const;
  turn.onSent(statement as never);
  const [, , rows] = await Promise.all(answers);
  return rows;
}
