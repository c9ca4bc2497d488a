import { actingUnitsOf, findActingUnit } from './units.ts';
import type { PostFunction } from './viewer.ts';
import { type ViewerCode, type ViewerKind, type ViewerName, viewers } from './viewers.ts';

/** A made-up official of the demonstration: one a viewer of the matrix. */
export interface Persona {
  readonly code: ViewerCode;
  readonly viewer: ViewerName;
  readonly kind: ViewerKind;
  readonly title: string;
  readonly titleZh: string;
  /** The unit for which the persona acts unless another is chosen. */
  readonly unit: string;
  readonly unitName: string;
  readonly units: readonly string[];
  /** Chinese names of the units. */
  readonly unitNames: Readonly<Record<string, string>>;
  readonly person: string;
  readonly name: string;
  /**
   * A second person of the same units and posts, and an analyst: some acts need two, and exports one who looks after
   * them. Null for the coordinator, who is one.
   */
  readonly colleague: Pick<Persona, 'person' | 'name' | 'posts'> | null;
  /** Some rows are for a post, and some transitions: each is held here or by the colleague. */
  readonly posts: readonly PostFunction[];
}

/** The coordinator of the demonstration; the synthetic district gives this id an area and tasks. */
export const demoCoordinatorId = '01900000-0000-7000-8000-000000000015';

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐';

const postsOf: Partial<Record<ViewerCode, readonly PostFunction[]>> = {
  PSB: ['REGISTRAR', 'CASE_OFFICER', 'YOUTH_OFFICER'],
  STN: ['CASE_OFFICER'],
  LSS: ['WINDOW', 'CASE_OFFICER'],
  CSO: ['YOUTH_OFFICER'],
  LAO: ['AUDITOR'],
  SUB: ['FP_OFFICER'],
};

/** The personas, in the order of the matrix. */
export const personas: readonly Persona[] = viewers.map((entry, i) => {
  const all = actingUnitsOf(entry.code).filter((id) => !id.startsWith('PT-SPO'));
  const unit = entry.code === 'SVC' ? 'PT-SVC' : (all.find((u) => u.includes('-015')) ?? all[0] ?? '');
  // The coordinator is one person of one branch.
  const units = entry.code === 'COR' ? [unit] : all;
  const posts = postsOf[entry.code] ?? [];
  const person = entry.code === 'COR' ? demoCoordinatorId : `demo-${entry.code.toLowerCase()}`;
  return {
    code: entry.code,
    viewer: entry.name,
    kind: entry.kind,
    title: entry.title,
    titleZh: entry.titleZh,
    unit,
    unitName: findActingUnit(unit)?.nameZh ?? entry.titleZh,
    units,
    unitNames: Object.fromEntries(units.map((id) => [id, findActingUnit(id)?.nameZh ?? id])),
    person,
    name: `${surnames.charAt(i)}示例`,
    colleague:
      entry.code === 'COR'
        ? null
        : { person: `${person}-2`, name: `${surnames.charAt(i)}示范`, posts: [...posts, 'ANALYST'] },
    posts,
  };
});
