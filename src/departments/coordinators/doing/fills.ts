import { sql } from 'drizzle-orm';
import type { Fill, FillFault } from '../../../contract/doing/department-doing.ts';
import { placeOfParent, stationOf, territoryOf } from '../../place-fills.ts';
import { coordinators, coordinatorSecondments as secondments } from '../tables.ts';
import { taskKinds } from '../task-kinds.ts';
import { checkCaptured } from './captured.ts';

const store = 'coordinators';
/** One coordinator for so many migrants (clause IV-4b); rounding up is this project's reading (dossier §4.4). */
const migrantsEach = 500;
const seats = [1, 2] as const;

const fault = (field: string, en: string, zh: string): FillFault => ({ path: [field], en, zh });
const subdistrictOf = (unit: unknown): string | null => {
  const [, number] = /^PT-[A-Z]+-(\d{3})/.exec(String(unit)) ?? [];
  return number ? `310107${number}` : null;
};

/** Targets of a task: the property of the link, and the record type that knows where it lies. */
const targets = {
  targetMigrantId: 'Migrant',
  targetDwellingId: 'Dwelling',
  targetEmployerId: 'Employer',
} as const;

/** What rows about coordinators are filled with before they are written. */
export const fills: Readonly<Record<string, Fill>> = {
  checkCaptured,
  placeOfCoordinator: placeOfParent('Coordinator', 'coordinatorId', 'coordinator', [
    'subdistrictCode',
    'stationCode',
  ]),
  placeOfBranch: {
    sets: ['subdistrictCode', 'stationCode'],
    async fill({ given }) {
      const subdistrictCode = subdistrictOf(given.branchId);
      if (!subdistrictCode) return fault('branch', 'Choose a branch of the society.', '请选择协管服务分社。');
      const station = String(given.linesDailyManagement);
      if (!station.startsWith(`PT-STN-${subdistrictCode.slice(6)}-`))
        return {
          path: ['lines', 'dailyManagement'],
          en: 'The police station is one of the sub-district.',
          zh: '日常管理派出所应在本街道、镇内。',
        };
      return { subdistrictCode, stationCode: station };
    },
  },
  headcountByRule: {
    sets: [
      'subdistrictCode',
      'standardHeadcount',
      'adjustment',
      'approvedHeadcount',
      'actualHeadcount',
      'secondedCount',
    ],
    async fill({ given, row }, system) {
      const subdistrictCode = subdistrictOf(given.unitId ?? row?.unitId);
      if (!subdistrictCode) return fault('unit', 'Choose a sub-district or town.', '请选择街道或镇。');
      const standardHeadcount = Math.ceil(Number(given.migrantCount ?? row?.migrantCount) / migrantsEach);
      const adjustment = Number(given.adjustment ?? row?.adjustment ?? 0);
      if (adjustment !== 0 && (given.adjustmentReason ?? row?.adjustmentReason) == null)
        return fault('adjustmentReason', 'An adjustment needs a reason.', '调整人数须说明理由。');
      const [count] = await system.rows<{ actual: number; seconded: number }>(
        store,
        sql`select count(*)::int as actual, count(*) filter (where ${coordinators.status} = 'SECONDED')::int as seconded from ${coordinators} where ${coordinators.subdistrictCode} = ${subdistrictCode} and ${coordinators.status} in ('ACTIVE', 'SECONDED', 'SUSPENDED')`,
      );
      return {
        subdistrictCode,
        standardHeadcount,
        adjustment,
        approvedHeadcount: standardHeadcount + adjustment,
        actualHeadcount: count?.actual ?? 0,
        secondedCount: count?.seconded ?? 0,
      };
    },
  },
  takeSeat: {
    sets: ['seat', 'subdistrictCode', 'stationCode'],
    async fill({ given }, system) {
      const coordinator = await system.row('Coordinator', String(given.coordinatorId));
      const centre = String(given.toCentreId);
      if (!centre.startsWith('PT-CAC-') || subdistrictOf(centre) !== coordinator?.subdistrictCode)
        return fault(
          'toCentre',
          'A coordinator is lent to the reception centre of the own sub-district.',
          '只能借调到本街道（镇）的受理中心。',
        );
      const taken = await system.rows<{ seat: number }>(
        store,
        sql`select ${secondments.seat} as seat from ${secondments} where ${secondments.toCentreId} = ${centre} and ${secondments.endsOn} is null`,
      );
      const seat = seats.find((each) => !taken.some((row) => row.seat === each));
      if (!seat)
        return fault(
          'toCentre',
          'Two coordinators are on loan to this centre already.',
          '该中心已有两名借调协管员。',
        );
      const { subdistrictCode, stationCode } = coordinator;
      return { seat, subdistrictCode, stationCode };
    },
  },
  netPayOf: {
    sets: ['netPay'],
    async fill({ given, row }) {
      const amount = (name: string) => Number(given[name] ?? row?.[name] ?? 0);
      return { netPay: amount('baseWage') + amount('allowances') - amount('socialInsurance') };
    },
  },
  placeOfTarget: {
    sets: ['subdistrictCode', 'stationCode', 'neighbourhoodCode', 'shielded'],
    async fill({ given, unit, subdistrict }, system) {
      const rule = taskKinds[String(given.kind)];
      const mayGive = /^PT-(POP|SUB|SPO|STN)(-|$)/.test(unit) || rule?.departments.includes(unit);
      if (!mayGive)
        return fault('kind', 'This unit does not give tasks of this kind.', '本单位不下达此类任务。');
      const links = Object.keys(targets) as (keyof typeof targets)[];
      const named = [...links, 'targetPlace'].filter((name) => given[name] != null);
      if (named.length !== 1)
        return fault(
          'targetPlace',
          'Name one target: a person, a dwelling, an employer or a place.',
          '请指定一个任务对象。',
        );
      if (given.targetMigrantId != null && !rule?.aboutPersons)
        return fault(
          'targetMigrant',
          'Only tasks of registration and permits are about a person.',
          '只有登记和居住证类任务可以人员为对象。',
        );
      const link = links.find((name) => given[name] != null);
      if (link) {
        const target = await system.row(targets[link], String(given[link]));
        if (target?.subdistrictCode) return { ...territoryOf(target), shielded: target.shielded === true };
        return fault(
          link.replace(/Id$/, ''),
          'It is not known where the target lies.',
          '任务对象所在区域不明。',
        );
      }
      const neighbourhoodCode = given.neighbourhoodCode ?? null;
      const subdistrictCode =
        given.subdistrictCode ??
        (neighbourhoodCode === null ? subdistrict : String(neighbourhoodCode).slice(0, 9));
      if (!subdistrictCode)
        return fault(
          'subdistrictCode',
          'Say in which sub-district the place lies.',
          '请填写场所所在街道（镇）。',
        );
      const station = await stationOf(neighbourhoodCode, system);
      // A police station gives tasks of its own territory.
      const own = unit.startsWith('PT-STN-') ? unit : null;
      return { subdistrictCode, stationCode: station ?? own, neighbourhoodCode, shielded: false };
    },
  },
};
