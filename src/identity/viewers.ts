/** What kind of body a viewer is; the row scope follows it (dossier §6.3). */
export type ViewerKind =
  | 'DISTRICT'
  | 'SUBDISTRICT'
  | 'POLICE_STATION'
  | 'RECEPTION_CENTRE'
  | 'SOCIETY'
  | 'COORDINATOR';

/** The column heads of the visibility matrix, in its order. */
export type ViewerCode = (typeof table)[number][0];

/** The readable names that code, SDL and folders use. */
export type ViewerName = (typeof table)[number][1];

export interface ViewerEntry {
  readonly code: ViewerCode;
  readonly name: ViewerName;
  readonly kind: ViewerKind;
  readonly title: string;
  readonly titleZh: string;
}

/** The one place where code, name and titles of the 26 viewers meet (dossier §4.1, §6.1). */
const table = [
  [
    'LGR',
    'LEADING_GROUP',
    'DISTRICT',
    'District Leading Group for Comprehensive Population Management',
    '区人口综合管理领导小组',
  ],
  ['POP', 'POPULATION_OFFICE', 'DISTRICT', 'Population Office', '区人口办'],
  ['DRC', 'DEVELOPMENT_REFORM', 'DISTRICT', 'Development and Reform Commission', '区发展改革委'],
  ['FPC', 'FAMILY_PLANNING', 'DISTRICT', 'Population and Family Planning Commission', '区人口计生委'],
  ['PSB', 'PUBLIC_SECURITY', 'DISTRICT', 'Public Security Sub-bureau', '区公安分局'],
  ['STN', 'POLICE_STATION', 'POLICE_STATION', 'Police Station', '派出所'],
  ['LSS', 'LABOUR', 'DISTRICT', 'Labour and Social Security Bureau', '区劳动保障局'],
  [
    'CSO',
    'COMPREHENSIVE_MANAGEMENT',
    'DISTRICT',
    'Office for Comprehensive Management of Public Security',
    '区综治办',
  ],
  ['HLR', 'HOUSING', 'DISTRICT', 'Housing and Land Administration Bureau', '区房地局'],
  ['ITC', 'INFORMATISATION', 'DISTRICT', 'Informatisation Commission', '区信息委'],
  ['FIN', 'FINANCE', 'DISTRICT', 'Finance Bureau', '区财政局'],
  ['PER', 'PERSONNEL', 'DISTRICT', 'Personnel Bureau', '区人事局'],
  ['EDU', 'EDUCATION', 'DISTRICT', 'Education Bureau', '区教育局'],
  ['HLT', 'HEALTH', 'DISTRICT', 'Health Bureau', '区卫生局'],
  ['CIV', 'CIVIL_AFFAIRS', 'DISTRICT', 'Civil Affairs Bureau', '区民政局'],
  ['CON', 'CONSTRUCTION', 'DISTRICT', 'Construction and Transport Commission', '区建设交通委'],
  ['AIC', 'COMMERCE', 'DISTRICT', 'Administration for Industry and Commerce Sub-bureau', '区工商分局'],
  ['CMO', 'COMMUNITY_OFFICE', 'DISTRICT', 'Community Office', '区社区办'],
  ['LAO', 'LEGAL_AFFAIRS', 'DISTRICT', 'Legislative Affairs Office', '区法制办'],
  ['WOF', 'WOMENS_FEDERATION', 'DISTRICT', "Women's Federation", '区妇联'],
  ['JUS', 'JUSTICE', 'DISTRICT', 'Justice Bureau', '区司法局'],
  ['COP', 'COOPERATION', 'DISTRICT', 'Cooperation Office', '区合作办'],
  ['SUB', 'SUBDISTRICT', 'SUBDISTRICT', 'Sub-district Office or Town Government', '街道办事处、镇政府'],
  ['CAC', 'RECEPTION_CENTRE', 'RECEPTION_CENTRE', 'Community Affairs Reception Centre', '社区事务受理中心'],
  ['SVC', 'COORDINATOR_SOCIETY', 'SOCIETY', 'Community Coordinator Service Society', '社区综合协管服务社'],
  ['COR', 'COORDINATOR', 'COORDINATOR', 'Community Coordinator', '社区综合协管员'],
] as const satisfies readonly (readonly [string, string, ViewerKind, string, string])[];

/** All 26, in the order of the matrix. */
export const viewers: readonly ViewerEntry[] = table.map(([code, name, kind, title, titleZh]) =>
  Object.freeze({ code, name, kind, title, titleZh }),
);

const byEither = new Map<string, ViewerEntry>(
  viewers.flatMap((viewer) => [[viewer.code, viewer] as const, [viewer.name, viewer] as const]),
);

/** By code or by readable name, e.g. `HLR` or `HOUSING`. */
export function findViewer(codeOrName: string): ViewerEntry | undefined {
  return byEither.get(codeOrName);
}

/** The entry of a known code or name. */
export function getViewer(codeOrName: ViewerCode | ViewerName): ViewerEntry {
  return byEither.get(codeOrName)!;
}
