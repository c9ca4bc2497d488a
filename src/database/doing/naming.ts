import { type DoingPlan, type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Model } from '../../contract/model/record.ts';
import { getViewer, type ViewerName, viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { definer } from '../wall/policy-sql.ts';

/** The person, and the number that names one. */
const [person, number] = ['Migrant', 'citizenIdNumber'] as const;

/** `sealed.name_person__labour`: whom a number names, for a department that records something about the person. */
export const namingFunction = (viewer: ViewerName): string => `sealed.name_person__${viewer.toLowerCase()}`;

/** Who records something about persons whom it may not see yet: whoever gives a link to a person. */
export function namers({ records }: DoingPlan): readonly ViewerName[] {
  const links = ({ record }: DoneRecord, field: string) => {
    const found = record.fields.get(field);
    return found?.kind === 'link' && found.type === person;
  };
  return viewers
    .filter(
      ({ name, kind }) =>
        kind !== 'RECEPTION_CENTRE' &&
        [...records.values()].some((done) =>
          transitionsFor(done, name).some(({ input }) => input.some(({ field }) => links(done, field))),
        ),
    )
    .map(({ name }) => name);
}

/**
 * A department serves a person for the first time: it gives the number, exactly and in full, and learns whether there is
 * such a person, nothing else (dossier §6.2, P2). For a minute its writes may name the person; it sees nothing by that.
 */
export function namingFunctions(plan: DoingPlan, model: Model, stores: ReadonlySet<string>): string[] {
  const record = model.get(person);
  const column = record?.columns[number];
  if (!record || !column || !stores.has(record.store)) return [];
  const shielded = record.source.scope.shielded ? `"t"."${record.source.scope.shielded.name}"` : 'false';
  const from = `from ${quotedTableOf(record.source.table)} "t" where "t"."${column.name}" = number`;
  const note = `insert into access.presented (unit, subject_id, until)
    select current_setting('laihu.unit', true), "t"."id", now() + interval '1 minute' ${from} and not ${shielded} order by "t"."id" limit 1
    on conflict (unit, subject_id) do update set until = excluded.until`;
  return namers(plan).flatMap((viewer) =>
    definer(
      `${namingFunction(viewer)}(number text)`,
      `returns table ("id" ${record.keyType}, "shielded" boolean)`,
      `delete from access.presented p where p.until < now(); ${note}; select "t"."id", ${shielded} ${from} order by "t"."id" limit 1`,
      [getViewer(viewer).name],
    ),
  );
}
