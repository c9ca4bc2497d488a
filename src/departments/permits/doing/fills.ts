import { sql } from 'drizzle-orm';
import type { Fill, FillFault, Filling, System } from '../../../contract/doing/department-doing.ts';
import { formatApplicationNumber } from '../../../identifiers/application-number.ts';
import { permitApplications as applications } from '../tables.ts';

type Reading = Pick<System, 'row' | 'rows'>;

/** An open stay of a person, as the register has it. */
export interface OpenStay extends Readonly<Record<string, unknown>> {
  readonly dwelling_id: string | null;
  readonly subdistrict_code: string;
  readonly station_code: string;
  readonly neighbourhood_code: string;
  readonly shielded: boolean;
}

/** A person's open stays, the newest first. */
export const openStays = (person: unknown, system: Reading): Promise<readonly OpenStay[]> =>
  system.rows<OpenStay>(
    'public_security',
    sql`select dwelling_id, subdistrict_code, station_code, neighbourhood_code, shielded from public_security.residence_registrations
      where person_id = ${String(person)}::uuid and status <> 'CLOSED' order by arrived_here_on desc, id`,
  );

/** Where the application belongs: to the place of the stay, as every row about the person does. */
const placeOf = (stay: OpenStay) => ({
  subdistrictCode: stay.subdistrict_code,
  stationCode: stay.station_code,
  neighbourhoodCode: stay.neighbourhood_code,
  shielded: stay.shielded,
});
const placeColumns = ['subdistrictCode', 'stationCode', 'neighbourhoodCode', 'shielded'];

const notRegistered = (where: string, zh: string): FillFault => ({
  path: ['applicant'],
  en: `The applicant has no open registration in ${where}.`,
  zh: `申请人在${zh}没有有效的居住登记。`,
});

/** The applicant lives in the window's sub-district (dossier §5.1). */
const applicantRegisteredHere: Fill = {
  sets: placeColumns,
  async fill({ given, subdistrict }, system) {
    const stays = await openStays(given.applicantId, system);
    const stay = stays.find(({ subdistrict_code }) => subdistrict_code === subdistrict);
    return stay ? placeOf(stay) : notRegistered('the sub-district of this window', '本街镇');
  },
};

/** For the window of the whole district. */
const applicantRegistered: Fill = {
  sets: placeColumns,
  async fill({ given }, system) {
    const [stay] = await openStays(given.applicantId, system);
    return stay ? placeOf(stay) : notRegistered('the district', '本区');
  },
};

const openTask = ['ASSIGNED', 'IN_PROGRESS', 'RETURNED'];

/** A coordinator fills an application in for somebody whom an open task of permit support names. */
const permitSupportTask: Fill = {
  sets: placeColumns,
  async fill(filling, system) {
    const [task] = await system.rows(
      'coordinators',
      sql`select 1 from coordinators.coordinator_tasks where kind = 'PERMIT_SUPPORT' and assignee_id = ${filling.person}::uuid
        and target_migrant_id = ${String(filling.given.applicantId)}::uuid and status = any(${`{${openTask}}`}::text[]) limit 1`,
    );
    if (!task)
      return {
        path: ['applicant'],
        en: 'You have no open task to help this person with a permit.',
        zh: '您没有协助此人办理居住证的未结任务。',
      };
    return await applicantRegistered.fill(filling, system);
  },
};

/** What a coordinator fills in goes to the reception centre of the applicant's sub-district. */
const sendToWindow: Fill = {
  sets: ['acceptedAtUnit'],
  fill: async ({ given }) => ({ acceptedAtUnit: `PT-CAC-${String(given.subdistrictCode).slice(-3)}` }),
};

/** 310107, window, day, serial (dossier B.4); the window of the whole district is 000. */
const numberApplication: Fill = {
  sets: ['applicationNo'],
  async fill({ given, unit, today }: Filling, system) {
    const code = /-(\d{3})$/.exec(String(given.acceptedAtUnit ?? unit))?.[1] ?? '000';
    const start = `310107${code}${today.replaceAll('-', '')}`;
    const [last] = await system.rows<{ serial: number | null }>(
      'permits',
      sql`select max(right(${applications.applicationNo}, 4))::int as serial from ${applications} where ${applications.applicationNo} like ${`${start}%`}`,
    );
    const serial = Number(last?.serial ?? 0) + 1;
    return { applicationNo: formatApplicationNumber({ unit: code, acceptedOn: today, serial }) };
  },
};

/** The dwelling that a permit is to name is one where its holder is registered. */
const holderLivesThere: Fill = {
  sets: [],
  async fill({ row, given }, system) {
    const stays = await openStays(row?.holderId, system);
    return stays.some(({ dwelling_id }) => dwelling_id === given.registeredDwellingId)
      ? {}
      : {
          path: ['registeredDwelling'],
          en: 'The holder is not registered in this dwelling.',
          zh: '持证人未登记居住于此房屋。',
        };
  },
};

export const fills: Readonly<Record<string, Fill>> = {
  applicantRegisteredHere,
  applicantRegistered,
  permitSupportTask,
  sendToWindow,
  numberApplication,
  holderLivesThere,
};
