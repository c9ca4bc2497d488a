import type postgres from 'postgres';

/** A request that every identity sends alike. */
export interface Question {
  readonly name: string;
  readonly body: string;
}

const person =
  'id name sex citizenIdNumber birthDate mobilePhone hukouAddress ethnicity subdistrictCode stationCode';

const documents: Readonly<Record<string, string>> = {
  'the same persons by their ids': `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Migrant { ${person} } } }`,
  'the same person, one after the other': `query ($a: ID!, $b: ID!) { a: migrant(id: $a) { ${person} } b: migrant(id: $b) { ${person} } }`,
  'the first persons': `{ migrants(first: 8) { totalCount nodes { ${person} } } }`,
  'the last persons by birth': `{ migrants(last: 5, orderBy: { field: NAME }) { nodes { ${person} } } }`,
  'leases with their tenants':
    '{ leases(first: 6) { totalCount nodes { id contractNo monthlyRent landlord { name phone } tenantMigrant { id name mobilePhone } } } }',
  'the same leases by their ids':
    'query ($leases: [ID!]!) { nodes(ids: $leases) { id ... on Lease { contractNo monthlyRent endsOn tenantMigrant { id name } } } }',
  'own tasks':
    '{ coordinatorTasks(first: 5) { totalCount nodes { id kind dueOn targetMigrant { id name mobilePhone } } } }',
  permits:
    '{ permits(first: 5) { totalCount nodes { id permitNo validTo holder { id name citizenIdNumber } } } }',
  employments:
    '{ employments(first: 5) { totalCount nodes { id startsOn employer { id name } employee { id name } } } }',
  'households and their heads':
    '{ households(first: 4) { totalCount nodes { id memberCount head { id name mobilePhone } } } }',
  'an existing person by the number on the card':
    'query ($number: CitizenId!) { migrantByCitizenId(citizenIdNumber: $number) { id name } }',
  'police cases': '{ policeCases(first: 3) { totalCount nodes { id } } }',
};

/** The questions, about persons and leases of every corner of the district. */
export async function makeQuestions(sql: postgres.Sql): Promise<readonly Question[]> {
  const migrants = await sql<{ id: string }[]>`
    select distinct on (subdistrict_code) id from public_security.migrants order by subdistrict_code, id`;
  const leases = await sql<{ id: string }[]>`
    select distinct on (subdistrict_code) id from housing.leases order by subdistrict_code, id`;
  // A hole in the answer would say, without an error, that there is no such person.
  const [known] = await sql<{ number: string }[]>`
    select citizen_id_number as number from public_security.migrants
    where citizen_id_number is not null order by id limit 1`;
  const global = (type: string, { id }: { id: string }) => Buffer.from(`${type}:${id}`).toString('base64url');
  const ids = migrants.map((row) => global('Migrant', row));
  const variables = {
    ids,
    a: ids[0],
    b: ids.at(-1),
    number: known?.number,
    leases: leases.map((row) => global('Lease', row)),
  };
  return Object.entries(documents).map(([name, query]) => ({
    name,
    body: JSON.stringify({ query, variables }),
  }));
}
