import { afterAll, beforeAll, describe, test } from 'vitest';
import { type ViewerCode, viewers } from '../../../src/identity/viewers.ts';
import { openSetting, recordTypes, type Setting } from '../asking/setup.ts';

/** Who asks, and which turn is theirs where not everybody asks everything. */
export interface Asker {
  readonly code: ViewerCode;
  /** Place among all viewers. */
  readonly turn: number;
}

/** A way to reach records, on which every viewer asks for every record type. */
export interface Surface {
  /** Begins the titles of its tests: `npx vitest run tests/access/reads.test.ts -t '^lists '`. */
  readonly name: string;
  /** What the test of a type states, `%s` being the type. */
  readonly states: string;
  ask(setting: Setting, asker: Asker, type: string): Promise<void>;
  readonly controls?: readonly Control[];
}

/** What must have happened once everybody asked, so that the refusals prove something. */
export interface Control {
  readonly title: string;
  check(setting: Setting): void;
}

/**
 * Tests of several surfaces over one district. One viewer asks on all of them before the next one does: a
 * connection is one viewer's, and to open them anew for each surface takes longer than the questions.
 */
export function testSurfaces(surfaces: readonly Surface[]): void {
  let setting: Setting;
  beforeAll(async () => {
    setting = await openSetting();
  });
  afterAll(() => setting.graph.close());

  for (const [turn, { code }] of viewers.entries())
    for (const { name, states, ask } of surfaces)
      describe(`${name} ${code}`, () => {
        test.each(recordTypes)(states, (type) => ask(setting, { code, turn }, type));
      });

  for (const { name, controls = [] } of surfaces)
    for (const { title, check } of controls) describe(name, () => test(title, () => check(setting)));
}
