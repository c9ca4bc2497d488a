import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { type DistrictWork, decision } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';
import { type Registered, registered } from './persons.ts';

const [cac, psb, lss] = [viewerOf('CAC', 'PT-CAC-015'), viewerOf('PSB'), viewerOf('LSS')];

const callsOf = (work: DistrictWork): Calls => {
  let count = 0;
  let who: Promise<() => Registered> | undefined;
  /** Somebody of Changshou Road without a permit and an application, each time another. */
  const person = async () => {
    who ??= registered(
      work.owner,
      `m.verified_at is not null and exists (select from public_security.residence_registrations r where r.person_id = m.id and r.status <> 'CLOSED' and r.subdistrict_code = '310107015' and not r.shielded)
        and not exists (select from permits.residence_permits p where p.holder_id = m.id)
        and not exists (select from permits.permit_applications a where a.applicant_id = m.id)`,
    );
    return (await who)();
  };
  const application = async () => ({
    applicantCitizenIdNumber: (await person()).number,
    permitType: 'EMPLOYMENT',
    action: 'NEW',
  });
  const draft = async () =>
    (await work.make(cac, 'createPermitApplication', 'PermitApplication', await application())).node;
  const submitted = async () => {
    const node = await draft();
    await work.change(cac, 'submitPermitApplication', node);
    return node;
  };
  const accepted = async () => {
    const node = await draft();
    const { id } = await work.row('PermitApplication', node);
    const materials =
      await work.owner`select id from permits.application_materials where application_id = ${String(id)}`;
    for (const material of materials)
      await work.change(cac, 'receiveMaterial', encodeNodeId('ApplicationMaterial', String(material.id)));
    await work.change(cac, 'submitPermitApplication', node);
    await work.change(cac, 'acceptPermitApplication', node);
    return String(id);
  };
  const permit = async () => {
    const { id, number } = await person();
    const permitNo = `RULE${String(++count).padStart(8, '0')}`;
    const [made] =
      await work.owner`insert into permits.residence_permits (id, permit_no, holder_id, type, valid_from, valid_to)
      values (gen_random_uuid(), ${permitNo}, ${id}, 'EMPLOYMENT', '2007-01-01', '2007-12-31') returning id`;
    return { number, node: encodeNodeId('ResidencePermit', String(made?.id)) };
  };
  return {
    application: async () => ({
      viewer: cac,
      mutation: 'createPermitApplication',
      record: 'PermitApplication',
      input: await application(),
      known: {
        somebody: (await person()).number,
      },
    }),
    second: async () => ({
      viewer: cac,
      mutation: 'createPermitApplication',
      record: 'PermitApplication',
      input: {
        applicantCitizenIdNumber: (await permit()).number,
        permitType: 'EMPLOYMENT',
        action: 'CHANGE',
      },
    }),
    decline: async () => ({
      viewer: cac,
      mutation: 'declinePermitApplication',
      record: 'PermitApplication',
      node: await submitted(),
      input: { decision },
    }),
    material: async () => ({
      viewer: cac,
      mutation: 'addMaterial',
      record: 'ApplicationMaterial',
      input: { application: await draft(), kind: 'OTHER', note: '复印件' },
    }),
    opinion: async () => {
      const [asked] =
        await work.owner`select id from permits.department_opinions where application_id = ${await accepted()} and kind = 'EMPLOYMENT'`;
      return {
        viewer: lss,
        mutation: 'giveOpinion',
        record: 'DepartmentOpinion',
        node: encodeNodeId('DepartmentOpinion', String(asked?.id)),
        input: { event: 'OPPOSE', reason: '无用工备案' },
      };
    },
    cancel: async () => ({
      viewer: psb,
      mutation: 'cancelPermit',
      record: 'ResidencePermit',
      node: (await permit()).node,
      input: { endReason: 'LEFT_SHANGHAI' },
    }),
  };
};

breakRules('permits', callsOf);
