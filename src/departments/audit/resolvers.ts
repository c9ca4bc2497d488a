import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { QueryAccessesToSubjectArgs, QueryResolvers } from '../../generated/resolvers.ts';
import type { Context } from '../../graph/context.ts';
import { defaultPageSize, maxPageSize } from '../../graph/reads/page.ts';
import { getViewer } from '../../identity/viewers.ts';

const coordinate = 'Query.accessesToSubject';

const Query: Pick<QueryResolvers, 'accessesToSubject'> = {
  async accessesToSubject(_root, args, context, info) {
    const { viewer, purpose, audit } = context;
    // Persons ask at a window; no other unit has a duty that needs it (dossier §6.1, row X2).
    if (getViewer(viewer.department).kind !== 'RECEPTION_CENTRE')
      throw fault(
        'FORBIDDEN',
        'Persons learn at a reception centre who read their records; other units read the entries of their own staff in auditTrail.',
        { coordinate, reason: 'NOT_GRANTED' },
      );
    if (purpose !== 'SUBJECT_ACCESS')
      throw fault('PURPOSE_DENIED', 'This is answered to the person only: send the purpose SUBJECT_ACCESS.', {
        coordinate,
        open: ['SUBJECT_ACCESS'],
      });
    if (!audit) throw fault('AUDIT_UNAVAILABLE', 'This program keeps no access log.', {});
    const person = await findPerson(args, context, info);
    if (!person) return null;
    const limit = Math.min(Math.max(args.first ?? defaultPageSize, 0), maxPageSize);
    const entries = await audit.accessesTo(person.id, { before: args.before ?? null, limit });
    return entries.map(({ viewer: department, ...entry }) => ({ ...entry, department })) as never;
  },
};

/** The person at the window: by the open file, or by the number on the card. */
function findPerson(
  { migrantId, citizenIdNumber }: QueryAccessesToSubjectArgs,
  { reads }: Context,
  info: GraphQLResolveInfo,
) {
  if ((migrantId == null) === (citizenIdNumber == null))
    throw fault('BAD_VALUE', 'Give either migrantId or citizenIdNumber: one person at a time.', {});
  return citizenIdNumber == null
    ? reads.oneOf('Migrant', migrantId ?? '', info)
    : reads.exactLookup('Migrant', 'citizenIdNumber', citizenIdNumber, info);
}

const fault = (code: string, message: string, extensions: Record<string, unknown>) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

export const resolvers = { Query };
