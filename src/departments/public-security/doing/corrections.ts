import { sql } from 'drizzle-orm';
import type {
  DepartmentDoing,
  EffectFunction,
  Filling,
  System,
} from '../../../contract/doing/department-doing.ts';
import { parseCitizenId } from '../../../identifiers/citizen-id.ts';
import { parsePhone } from '../../../identifiers/phone.ts';
import { migrants, correctionRequests as requests } from '../tables.ts';
import { changeFlags } from './flags.ts';
import { isFault } from './place.ts';

/** The claimed value of each field, and the property of the person that it is to replace. */
const fields = [
  { field: 'NAME', claimed: 'claimedName', property: 'name' },
  { field: 'SEX', claimed: 'claimedSex', property: 'sex' },
  { field: 'BIRTH_DATE', claimed: 'claimedBirthDate', property: 'birthDate' },
  { field: 'CITIZEN_ID_NUMBER', claimed: 'claimedCitizenIdNumber', property: 'citizenIdNumber' },
  { field: 'MOBILE_PHONE', claimed: 'claimedMobilePhone', property: 'mobilePhone' },
  { field: 'MARITAL_STATUS', claimed: 'claimedMaritalStatus', property: 'maritalStatus' },
  { field: 'EDUCATION_LEVEL', claimed: 'claimedEducationLevel', property: 'educationLevel' },
  // A move is registered, not corrected: the registrar does it.
  { field: 'DWELLING', claimed: 'claimedDwellingId', property: null },
] as const;

const [register, civilAffairs] = ['PT-PSB', 'PT-CIV'];

/** Whether civil affairs has registered a marriage of the person: then it answers for the marital status (dossier §8.3). */
async function isMarriedHere(person: string, system: Pick<System, 'rows'>): Promise<boolean> {
  const found = await system.rows(
    'civil_affairs',
    sql`select 1 from civil_affairs.marriage_registrations where ${person}::uuid in (party_a_id, party_b_id) limit 1`,
  );
  return found.length > 0;
}

/** Sets or takes away the flag that other readers of the register see instead of the request. */
const flag: EffectFunction = async ({ id }, system) => {
  const request = await system.row('CorrectionRequest', id);
  if (!request) return;
  const open = await system.rows(
    'public_security',
    sql`select 1 from ${requests} where ${requests.personId} = ${request.personId} and ${requests.status} = 'REQUESTED' limit 1`,
  );
  const asked = ['CORRECTION_ASKED'];
  const change = open.length > 0 ? { add: asked } : { remove: asked };
  await changeFlags(String(request.personId), change, system);
};

/**
 * @param flagDoubts what a person's own values say against each other, as for every other change of them
 */
export const correctionsDoing = (
  flagDoubts: (filling: Filling, system: System) => Promise<object>,
): DepartmentDoing => ({
  guards: {
    CorrectionRequest: {
      moveRegistered: {
        holds: (row) =>
          sql`${row(requests.field)} <> 'DWELLING' or exists (select 1 from public_security.residence_registrations r join ${migrants} on ${migrants.currentRegistrationId} = r.id where ${migrants.id} = ${row(requests.personId)} and r.dwelling_id = ${row(requests.claimedDwellingId)})`,
        en: 'Register the move first: the register does not say yet that the person lives there.',
        zh: '请先办理居住地址变更登记。',
      },
    },
  },
  fills: {
    authorityOfField: {
      sets: ['field', 'authorityUnit'],
      async fill({ given, today }, system) {
        const claims = fields.filter(
          ({ claimed }) => given[claimed] !== undefined && given[claimed] !== null,
        );
        const [claim] = claims;
        if (!claim || claims.length > 1)
          return {
            path: [],
            en: 'Claim one value; each has a request of its own.',
            zh: '每份申请只能更正一项内容。',
          };
        const value = String(given[claim.claimed]);
        const path = [claim.claimed];
        if (claim.field === 'CITIZEN_ID_NUMBER' && !parseCitizenId(value, { asOf: today }).ok)
          return { path, en: 'This is no citizen identity number.', zh: '公民身份号码无效。' };
        if (claim.field === 'MOBILE_PHONE' && !parsePhone(value).ok)
          return { path, en: 'This is no telephone number.', zh: '电话号码无效。' };
        if (claim.field === 'BIRTH_DATE' && value > today)
          return { path, en: 'The birth date lies ahead.', zh: '出生日期不得晚于今天。' };
        const isCivil =
          claim.field === 'MARITAL_STATUS' && (await isMarriedHere(String(given.personId), system));
        return { field: claim.field, authorityUnit: isCivil ? civilAffairs : register };
      },
    },
  },
  effects: {
    flagCorrection: flag,
    /** The register changes what it answers for; civil affairs has changed its own record, and tells no value of it. */
    async carryCorrection(happened, system) {
      const request = await system.row('CorrectionRequest', happened.id);
      const claim = fields.find(({ field }) => field === request?.field);
      if (!request || !claim?.property || request.authorityUnit !== register) return;
      const person = await system.row('Migrant', String(request.personId));
      const value = request[claim.claimed];
      if (!person || person[claim.property] === value) return;
      const given = { [claim.property]: value };
      const { id: record, unit, person: official, subdistrict, today } = happened;
      const filling = { record, row: person, given, beside: {}, unit, person: official, subdistrict, today };
      const flags = await flagDoubts(filling, system);
      await system.change('Migrant', String(person.id), 'correctAsAsked', {
        ...given,
        ...(isFault(flags) ? {} : flags),
      });
    },
  },
});
