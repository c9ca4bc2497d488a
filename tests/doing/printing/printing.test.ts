import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostFunction } from '../../../src/identity/viewer.ts';
import { type ViewerCode, viewers } from '../../../src/identity/viewers.ts';
import { official } from '../flows/officials.ts';
import { type Row, readTables } from '../reading/machines.ts';
import { decisionTexts, PaperDesk, sha256, textOf } from './paper-desk.ts';

// What is printed, by whom, and who may fetch it afterwards. Who may is read from the tables, by the tests' own reader.

const rows = [...readTables().values()].flat().filter(({ mutation }) => mutation === 'issueDocument');
/** One case for each row and actor. */
const cases = rows.flatMap((row) => row.viewers.map((code) => ({ row, code: code as ViewerCode })));
/** The unit whose own the record of a case is. */
const ownUnit = (row: Row, code: string): string =>
  code === 'PER' ? 'PT-PER' : row.record === 'PoliceCase' ? 'PT-STN-015-1' : 'PT-CAC-015';
const holds = ({ territory }: Row, unit: string, own: string): boolean =>
  territory.some(({ kind }) => kind === 'everywhere' || (kind === 'unit' && unit === own));

let desk: PaperDesk;
beforeAll(async () => {
  desk = await PaperDesk.open();
});
afterAll(() => desk?.close());

describe.each(cases)('$row.record $row.event by $code ($row.where)', ({ row, code }) => {
  const posts = row.posts as PostFunction[];
  const who = official(code, undefined, ...posts);
  const own = ownUnit(row, code);

  test.each(row.from)(
    'is printed in %s, said by an event, and fetched by whom the tables name',
    async (state) => {
      const { record, event } = row;
      const id = await desk.found(record, own);
      await desk.put(record, id, state);
      expect(await desk.print(who, record, id, event)).toMatchObject({
        committed: true,
        code: null,
        faults: [],
      });
      const document = (await desk.issued(who, record, id))!.at(-1)!;
      expect(document).toMatchObject({ issuedByUnit: who.unit, issuedBy: who.person });
      const [stored] = await desk.flow.owner`
      select event, acting_unit, person, from_state, to_state, reason from access.record_events
      where record_type = ${record} and record_id = ${id} order by version desc limit 1`;
      expect(stored).toEqual({
        event,
        acting_unit: who.unit,
        person: who.person,
        from_state: state === '*' ? null : state,
        to_state: state === '*' ? null : state,
        reason: `${document.number} sha256:${document.sha256}`,
      });

      const mayFetch = (other: ReturnType<typeof official>) =>
        rows.some(
          (each) =>
            each.record === record &&
            each.event === event &&
            each.viewers.includes(other.code) &&
            holds(each, other.unit, own),
        );
      for (const other of [
        ...viewers.map((viewer) => official(viewer.code, undefined, ...posts)),
        official('CAC', 'PT-CAC-005', ...posts),
      ]) {
        const { status, bytes } = await desk.fetch(other, document.id);
        expect({ code: other.code, unit: other.unit, status }).toEqual({
          code: other.code,
          unit: other.unit,
          status: mayFetch(other) ? 200 : 404,
        });
        if (status === 200) expect(sha256(bytes)).toBe(document.sha256);
      }
    },
  );
});

void decisionTexts;
void textOf;
