import { sql } from 'drizzle-orm';
import type { Fill } from '../../contract/doing/department-doing.ts';
import { faultAt } from '../doing-fills.ts';
import { coordinatorBudgets as budgets } from './tables.ts';

/** The population office, which budgets for the whole district. */
const wholeDistrict = 'PT-POP';

/** A budget belongs to a sub-district, or to the whole district. */
const territoryOfUnit: Fill = {
  sets: ['subdistrictCode'],
  async fill({ given }) {
    const unit = String(given.unitId);
    const [, number] = /^PT-SUB-([0-9]{3})$/.exec(unit) ?? [];
    if (number) return { subdistrictCode: `310107${number}` };
    if (unit === wholeDistrict) return { subdistrictCode: null };
    return faultAt(
      ['unit'],
      'A budget is of a sub-district or of the population office.',
      '预算单位须为街道、镇或区人口办。',
    );
  },
};

/** How many coordinators the budget pays: those of the year's approved allocation. */
const basisFromAllocation: Fill = {
  sets: ['headcountBasis'],
  compares: ['unitId', 'year'],
  async fill({ given, row }, system) {
    const unit = given.unitId ?? row?.unitId;
    const ofUnit = unit === wholeDistrict ? sql`true` : sql`unit_id = ${unit}`;
    const [found] = await system.rows<{ headcount: number | null }>(
      'coordinators',
      sql`select sum(approved_headcount)::int as headcount from coordinators.coordinator_allocations where year = ${given.year ?? row?.year}::int and status = 'APPROVED' and ${ofUnit}`,
    );
    if (!found?.headcount)
      return faultAt(['year'], 'No posts are approved for that year.', '该年度协管员名额尚未核定。');
    return { headcountBasis: found.headcount };
  },
};

const nextVersionNo: Fill = {
  sets: ['versionNo'],
  async fill({ given }, system) {
    const [last] = await system.rows<{ version: number | null }>(
      'finance',
      sql`select max(${budgets.versionNo}) as version from ${budgets} where ${budgets.year} = ${given.year} and ${budgets.unitId} = ${given.unitId}`,
    );
    return { versionNo: Number(last?.version ?? 0) + 1 };
  },
};

export const budgetFills: Readonly<Record<string, Fill>> = {
  territoryOfUnit,
  basisFromAllocation,
  nextVersionNo,
};
