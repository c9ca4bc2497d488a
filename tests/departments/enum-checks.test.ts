import { getTableColumns, getTableName } from 'drizzle-orm';
import { buildASTSchema, getNamedType, isEnumType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { expandSdl } from '../../src/contract/sdl/expand.ts';
import { departments } from '../../src/departments/index.ts';
import { ethnicities } from '../../src/departments/public-security/ethnicities.ts';
import { productContract } from '../../src/product-contract.ts';
import { migratedTables } from './migrated.ts';

const schema = buildASTSchema(expandSdl(productContract().sdl).document, { assumeValidSDL: true });

/** Columns of enums that a field shows, and what checks hold them to; the program alone writes the access log. */
const columns = departments
  .filter(({ store }) => store !== 'audit')
  .flatMap(({ store, records }) => {
    const migrated = migratedTables(store);
    return Object.entries(records).flatMap(([type, { table }]) => {
      const found = schema.getType(type);
      const stored = getTableColumns(table);
      return Object.values(isObjectType(found) ? found.getFields() : {}).flatMap((field) => {
        const named = getNamedType(field.type);
        const column = stored[field.name];
        if (!isEnumType(named) || !column) return [];
        const held = new RegExp(`"${column.name}" (?:in \\(|<@ (?:to_jsonb\\()?array\\[)('[^)\\]]*')[)\\]]`);
        const checked = (migrated.get(getTableName(table))?.checks ?? []).flatMap(
          (text) => held.exec(text)?.[1] ?? [],
        );
        return [
          {
            coordinate: `${type}.${field.name}`,
            codes: named.getValues().map(({ value }) => value as string),
            checks: checked.map((list) => [...list.matchAll(/'([^']*)'/g)].map(([, code]) => code)),
          },
        ];
      });
    });
  });

/** Kinds of case that know some of the states only (dossier §5.4). */
const narrower = [
  'CommerceCase',
  'ConstructionPenalty',
  'OutbreakResponse',
  'SiteWageDispute',
  'UnlicensedPracticeCase',
  'WomenRightsCase',
];
/** A group is any department's; which results a task may have hangs on its kind. */
const otherwiseChecked = ['AccessGrant.fieldGroup', 'CoordinatorTask.result'];

it('the groups of the standard are those of the enum, by number', () => {
  const group = schema.getType('Ethnicity');
  expect(isEnumType(group) && group.getValues().map(({ name }) => name)).toEqual(ethnicities);
});

it('there are columns of enums', () => expect(columns.length).toBeGreaterThan(100));

it.each(columns.filter(({ coordinate }) => !otherwiseChecked.includes(coordinate)))(
  '$coordinate takes what its enum has, and nothing else',
  ({ coordinate, codes, checks }) => {
    if (narrower.some((type) => coordinate === `${type}.status`))
      expect(codes).toEqual(expect.arrayContaining(checks[0] ?? ['no check']));
    else expect(checks).toContainEqual(codes);
  },
);
