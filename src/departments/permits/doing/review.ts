import { sql } from 'drizzle-orm';
import type { EffectFunction, System, Values } from '../../../contract/doing/department-doing.ts';
import { permitRuleOn } from '../permit-rules.ts';
import {
  permitApplications as applications,
  applicationMaterials as materials,
  departmentOpinions as opinions,
} from '../tables.ts';

interface Material extends Values {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly event: string | null;
}

/** Lists what the type needs; after a change of the draft, also what it no longer needs. */
const listMaterials: EffectFunction = async ({ id, today }, system) => {
  const application = await system.row('PermitApplication', id);
  if (application?.status !== 'DRAFT') return;
  const { materials: needed } = permitRuleOn(String(application.permitType), today);
  const listed = await system.rows<Material>(
    'permits',
    sql`select m.id, m.kind, m.state, (select e.event from access.record_events e where e.record_type = 'ApplicationMaterial' and e.record_id = m.id::text order by e.version desc limit 1) as event
      from ${materials} m where m.application_id = ${id}::uuid`,
  );
  for (const { id: material, kind, state, event } of listed) {
    const isNeeded = needed.includes(kind);
    // What a person added or excused stays as it is.
    if (!isNeeded && state === 'REQUIRED' && (event === 'list' || event === 'relist'))
      await system.change('ApplicationMaterial', material, 'unlist');
    if (isNeeded && event === 'unlist') await system.change('ApplicationMaterial', material, 'relist');
  }
  const kinds = new Set(listed.map(({ kind }) => kind));
  for (const kind of needed)
    if (!kinds.has(kind))
      await system.make('ApplicationMaterial', 'list', { applicationId: id, kind }, `${id}:${kind}`);
};

/** Who gives an opinion of a kind on an application (dossier §3.2): undefined where there is nobody to ask. */
function authorOf(kind: string, { subdistrictCode, stationCode }: Values): string | undefined {
  switch (kind) {
    case 'EMPLOYMENT':
      return 'PT-LSS';
    case 'RESIDENCE':
      return 'PT-HLR';
    case 'CERTIFICATE':
      return subdistrictCode ? `PT-SUB-${String(subdistrictCode).slice(-3)}` : 'PT-FPC';
    default:
      return stationCode ? String(stationCode) : undefined;
  }
}

const opinionsOf = (id: string, system: System) =>
  system.rows<{ id: string; kind: string }>(
    'permits',
    sql`select ${opinions.id}, ${opinions.kind} from ${opinions} where ${opinions.applicationId} = ${id}::uuid`,
  );

/** An application with the kinds of the opinions that it has. */
const applicationOf = (id: string, system: System) =>
  system.rows<Values & { readonly asked: readonly string[] }>(
    'permits',
    sql`select a.status, a.record_version as "recordVersion", a.permit_type as "permitType", a.applicant_id as "applicantId", a.accepted_at_unit as "windowUnit",
        a.subdistrict_code as "subdistrictCode", a.station_code as "stationCode", array(select o.kind from ${opinions} o where o.application_id = a.id) as asked
      from ${applications} a where a.id = ${id}::uuid`,
  );

/** Asks the departments that the type needs; then the review begins. */
const openOpinions: EffectFunction = async ({ id, today, outboxId }, system) => {
  const [application] = await applicationOf(id, system);
  if (!application) return;
  const { applicantId, windowUnit, asked } = application;
  const needed = permitRuleOn(String(application.permitType), today).opinions.flatMap((kind) => {
    const authorUnit = authorOf(kind, application);
    return authorUnit && !asked.includes(kind)
      ? [{ applicationId: id, applicantId, kind, authorUnit, windowUnit }]
      : [];
  });
  await system.makeAll('DepartmentOpinion', 'ask', needed, `${outboxId}:opinions`);
  await system.change('PermitApplication', id, 'startReview', {}, application);
};

/** With the last opinion the review is complete. */
const concludeReview: EffectFunction = async ({ id }, system) => {
  const opinion = await system.row('DepartmentOpinion', id);
  if (opinion) await system.change('PermitApplication', String(opinion.applicationId), 'completeOpinions');
};

/** Every department is asked again. */
const askAgain: EffectFunction = async ({ id }, system) => {
  for (const opinion of await opinionsOf(id, system))
    await system.change('DepartmentOpinion', opinion.id, 'askAgain');
};

/** Opinions that are not given are not needed any more, and all of them leave their authors' reach with the file. */
const closeFile: EffectFunction = async ({ id }, system) => {
  const application = await system.row('PermitApplication', id);
  if (!application?.closedOn) return;
  for (const opinion of await opinionsOf(id, system)) {
    await system.change('DepartmentOpinion', opinion.id, 'drop');
    const { closedOn: windowClosedOn } = application;
    await system.change('DepartmentOpinion', opinion.id, 'closeWithFile', { windowClosedOn });
  }
};

/** The file is open again, and so are its opinions to their authors. */
const reopenFile: EffectFunction = async ({ id }, system) => {
  for (const opinion of await opinionsOf(id, system))
    await system.change('DepartmentOpinion', opinion.id, 'reopenWithFile', { windowClosedOn: null });
};

export const reviewEffects: Readonly<Record<string, EffectFunction>> = {
  listMaterials,
  openOpinions,
  concludeReview,
  askAgain,
  closeFile,
  reopenFile,
};
