import { type DoingPlan, transitionsFor } from '../../contract/doing/doing-plan.ts';
import { presented, takesIn } from '../../contract/doing/taking-in.ts';
import type { Model } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { definer } from '../wall/policy-sql.ts';

/** `sealed.take_in__health`: notes for a minute that the acting unit may refer to the person with a number. */
export const takeInFunction = (viewer: ViewerName): string => `sealed.take_in__${viewer.toLowerCase()}`;

/** For each department that makes records about persons whom it has not seen before. */
export function takeInFunctions(plan: DoingPlan, model: Model, stores: ReadonlySet<string>): string[] {
  const record = model.get(presented.type);
  const column = record?.columns[presented.property];
  if (!record || !column || !stores.has(record.store)) return [];
  const links = [...plan.records.values()].filter((done) =>
    [...done.record.fields.values()].some((field) => field.kind === 'link' && field.type === record.name),
  );
  const refersTo = (viewer: ViewerName) =>
    links.some((done) =>
      transitionsFor(done, viewer).some(({ input }) =>
        input.some(({ field }) => {
          const link = done.record.fields.get(field);
          return link?.kind === 'link' && link.type === record.name;
        }),
      ),
    );
  const from = `from ${quotedTableOf(record.source.table)} "t" where "t"."${column.name}" = number order by "t"."id" limit 1`;
  const note = `insert into access.presented (unit, subject_id, until)
    select current_setting('laihu.unit', true), "t"."id", now() + interval '1 minute' ${from}
    on conflict (unit, subject_id) do update set until = excluded.until`;
  return viewers
    .filter(({ name }) => takesIn(name, model) && refersTo(name))
    .flatMap(({ name }) =>
      definer(
        `${takeInFunction(name)}(number text)`,
        `returns table ("id" ${record.keyType})`,
        `delete from access.presented p where p.until < now(); ${note}; select "t"."id" ${from}`,
        [name],
      ),
    );
}

/** In a trigger of a record's store: the acting unit has taken in the person with this id. */
export const isTakenIn = (id: string): string =>
  `exists (select 1 from access.presented p where p.unit = current_setting('laihu.unit', true) and p.subject_id = ${id} and p.until > now())`;
