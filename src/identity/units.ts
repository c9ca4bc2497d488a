import { findViewer, type ViewerCode, viewers } from './viewers.ts';

/** An organisational unit for which a person can act. */
export interface ActingUnit {
  /** e.g. `PT-SUB-015` */
  readonly id: string;
  /** The viewers that may act for it: one department; for a branch the society and its coordinators. */
  readonly owners: readonly ViewerCode[];
  /** Nine digits; null for a unit of the whole district. */
  readonly subdistrict: string | null;
  /** The unit's own id when it is a police station. */
  readonly station: string | null;
  readonly name: string;
  readonly nameZh: string;
}

/** The nine of 2007 (dossier §4.2), not today's map: suffix, English, Chinese, number of police stations. */
const subdistricts = [
  ['005', 'Caoyang Xincun Sub-district', '曹杨新村街道', 1],
  ['014', 'Changfeng Xincun Sub-district', '长风新村街道', 1],
  ['015', 'Changshou Road Sub-district', '长寿路街道', 2],
  ['016', 'Ganquan Road Sub-district', '甘泉路街道', 1],
  ['017', 'Shiquan Road Sub-district', '石泉路街道', 1],
  ['020', 'Yichuan Road Sub-district', '宜川路街道', 1],
  ['101', 'Zhenru Town', '真如镇', 1],
  ['102', 'Changzheng Town', '长征镇', 2],
  ['103', 'Taopu Town', '桃浦镇', 2],
] as const;

/** Kinds of unit that every sub-district has: infix, who acts for it, what its name adds. */
const communityKinds: readonly (readonly [string, readonly ViewerCode[], string, string])[] = [
  ['SUB', ['SUB'], '', ''],
  ['SPO', ['SUB'], ', Population Office', '人口办'],
  ['CAC', ['CAC'], ', Reception Centre', '社区事务受理中心'],
  ['SVB', ['SVC', 'COR'], ', Coordinator Branch', '协管服务分社'],
];

const units = new Map<string, ActingUnit>();

function add(unit: ActingUnit): void {
  units.set(unit.id, Object.freeze(unit));
}

for (const { code, kind, title, titleZh } of viewers) {
  if (kind !== 'DISTRICT' && kind !== 'SOCIETY') continue;
  add({ id: `PT-${code}`, owners: [code], subdistrict: null, station: null, name: title, nameZh: titleZh });
}
for (const [suffix, name, nameZh, stations] of subdistricts) {
  const subdistrict = `310107${suffix}`;
  for (const [infix, owners, more, moreZh] of communityKinds) {
    const id = `PT-${infix}-${suffix}`;
    add({ id, owners, subdistrict, station: null, name: name + more, nameZh: nameZh + moreZh });
  }
  for (let number = 1; number <= stations; number++) {
    const id = `PT-STN-${suffix}-${number}`;
    const [ordinal, ordinalZh] = [`, Police Station ${number}`, `第${'一二'[number - 1]}派出所`];
    add({ id, owners: ['STN'], subdistrict, station: id, name: name + ordinal, nameZh: nameZh + ordinalZh });
  }
}

/** The unit with an id. Undefined when no such unit existed in 2007, or when nobody can act for it. */
export function findActingUnit(id: string): ActingUnit | undefined {
  return units.get(id);
}

/** The ids of all units for which a viewer, named by code or readable name, can act. */
export function actingUnitsOf(codeOrName: string): readonly string[] {
  const code = findViewer(codeOrName)?.code;
  return [...units.values()].filter((unit) => code && unit.owners.includes(code)).map((unit) => unit.id);
}

/** The ids of the police stations. */
export const stationIds: readonly string[] = [...units.values()].flatMap(({ station }) => station ?? []);

/** The nine sub-districts and towns of 2007, nine digits each. */
export const subdistrictCodes: readonly string[] = subdistricts.map(([suffix]) => `310107${suffix}`);
