import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a rule of the dossier's entities is held, or why no input can break it. */
export const kinds = {
  refused: 'a call that breaks it is refused, at a path',
  warned: 'a call that breaks it is done, and the record says so',
  allowed: 'it says what may be: a call that does it is done',
  enum: 'GraphQL refuses other codes before anything runs',
  'not given': 'no input takes the value: it is computed, or set with the event',
  actor: 'it says who may: others are NOT_YOURS (tests/doing/every-transition.test.ts)',
  shown: 'it says who sees the value, or in which form (tests/access)',
  deadline: 'it says by when; nothing is refused for being late',
  of: 'the dossier writes it beside several fields: it is the rule of the one that is named',
} as const;
export type Kind = keyof typeof kinds;

/** One rule of the dossier's entities. */
export interface Rule {
  readonly entity: string;
  readonly field: string;
  readonly text: string;
  readonly kind: Kind;
  /** `Lease.endsOn`, as the product calls it; empty where it has no such field. */
  readonly product: string;
  /** The prepared call that is broken: `housing.lease`. */
  readonly call: string;
  /** What breaks it: changes of the call's input, each tried by itself. */
  readonly bad: readonly Readonly<Record<string, unknown>>[];
  /** `CODE path, CODE path` of the faults of each; of a warning `field VALUE`. */
  readonly expected: readonly string[];
  readonly note: string;
}

export const rules: readonly Rule[] = readFileSync(join(import.meta.dirname, 'rules.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [
      entity = '',
      field = '',
      text = '',
      kind = '',
      product = '',
      call = '',
      bad = '',
      expected = '',
      note = '',
    ] = line.split('\t');
    return {
      entity,
      field,
      text,
      kind: kind as Kind,
      product,
      call,
      bad: bad === '' ? [] : [JSON.parse(bad)].flat(),
      // Where one is said, it is that of all.
      expected: expected.split('|').flatMap((one) => one.trim() || []),
      note,
    };
  });

/** The rules that a file of tests breaks. */
export const rulesOf = (file: string): readonly Rule[] =>
  rules.filter(({ call }) => call.startsWith(`${file}.`));

interface DossierEntity {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly rule: string }[];
}

/** The dossier's own list, where it lies beside the project; undefined elsewhere. */
export function dossierRules(): readonly string[] | undefined {
  const file = ['../shared', '../../shared']
    .map((folder) => join(import.meta.dirname, '../../..', folder, 'domain/entities.json'))
    .find((path) => existsSync(path));
  if (!file) return undefined;
  const departments: { readonly entities: readonly DossierEntity[] }[] = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return departments.flatMap(({ entities }) =>
    entities.flatMap(({ name, fields }) =>
      fields.filter(({ rule }) => rule !== '').map((field) => `${name}.${field.name}: ${field.rule}`),
    ),
  );
}
