import { GraphQLError } from 'graphql';
import type { FieldEventInput, SyncVisitsInput } from '../../../generated/resolvers.ts';

/** Events of one call at the most. */
const mostEvents = 200;
const deviceForm = /^[A-Za-z0-9.-]{1,64}$/;
const keyForm = /^[A-Za-z0-9-]{1,64}$/;

/** The mutation by which each kind of event is done. */
export const mutationOf = {
  START: 'startTask',
  VISIT: 'recordVisit',
  REPORT: 'reportTask',
  DECLINE: 'declineTask',
} as const;

/** The key of an event among all calls of a coordinator. */
export const callKey = (device: string, { counter, key }: FieldEventInput): string =>
  `sync/${device}/${counter}/${key}`;

/** @throws BAD_VALUE, TOO_MANY_VALUES: a device that sends such a journal has to be put right */
export function checkJournal({ device, events }: SyncVisitsInput): void {
  if (events.length > mostEvents)
    throw new GraphQLError(`One call takes at most ${mostEvents} events.`, {
      extensions: { code: 'TOO_MANY_VALUES', limit: mostEvents, http: { status: 400 } },
    });
  if (!deviceForm.test(device)) throw bad('device has 1 to 64 letters, digits, dots and hyphens.');
  for (const { counter, key, baseVersion } of events) {
    if (!keyForm.test(key)) throw bad('key has 1 to 64 letters, digits and hyphens.');
    if (counter < 1) throw bad('counter begins with 1.');
    if (baseVersion < 1) throw bad('baseVersion is a recordVersion, 1 or more.');
  }
}

const bad = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'BAD_VALUE', http: { status: 400 } } });

/** What an event gives to its mutation, besides the record that it changes. */
export function inputOf(device: string, event: FieldEventInput): Readonly<Record<string, unknown>> {
  const { kind, at, task, note, result } = event;
  // Where and when it was made stands with the event of the record.
  const made = `${device} #${event.counter}, ${at}`;
  switch (kind) {
    case 'VISIT': {
      const { startedAt, endedAt, outcome, personsCaptured, arrivals, departures } = event;
      const given = { endedAt, outcome, personsCaptured, note, arrivals, departures };
      const held = Object.entries(given).filter(([, value]) => value != null);
      return { task, startedAt: startedAt ?? at, ...Object.fromEntries(held), reason: made };
    }
    case 'REPORT':
      return { ...(result != null && { result }), reason: made };
    case 'DECLINE':
      return { reason: note ? `${note} (${made})` : made };
    case 'START':
      return { reason: made };
  }
}
