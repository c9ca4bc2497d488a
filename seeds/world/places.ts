/** A sub-district or town of 2007 with its units (dossier §4.2). */
export interface Place {
  /** Last three digits of the nine-digit code. */
  readonly number: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: 'SUBDISTRICT_OFFICE' | 'TOWN_GOVERNMENT';
  readonly stations: readonly string[];
  /** Share of the district's migrants, in thousandths. */
  readonly share: number;
}

const place = (number: string, zh: string, en: string, share: number, stations: 1 | 2 = 1): Place => ({
  number,
  code: `310107${number}`,
  zh,
  en,
  kind: number.startsWith('1') ? 'TOWN_GOVERNMENT' : 'SUBDISTRICT_OFFICE',
  stations: Array.from({ length: stations }, (_, i) => `PT-STN-${number}-${i + 1}`),
  share,
});

/** The six sub-districts and three towns of 2007, not today's map. */
export const places: readonly Place[] = [
  place('005', '曹杨新村街道', 'Caoyang Xincun Sub-district', 70),
  place('014', '长风新村街道', 'Changfeng Xincun Sub-district', 100),
  place('015', '长寿路街道', 'Changshou Road Sub-district', 90, 2),
  place('016', '甘泉路街道', 'Ganquan Road Sub-district', 90),
  place('017', '石泉路街道', 'Shiquan Road Sub-district', 90),
  place('020', '宜川路街道', 'Yichuan Road Sub-district', 80),
  place('101', '真如镇', 'Zhenru Town', 150),
  place('102', '长征镇', 'Changzheng Town', 150, 2),
  place('103', '桃浦镇', 'Taopu Town', 180, 2),
];

/** Neighbourhood committees in each place: 001 to 024. */
export const neighbourhoodCount = 24;

/** The station whose beat a neighbourhood is: where there are two, 001–012 and 013–024. */
export function stationOf(place: Place, neighbourhood: number): string {
  return place.stations[place.stations.length === 2 && neighbourhood > neighbourhoodCount / 2 ? 1 : 0] ?? '';
}

export const neighbourhoodCode = (place: Place, neighbourhood: number): string =>
  `${place.code}${String(neighbourhood).padStart(3, '0')}`;

/** Running sums of the shares. */
const cumulative = places.map((_, i) => places.slice(0, i + 1).reduce((sum, p) => sum + p.share, 0));

/** A place by a number from 0 to 999, larger towns more often. */
export function placeByShare(thousandth: number): Place {
  const i = cumulative.findIndex((sum) => thousandth < sum);
  return places[i === -1 ? places.length - 1 : i] as Place;
}
