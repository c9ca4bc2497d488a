import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateFile } from './generate-file.ts';

/** Writes the small files of `fixtures/` anew: 400 registrations, and leases and contracts of mostly the same people. */
const at = (name: string) => join(import.meta.dirname, 'fixtures', name);
const month = '2007-03';
const registered = new Set<string>();
let unmatched = 0;
const countUnmatched = (citizenId: string) => {
  if (!registered.has(citizenId)) unmatched += 1;
};

const publicSecurity = generateFile(at(`public-security-registrations-${month}.csv`), 'public-security', {
  rows: 400,
  month,
  onAccepted: (citizenId) => registered.add(citizenId),
});
const housing = generateFile(at(`housing-leases-${month}.csv`), 'housing', {
  rows: 250,
  month,
  from: 160,
  onAccepted: countUnmatched,
});
const leases = { ...housing, unmatched };
unmatched = 0;
const labour = generateFile(at(`labour-insurance-${month}.csv`), 'labour', {
  rows: 250,
  month,
  from: 160,
  onAccepted: countUnmatched,
});
writeFileSync(
  at(`expected-${month}.json`),
  `${JSON.stringify({ 'public-security': { ...publicSecurity, unmatched: 0 }, housing: leases, labour: { ...labour, unmatched } }, null, 2)}\n`,
);
