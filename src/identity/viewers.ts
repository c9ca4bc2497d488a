/** How a viewer's rows are bounded (dossier §6.3). */
export type ViewerKind =
  | 'DISTRICT'
  | 'SUBDISTRICT'
  | 'POLICE_STATION'
  | 'RECEPTION_CENTRE'
  | 'SOCIETY'
  | 'COORDINATOR';

/**
 * The 26 viewers of the visibility matrix (dossier §4.1, §6.1): the one place where the dossier's three-letter
 * codes, which head the columns of the matrix, meet the readable names used everywhere else.
 */
export const viewers = [
  {
    code: 'LGR',
    name: 'LEADING_GROUP',
    kind: 'DISTRICT',
    title: 'District Leading Group for Comprehensive Population Management',
    titleZh: '区人口综合管理领导小组',
  },
  {
    code: 'POP',
    name: 'POPULATION_OFFICE',
    kind: 'DISTRICT',
    title: 'Population Office',
    titleZh: '区人口办',
  },
  {
    code: 'DRC',
    name: 'DEVELOPMENT_REFORM',
    kind: 'DISTRICT',
    title: 'Development and Reform Commission',
    titleZh: '区发展改革委',
  },
  {
    code: 'FPC',
    name: 'FAMILY_PLANNING',
    kind: 'DISTRICT',
    title: 'Population and Family Planning Commission',
    titleZh: '区人口计生委',
  },
  {
    code: 'PSB',
    name: 'PUBLIC_SECURITY',
    kind: 'DISTRICT',
    title: 'Public Security Sub-bureau',
    titleZh: '区公安分局',
  },
  { code: 'STN', name: 'POLICE_STATION', kind: 'POLICE_STATION', title: 'Police station', titleZh: '派出所' },
  {
    code: 'LSS',
    name: 'LABOUR',
    kind: 'DISTRICT',
    title: 'Labour and Social Security Bureau',
    titleZh: '区劳动保障局',
  },
  {
    code: 'CSO',
    name: 'COMPREHENSIVE_MANAGEMENT',
    kind: 'DISTRICT',
    title: 'Office for Comprehensive Management of Public Security',
    titleZh: '区综治办',
  },
  {
    code: 'HLR',
    name: 'HOUSING',
    kind: 'DISTRICT',
    title: 'Housing and Land Administration Bureau',
    titleZh: '区房地局',
  },
  {
    code: 'ITC',
    name: 'INFORMATISATION',
    kind: 'DISTRICT',
    title: 'Informatisation Commission',
    titleZh: '区信息委',
  },
  { code: 'FIN', name: 'FINANCE', kind: 'DISTRICT', title: 'Finance Bureau', titleZh: '区财政局' },
  { code: 'PER', name: 'PERSONNEL', kind: 'DISTRICT', title: 'Personnel Bureau', titleZh: '区人事局' },
  { code: 'EDU', name: 'EDUCATION', kind: 'DISTRICT', title: 'Education Bureau', titleZh: '区教育局' },
  { code: 'HLT', name: 'HEALTH', kind: 'DISTRICT', title: 'Health Bureau', titleZh: '区卫生局' },
  {
    code: 'CIV',
    name: 'CIVIL_AFFAIRS',
    kind: 'DISTRICT',
    title: 'Civil Affairs Bureau',
    titleZh: '区民政局',
  },
  {
    code: 'CON',
    name: 'CONSTRUCTION',
    kind: 'DISTRICT',
    title: 'Construction and Transport Commission',
    titleZh: '区建设交通委',
  },
  {
    code: 'AIC',
    name: 'COMMERCE',
    kind: 'DISTRICT',
    title: 'Administration for Industry and Commerce Sub-bureau',
    titleZh: '区工商分局',
  },
  { code: 'CMO', name: 'COMMUNITY_OFFICE', kind: 'DISTRICT', title: 'Community Office', titleZh: '区社区办' },
  {
    code: 'LAO',
    name: 'LEGAL_AFFAIRS',
    kind: 'DISTRICT',
    title: 'Legislative Affairs Office',
    titleZh: '区法制办',
  },
  {
    code: 'WOF',
    name: 'WOMENS_FEDERATION',
    kind: 'DISTRICT',
    title: "Women's Federation",
    titleZh: '区妇联',
  },
  { code: 'JUS', name: 'JUSTICE', kind: 'DISTRICT', title: 'Justice Bureau', titleZh: '区司法局' },
  {
    code: 'COP',
    name: 'COOPERATION',
    kind: 'DISTRICT',
    title: '(Inter-regional) Cooperation Office',
    titleZh: '区合作办',
  },
  {
    code: 'SUB',
    name: 'SUBDISTRICT',
    kind: 'SUBDISTRICT',
    title: 'Sub-district office or town government',
    titleZh: '街道办事处、镇政府',
  },
  {
    code: 'CAC',
    name: 'RECEPTION_CENTRE',
    kind: 'RECEPTION_CENTRE',
    title: 'Community affairs reception centre',
    titleZh: '社区事务受理中心',
  },
  {
    code: 'SVC',
    name: 'COORDINATOR_SOCIETY',
    kind: 'SOCIETY',
    title: 'Putuo Community Coordinator Service Society',
    titleZh: '普陀社区综合协管服务社',
  },
  {
    code: 'COR',
    name: 'COORDINATOR',
    kind: 'COORDINATOR',
    title: 'Community comprehensive coordinator',
    titleZh: '社区综合协管员',
  },
] as const satisfies readonly {
  code: string;
  name: string;
  kind: ViewerKind;
  title: string;
  titleZh: string;
}[];

export type ViewerCode = (typeof viewers)[number]['code'];
export type ViewerName = (typeof viewers)[number]['name'];
export type ViewerEntry = (typeof viewers)[number];

const byName = new Map<string, ViewerEntry>(viewers.map((v) => [v.name, v]));
const byCode = new Map<string, ViewerEntry>(viewers.map((v) => [v.code, v]));

/** The entry of a viewer. */
export function viewerByName(name: ViewerName): ViewerEntry {
  const found = byName.get(name);
  if (!found) throw new Error(`No viewer ${name}.`);
  return found;
}

/** The entry of a three-letter code, or undefined when there is none. */
export function findViewerByCode(code: string): ViewerEntry | undefined {
  return byCode.get(code);
}
