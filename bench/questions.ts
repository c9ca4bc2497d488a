import type postgres from 'postgres';
import { laihuPage } from './page.ts';

/** A question that one client asks, one at a time: what it waits, not what the server can do. */
export interface Question {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  /** Who asks; nobody for a peer without policy. */
  readonly as: 'subdistrict' | 'district' | 'nobody';
}

/** Whose lease is not filed and whose permit ends within 60 days, over the register, housing and permits. */
const conditions =
  'leases: { some: { filingStatus: { eq: NOT_FILED } } }, permits: { some: { validTo: { withinDays: 60 } } }';
const expiring = `{ migrants(first: 20, filter: { ${conditions} }, orderBy: { field: PERMITS_VALID_TO }) {
  nodes { id name permits(first: 5) { nodes { permitNo validTo } } leases(first: 5) { nodes { contractNo filingStatus } } }
} }`;
const counted = '{ migrants(first: 1) { totalCount nodes { id } } }';

/** The questions whose time is compared between sizes; the number is of somebody in the register. */
export async function questionsOf(sql: postgres.Sql): Promise<readonly Question[]> {
  const [person] = await sql<{ number: string }[]>`
    select citizen_id_number as number from public_security.migrants
    where citizen_id_number is not null and not shielded order by id offset 77 limit 1`;
  const lookUp = `{ migrants(first: 5, filter: { citizenIdNumber: { eq: "${person?.number}" } }) { nodes { id name birthDate } } }`;
  return [
    {
      name: 'pageOf100',
      title: 'page of 100 migrants, a sub-district',
      query: laihuPage(''),
      as: 'subdistrict',
    },
    { name: 'byNumber', title: 'look-up by number, the district', query: lookUp, as: 'district' },
    {
      name: 'filterSubdistrict',
      title: 'filter over three departments with order, a sub-district',
      query: expiring,
      as: 'subdistrict',
    },
    { name: 'filterDistrict', title: 'the same, the district', query: expiring, as: 'district' },
    {
      name: 'countSubdistrict',
      title: 'totalCount of a sub-district’s migrants',
      query: counted,
      as: 'subdistrict',
    },
    { name: 'countDistrict', title: 'totalCount of all migrants', query: counted, as: 'district' },
  ];
}

/**
 * PostGraphile's form of the filter, by its plugin for filters, over the district. It has no order by related rows and
 * no day that moves with the clock: persons come by their id, and the days stand in the document.
 */
export const postgraphileFilter: Question = {
  name: 'filterPostgraphile',
  title: 'PostGraphile 5, the same filter over the district by its plugin, ordered by id; no policy',
  query: `{ allMigrants(first: 20, orderBy: PRIMARY_KEY_ASC, filter: {
    leasesByTenantMigrantId: { some: { filingStatus: { equalTo: "NOT_FILED" } } }
    residencePermitsByHolderId: { some: { validTo: { greaterThanOrEqualTo: "2007-03-01", lessThanOrEqualTo: "2007-04-30" } } }
  }) { nodes { id name
    residencePermitsByHolderId(first: 5) { nodes { permitNo validTo } }
    leasesByTenantMigrantId(first: 5) { nodes { contractNo filingStatus } } } } }`,
  as: 'nobody',
};
