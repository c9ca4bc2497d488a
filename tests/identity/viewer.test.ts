import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AuthenticationError } from '../../src/identity/authentication-error.ts';
import { actingUnitsOf, findActingUnit } from '../../src/identity/units.ts';
import { createViewer } from '../../src/identity/viewer.ts';
import { findViewer, viewers } from '../../src/identity/viewers.ts';

const claims = { department: 'HLR', unit: 'PT-HLR', posts: ['CASE_OFFICER'], sub: 'u-1', name: '王示例' };
const coordinator = '01900000-0000-7000-8000-000000000015';

const refusal = (made: () => unknown): AuthenticationError => {
  try {
    made();
  } catch (error) {
    if (error instanceof AuthenticationError) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('the table of viewers', () => {
  it('has the columns of the visibility matrix, in its order', () => {
    const [head = '', ...rows] = readFileSync('schema/visibility.tsv', 'utf8').split('\n');
    const columns = head.split('\t').filter((column) => /^[A-Z]{3}$/.test(column));
    expect(viewers.map((viewer) => viewer.code)).toEqual(columns);
    expect(columns).toHaveLength(26);
    const owners = new Set(rows.filter(Boolean).map((row) => row.split('\t')[3] ?? ''));
    for (const owner of owners) expect(findViewer(owner), owner).toBeDefined();
  });

  it('finds a viewer by code and by readable name', () => {
    for (const viewer of viewers) {
      expect(findViewer(viewer.code)).toBe(viewer);
      expect(findViewer(viewer.name)).toBe(viewer);
    }
    expect(findViewer('hlr')).toBeUndefined();
  });
});

describe('acting units', () => {
  it('are those of the nine sub-districts and towns of 2007, with twelve police stations', () => {
    expect(actingUnitsOf('CAC')).toHaveLength(9);
    expect(actingUnitsOf('SUB')).toHaveLength(18);
    expect(actingUnitsOf('STN')).toHaveLength(12);
    expect(actingUnitsOf('SVC')).toHaveLength(10);
    expect(actingUnitsOf('COR')).toHaveLength(9);
    for (const { code, kind } of viewers)
      if (kind === 'DISTRICT') expect(actingUnitsOf(code)).toEqual([`PT-${code}`]);
  });

  it('do not have the sub-district that was made in 2014, nor a station that the dossier does not list', () => {
    for (const id of ['PT-SUB-022', 'PT-STN-014-2', 'PT-STN-015-3', 'PT-DGO', 'PT-SUB-15', '']) {
      expect(findActingUnit(id), id).toBeUndefined();
    }
  });
});

describe('a viewer', () => {
  it.each([
    ['HLR', 'PT-HLR', 'HOUSING', null, null],
    ['SUB', 'PT-SUB-015', 'SUBDISTRICT', '310107015', null],
    ['SUB', 'PT-SPO-101', 'SUBDISTRICT', '310107101', null],
    ['CAC', 'PT-CAC-005', 'RECEPTION_CENTRE', '310107005', null],
    ['STN', 'PT-STN-102-2', 'POLICE_STATION', '310107102', 'PT-STN-102-2'],
    ['SVC', 'PT-SVC', 'COORDINATOR_SOCIETY', null, null],
    ['SVC', 'PT-SVB-016', 'COORDINATOR_SOCIETY', '310107016', null],
    ['COR', 'PT-SVB-016', 'COORDINATOR', '310107016', null],
  ])('of %s at %s has that unit and its place', (department, unit, viewer, subdistrict, station) => {
    const made = createViewer({ ...claims, sub: coordinator, department, unit });
    expect(made).toMatchObject({ department: viewer, unit, subdistrict, station });
  });

  it('cannot be changed, its posts neither', () => {
    const viewer = createViewer(claims);
    expect(Object.isFrozen(viewer) && Object.isFrozen(viewer.posts)).toBe(true);
    expect(() => Object.assign(viewer, { department: 'PUBLIC_SECURITY' })).toThrow(TypeError);
  });

  it('takes one post or several, each once', () => {
    expect(createViewer({ ...claims, posts: ['WINDOW', 'WINDOW'], post: 'HR' }).posts).toEqual([
      'WINDOW',
      'HR',
    ]);
    expect(createViewer({ ...claims, posts: undefined }).posts).toEqual([]);
  });

  it.each([
    ['PSB', 'PT-HLR'],
    ['SUB', 'PT-CAC-015'],
    ['COR', 'PT-SVC'],
    ['STN', 'PT-SUB-015'],
  ])('of %s is refused at %s: the rights are those of the unit one acts for', (department, unit) => {
    expect(refusal(() => createViewer({ ...claims, sub: coordinator, department, unit })).reason).toBe(
      'UNIT_NOT_OF_DEPARTMENT',
    );
  });

  it.each([
    ['department', 'SECRET-310107199001011234'],
    ['unit', 'PT-310107199001011234'],
    ['posts', ['310107199001011234']],
    ['sub', ''],
    ['sub', 'x'.repeat(101)],
    ['client', 'x'.repeat(201)],
    ['azp', 'x'.repeat(201)],
    ['name', '王'.repeat(101)],
  ])('is refused for a wrong %s, which is named and not repeated', (claim, value) => {
    const error = refusal(() => createViewer({ ...claims, [claim]: value }));
    expect(error).toMatchObject({ reason: 'CLAIM_INVALID', status: 401 });
    expect(error.message).toContain(`: ${claim}.`);
    expect(error.message).not.toContain('310107199001011234');
  });

  // NUL is no character of PostgreSQL's text; a line feed makes two lines of a log; half a character is none in UTF-8.
  const unclean = ['\0', 'a\0b', 'a\nb', '\r', '\t', '\x1b[2J', '\x7f', '\x85', '\ud800', 'a\udc00'];

  it.each([
    'sub',
    'name',
    'department',
    'unit',
    'posts',
    'post',
    'client',
    'azp',
    'jti',
    'explore',
    'iss',
    'aud',
  ])('is refused for a control character in %s, which is named and not repeated', (claim) => {
    for (const value of unclean)
      for (const given of [value, [value], { of: { [value]: 1 } }, [[{ deep: value }]]]) {
        const error = refusal(() => createViewer({ ...claims, [claim]: given }));
        expect(error, JSON.stringify(given)).toMatchObject({ reason: 'CLAIM_INVALID', status: 401 });
        expect(error.message).toContain(`: ${claim}.`);
      }
  });

  it('is refused for a control character in a claim that nobody reads, whose name is not repeated', () => {
    for (const more of [{ 'e\u202ename': 'a\0' }, { 'a\0b': 1 }, { address: { formatted: 'a\nb' } }])
      expect(refusal(() => createViewer({ ...claims, ...more })).message).toMatch(/: claims\.$/);
  });

  it.each(['sub', 'client', 'azp'])(
    'is refused for what cannot be seen in %s: two ids would look alike in the log',
    (claim) => {
      for (const value of ['u\u200b-1', '\u202eu-1', 'u-1\ufeff', 'u\u00ad-1', 'u\u2028'])
        expect(refusal(() => createViewer({ ...claims, [claim]: value })).message).toContain(`: ${claim}.`);
    },
  );

  it('needs no name', () => {
    for (const name of [undefined, ''])
      expect(createViewer({ ...claims, name })).toMatchObject({ person: 'u-1', name: null });
    expect(createViewer({ ...claims, name: '阿依古丽·买买提' }).name).toBe('阿依古丽·买买提');
  });

  it('that is a coordinator has the coordinator’s id', () => {
    const at = { ...claims, department: 'COR', unit: 'PT-SVB-015' };
    expect(createViewer({ ...at, sub: coordinator }).person).toBe(coordinator);
    expect(refusal(() => createViewer({ ...at, sub: 'somebody' })).message).toContain(': sub.');
  });
});
