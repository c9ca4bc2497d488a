import { sql } from 'drizzle-orm';
import { productWorkingDays } from '../../contract/deadlines/working-days.ts';
import type { EffectFunction, System } from '../../contract/doing/department-doing.ts';
import { leaseFilings as filings } from './tables.ts';

/** A filing, as its effects read it; newest first. */
interface Filed {
  readonly [property: string]: unknown;
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly unit: string;
  readonly decidedOn: string | null;
}

const ofLease = (leaseId: unknown, system: System) =>
  system.rows<Filed>(
    'housing',
    sql`select ${filings.id} as "id", ${filings.kind} as "kind", ${filings.status} as "status", ${filings.acceptedByUnit} as "unit", ${filings.decidedOn}::text as "decidedOn"
      from ${filings} where ${filings.leaseId} = ${leaseId} order by ${filings.submittedOn} desc nulls first, ${filings.createdAt} desc, ${filings.id} desc`,
  );

/** What a filing in a state makes of its lease; a draft makes nothing. */
function stateOf({ kind, status }: Filed): string {
  if (status === 'FILED') return kind === 'CANCELLATION' ? 'CANCELLED' : 'FILED';
  if (status === 'LAPSED') return 'NOT_FILED';
  return ['REFUSED', 'CANCELLED', 'EXPIRED'].includes(status) ? status : 'IN_PROGRESS';
}

/**
 * State, window and closing day of the latest filing, which the lease carries. A filing that was refused or that lapsed
 * leaves an earlier one in force.
 */
const refreshLeaseFiling: EffectFunction = async ({ id }, system) => {
  const filing = await system.row('LeaseFiling', id);
  const all = (await ofLease(filing?.leaseId, system)).filter(({ status }) => status !== 'DRAFT');
  const counted = all.filter(({ status }) => status !== 'REFUSED' && status !== 'LAPSED');
  const latest = counted[0] ?? all[0];
  if (!filing || !latest) return;
  const now = { filingStatus: stateOf(latest), filingUnit: latest.unit, filingClosedOn: latest.decidedOn };
  const lease = await system.row('Lease', String(filing.leaseId));
  const isSame = lease?.filingStatus === now.filingStatus && lease.filingUnit === now.filingUnit;
  if (!isSame || lease.filingClosedOn !== now.filingClosedOn)
    await system.change('Lease', String(filing.leaseId), 'refreshFiling', now);
};

const eventOfKind: Readonly<Record<string, string>> = {
  CHANGE: 'change',
  EXTENSION: 'extend',
  CANCELLATION: 'cancelAsFiled',
};

/** A filed change, extension or cancellation takes effect on the filings in force. */
const carryToBase: EffectFunction = async ({ id }, system) => {
  const filing = await system.row('LeaseFiling', id);
  const event = eventOfKind[String(filing?.kind)];
  if (!filing || !event) return;
  const { certificateValidTo } = filing;
  const ends = filing.kind === 'CANCELLATION';
  for (const { id: base, kind, status } of await ofLease(filing.leaseId, system)) {
    if (base === id || status !== 'FILED' || kind === 'CANCELLATION') continue;
    const held = await system.row('LeaseFiling', base);
    if (ends || held?.certificateValidTo !== certificateValidTo)
      await system.change('LeaseFiling', base, event, ends ? {} : { certificateValidTo });
  }
};

/** Working days in which a patrol is to have looked. */
const daysForPatrol = 5;

/** The check on site is a task of the coordinators' society (clause HLR-c). */
const issuePatrolTask: EffectFunction = async ({ id, outboxId, today }, system) => {
  const filing = await system.row('LeaseFiling', id);
  const lease = filing && (await system.row('Lease', String(filing.leaseId)));
  if (!lease) return;
  const { subdistrictCode, stationCode, neighbourhoodCode } = lease;
  await system.make(
    'CoordinatorTask',
    'issueByItself',
    {
      kind: 'PROPERTY_PATROL',
      issuedById: 'PT-HLR',
      targetDwellingId: lease.dwellingId,
      dueOn: productWorkingDays().add(today, daysForPatrol),
      ...{ subdistrictCode, stationCode, neighbourhoodCode },
    },
    `${outboxId}:patrol`,
  );
};

export const filingEffects = { refreshLeaseFiling, carryToBase, issuePatrolTask };
