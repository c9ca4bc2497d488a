/**
 * How much room each occupant of a let dwelling must have at the least (dossier A.10): floor area or living area, in
 * square metres, from a day on.
 */
export const areaRules = [
  // Order 15 of 2004 of the municipal government, article 4 (居住房屋租赁管理实施办法).
  { validFrom: '2004-10-01', floorArea: 10, livingArea: 7 },
] as const;
