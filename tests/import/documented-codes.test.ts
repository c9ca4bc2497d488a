import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const said = readFileSync(join(root, 'docs/import.md'), 'utf8');

it('docs/import.md says to an office what each code of a refusal, flag and notice means', () => {
  const sources = globSync(['src/import/**/*.ts', 'src/identifiers/{citizen-id,organisation-code}.ts'], {
    cwd: root,
  });
  const codes = sources.flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /(?:refuse|flag|notice|refused|requiredText)\([^)]*?'([A-Z][A-Z0-9]*_[A-Z0-9_]+)'/g,
      ),
    ].map(([, code]) => code!),
  );
  expect(codes.length).toBeGreaterThan(30);
  // A number of the future is named as its date is.
  const undocumented = codes.filter(
    (code) => code !== 'ID_BIRTH_DATE_IN_FUTURE' && !said.includes(`\`${code}\``),
  );
  expect([...new Set(undocumented)]).toEqual([]);
});
