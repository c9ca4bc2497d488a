import { createServer } from 'node:http';
import { connectTo } from '../../src/store/connect.ts';
import { subdistrict } from '../page.ts';

/** The floor of the Node side: one statement in which PostgreSQL makes the whole answer. */
const statement = `
select json_build_object('data', json_build_object('migrants', coalesce(json_agg(page.row), '[]')))::text as body from (
  select json_build_object(
    'id', m.id, 'name', m.name, 'sex', m.sex, 'citizenIdNumber', m.citizen_id_number, 'mobilePhone', m.mobile_phone,
    'subdistrict', (select json_build_object('id', u.id, 'name', u.name) from organisation.org_units u where u.id = m.subdistrict_unit),
    'leases', (select coalesce(json_agg(json_build_object('id', l.id, 'contractNo', l.contract_no, 'startsOn', l.starts_on,
      'endsOn', l.ends_on, 'monthlyRent', l.monthly_rent, 'filingStatus', l.filing_status)), '[]')
      from (select * from housing.leases where tenant_migrant_id = m.id order by id limit 5) l),
    'employments', (select coalesce(json_agg(json_build_object('id', e.id, 'occupation', e.occupation, 'startsOn', e.starts_on,
      'status', e.status, 'employer', (select json_build_object('id', x.id, 'name', x.name, 'orgCode', x.org_code)
      from labour.employers x where x.id = e.employer_id))), '[]')
      from (select * from labour.employments where employee_id = m.id order by id limit 5) e),
    'permits', (select coalesce(json_agg(json_build_object('id', p.id, 'permitNo', p.permit_no, 'type', p.type,
      'validTo', p.valid_to, 'status', p.status)), '[]')
      from (select * from permits.residence_permits where holder_id = m.id order by id limit 5) p)
  ) as row
  from (select * from public_security.migrants where subdistrict_code = $1 order by id limit 100) m
) page`;

const sql = connectTo(process.env.DATABASE_URL ?? '', { max: 8 });
const server = createServer(async (_request, response) => {
  const [row] = await sql.unsafe(statement, [subdistrict], { prepare: true });
  response.setHeader('content-type', 'application/json').end(row?.body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address)
    console.log(`listening http://127.0.0.1:${address.port}/graphql`);
});
