import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import type { Pools } from '../../../src/store/pools.ts';
import type { GivenGrant } from './give-grant.ts';

/** One grant and what it must open: a record that holds a canary in the granted group, and one beside it. */
export interface GrantCase {
  readonly name: string;
  readonly viewer: ViewerCode;
  readonly grant: Omit<GivenGrant, 'ref'>;
  readonly type: string;
  /** Fields of the granted group, and the canary's own. */
  readonly fields: string;
  /** Fields of the same record of other groups, and one that a grant never opens: a way to other records. */
  readonly others: string;
  /** The list with the record, when the viewer may ask for it at all. */
  readonly list: string | null;
  /** Another group that could be granted of the record; none where it is of a secret type. */
  readonly otherGroup: string | null;
  /** Another unit of the same viewer, or another viewer. */
  readonly stranger: readonly [ViewerCode, string];
  readonly ids: readonly [granted: string, beside: string];
}

export const canaryOf = (id: string): string => `金丝雀${id.slice(-12)}`;
export const refOf = ({ type }: Pick<GrantCase, 'type'>, id: string): string => encodeNodeId(type, id);

/** A case with what stands in the granted group of its two records. */
export type PreparedCase = GrantCase & { readonly canary: string; readonly besides: RegExp };

type Plain = Omit<GrantCase, 'ids'> & {
  readonly store: string;
  readonly table: string;
  /** The column that gets the canary. */
  readonly canary: string;
  readonly where: string;
};

const notLinkedTo = (unit: string, column: string) =>
  `not exists (select from access.links l where l.holder = '${unit}' and l.subject_id = t.${column})`;

const cases: readonly Plain[] = [
  {
    name: 'a type without rows for the viewer',
    viewer: 'HLT',
    grant: { grantee: 'PT-HLT', group: 'ADDRESS_HISTORY', purpose: 'DISEASE_CONTROL' },
    type: 'AddressHistoryEntry',
    fields: 'address { road lane } arrivedHereOn departedOn',
    others: '',
    list: null,
    otherGroup: null,
    stranger: ['SUB', 'PT-SUB-101'],
    store: 'public_security',
    table: 'residence_registrations',
    canary: 'road',
    where: "t.status = 'CLOSED' and not t.shielded",
  },
  {
    name: 'a row that is none of the own ones, of which the group is open to nobody of the viewer',
    viewer: 'EDU',
    grant: { grantee: 'PT-EDU', group: 'LEASE_TERMS', purpose: 'EDUCATION' },
    type: 'Lease',
    fields: 'landlord { name phone } monthlyRent startsOn tenantMigrant { id }',
    others: 'status contractNo occupancies(first: 1) { totalCount }',
    list: 'leases',
    otherGroup: 'LEASE_STATUS',
    stranger: ['PER', 'PT-PER'],
    store: 'housing',
    table: 'leases',
    canary: 'landlord_name',
    where: `not t.shielded and ${notLinkedTo('PT-EDU', 'tenant_migrant_id')}`,
  },
  {
    name: 'a value that the viewer sees masked',
    viewer: 'SUB',
    grant: { grantee: 'PT-SUB-015', group: 'IDENTITY_NUMBER', purpose: 'REGISTRATION' },
    type: 'Migrant',
    fields: 'citizenIdNumber birthDate',
    others: 'name sex ethnicity',
    list: 'migrants',
    otherGroup: 'HOUSEHOLD_REGISTRATION',
    stranger: ['SUB', 'PT-SUB-101'],
    store: 'public_security',
    table: 'migrants',
    canary: 'citizen_id_number',
    where: "not t.shielded and t.subdistrict_code = '310107015' and t.citizen_id_number is not null",
  },
  {
    name: 'a record of a secret group, with the consent of the client',
    viewer: 'JUS',
    grant: {
      grantee: 'PT-JUS',
      group: 'WOMENS_RIGHTS_CASE',
      purpose: 'RIGHTS_PROTECTION',
      consentOn: '2007-02-28',
    },
    type: 'WomenRightsCase',
    fields: 'caseNo kind status safeContact { name }',
    others: '',
    list: 'womenRightsCases',
    otherGroup: null,
    stranger: ['LSS', 'PT-LSS'],
    store: 'womens_federation',
    table: 'women_rights_cases',
    canary: 'safe_contact_name',
    where: 'true',
  },
];

/** The cases with two records each; their texts are made canaries, where the column takes any text. */
export async function prepareCases(pools: Pools): Promise<readonly PreparedCase[]> {
  const prepared: PreparedCase[] = [];
  for (const { store, table, canary, where, ...rest } of cases) {
    const owner = pools.ownerOf(store);
    const rows = await owner.unsafe<{ id: string; value: string }[]>(
      `select id, "${canary}" as value from ${store}.${table} t where ${where} order by id limit 2`,
    );
    const [granted, beside] = rows;
    if (!granted || !beside) throw new Error(`The district has too few records for ${rest.name}.`);
    // A number of a person has a form of its own; it is its own canary.
    const isText = canary !== 'citizen_id_number';
    for (const { id } of isText ? rows : [])
      await owner.unsafe(`update ${store}.${table} set "${canary}" = $1 where id = $2`, [canaryOf(id), id]);
    const canaryIn = ({ id, value }: typeof granted) => (isText ? canaryOf(id) : value);
    prepared.push({
      ...rest,
      ids: [granted.id, beside.id],
      canary: canaryIn(granted),
      besides: new RegExp(canaryIn(beside)),
    });
  }
  return prepared;
}
