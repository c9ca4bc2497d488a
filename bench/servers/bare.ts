import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import { asc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import { leases } from '../../src/departments/housing/tables.ts';
import { employers, employments } from '../../src/departments/labour/tables.ts';
import { orgUnits } from '../../src/departments/organisation/tables.ts';
import { residencePermits } from '../../src/departments/permits/tables.ts';
import { migrants } from '../../src/departments/public-security/tables.ts';
import { connectTo } from '../../src/store/connect.ts';

/** The usual way: Apollo's defaults, a DataLoader a relation, Drizzle's query builder; no policy, no row scope. */
const typeDefs = `
  type Query { migrants(first: Int!, subdistrictCode: String!): [Migrant!]! }
  type Migrant {
    id: ID! name: String sex: String citizenIdNumber: String mobilePhone: String subdistrict: OrgUnit
    leases: [Lease!]! employments: [Employment!]! permits: [ResidencePermit!]!
  }
  type OrgUnit { id: ID! name: String }
  type Lease { id: ID! contractNo: String startsOn: String endsOn: String monthlyRent: Float filingStatus: String }
  type Employment { id: ID! occupation: String startsOn: String status: String employer: Employer }
  type Employer { id: ID! name: String orgCode: String }
  type ResidencePermit { id: ID! permitNo: String type: String validTo: String status: String }
`;

const db = drizzle(connectTo(process.env.DATABASE_URL ?? '', { max: 8 }));
type Row = Record<string, unknown>;

const one = (table: PgTable, id: PgColumn) =>
  new DataLoader<string, Row | null>(async (keys) => {
    const rows: Row[] = await db
      .select(getTableColumns(table))
      .from(table)
      .where(inArray(id, [...keys]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return keys.map((key) => byId.get(key) ?? null);
  });

const many = (table: PgTable, by: PgColumn, property: string) =>
  new DataLoader<string, Row[]>(async (keys) => {
    const rows: Row[] = await db
      .select(getTableColumns(table))
      .from(table)
      .where(inArray(by, [...keys]));
    const groups = new Map<unknown, Row[]>();
    for (const row of rows) groups.set(row[property], [...(groups.get(row[property]) ?? []), row]);
    return keys.map((key) => groups.get(key) ?? []);
  });

const loaders = () => ({
  units: one(orgUnits, orgUnits.id),
  employers: one(employers, employers.id),
  leases: many(leases, leases.tenantMigrantId, 'tenantMigrantId'),
  employments: many(employments, employments.employeeId, 'employeeId'),
  permits: many(residencePermits, residencePermits.holderId, 'holderId'),
});
type Context = ReturnType<typeof loaders>;

const resolvers = {
  Query: {
    migrants: (_: unknown, { first, subdistrictCode }: { first: number; subdistrictCode: string }) =>
      db
        .select()
        .from(migrants)
        .where(eq(migrants.subdistrictCode, subdistrictCode))
        .orderBy(asc(migrants.id))
        .limit(first),
  },
  Migrant: {
    subdistrict: (row: Row, _: unknown, { units }: Context) =>
      row.subdistrictUnit ? units.load(String(row.subdistrictUnit)) : null,
    leases: (row: Row, _: unknown, context: Context) => context.leases.load(String(row.id)),
    employments: (row: Row, _: unknown, context: Context) => context.employments.load(String(row.id)),
    permits: (row: Row, _: unknown, context: Context) => context.permits.load(String(row.id)),
  },
  Employment: {
    employer: (row: Row, _: unknown, context: Context) =>
      row.employerId ? context.employers.load(String(row.employerId)) : null,
  },
};

const server = new ApolloServer<Context>({ typeDefs, resolvers });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => loaders(),
});
console.log(`listening ${url}`);
