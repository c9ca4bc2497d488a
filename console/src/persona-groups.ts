import type { Persona, PersonaKind } from './server-calls.ts';

export interface PersonaGroup {
  kind: PersonaKind;
  label: string;
  labelZh: string;
  personas: Persona[];
}

const labels: [PersonaKind, string, string][] = [
  ['DISTRICT', 'District departments', '区级部门'],
  ['SUBDISTRICT', 'Sub-districts and towns', '街道、镇'],
  ['POLICE_STATION', 'Police stations', '派出所'],
  ['RECEPTION_CENTRE', 'Reception centres', '社区事务受理中心'],
  ['SOCIETY', 'Coordinator service society', '综合协管服务社'],
  ['COORDINATOR', 'Coordinators', '社区综合协管员'],
];

/** The personas under the heading of their kind, in the order of the administration; empty kinds are left out. */
export function groupPersonas(personas: Persona[]): PersonaGroup[] {
  return labels
    .map(([kind, label, labelZh]) => ({
      kind,
      label,
      labelZh,
      personas: personas.filter((persona) => persona.kind === kind),
    }))
    .filter((group) => group.personas.length > 0);
}
