import { type SQL, sql } from 'drizzle-orm';
import type { Sql } from 'postgres';
import { inTransaction } from '../../store/transaction.ts';
import {
  collectLinks,
  copyAreas,
  keepElsewhere,
  type LinkServers,
  linkSelects,
  linksFor,
  serverGroups,
} from '../links/refresh.ts';
import { refreshAsked } from '../links/refresh-asked.ts';
import type { CopyingStore } from './carried.ts';
import { refreshCopies } from './refresh-copies.ts';

/** So many changes at a time. */
const atOnce = 5000;

/**
 * Carries to other servers what triggers have noted (`access.copy_changes`): territory and shield of the persons,
 * their links, whom departments are asked about, and the coordinators' areas. It says what is true now, so it can be
 * run again after it was cut off, or by two at once; a change is forgotten when all servers have it. While one does not
 * answer, the others get territory and shield.
 * @param day the district's calendar day, YYYY-MM-DD
 * @param readersOf the viewers whose links decide about rows of some stores (`linkReaders`)
 * @returns how many changes were carried
 * @throws a server's error, after the others have got what they can
 */
export async function carryCopies(
  servers: LinkServers,
  stores: readonly CopyingStore[],
  day: string,
  readersOf: (stores: ReadonlySet<string>) => ReadonlySet<string>,
): Promise<number> {
  const groups = serverGroups(servers, stores);
  const owners = groups.map((held) => servers.ownerOf(held[0]?.store ?? ''));
  const asked = await Promise.allSettled(
    owners.map(
      (owner) => owner<{ id: string; subject: string }[]>`
        select id::text, subject_id::text as subject from access.copy_changes order by id limit ${atOnce}`,
    ),
  );
  const noted = asked.map((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const subjects = [...new Set(noted.flat().map(({ subject }) => subject))];
  await refreshCopies(servers, stores, subjects);
  for (const answer of asked) if (answer.status === 'rejected') throw answer.reason;
  if (subjects.length === 0) return 0;
  await carryLinks(groups, owners, subjects, day, readersOf);
  await copyAreas(servers, groups);
  await refreshAsked(servers, stores, day, subjects);
  for (const [i, changes] of noted.entries())
    await owners[
      i
    ]!`delete from access.copy_changes where id = any(${changes.map(({ id }) => id)}::bigint[])`;
  return noted.flat().length;
}

/** Makes the links of some subjects on each server what the rows of all stores say. */
async function carryLinks(
  groups: readonly (readonly CopyingStore[])[],
  owners: readonly Sql[],
  subjects: readonly string[],
  day: string,
  readersOf: (stores: ReadonlySet<string>) => ReadonlySet<string>,
): Promise<void> {
  const those = (select: SQL) =>
    sql`select * from (${select}) l where subject_id = any(${sql.raw(`'{${subjects.join(',')}}'`)}::uuid[])`;
  const made = await Promise.all(
    owners.map((owner, i) => collectLinks(owner, groups[i]!.flatMap(linkSelects).map(those), day)),
  );
  for (const [i, owner] of owners.entries()) {
    const readers = readersOf(new Set(groups[i]!.map(({ store }) => store)));
    const all = made.map((links) => linksFor(links, readers));
    await inTransaction(owner, async (tx) => {
      await tx`delete from access.links_elsewhere where subject_id = any(${subjects as string[]}::uuid[])`;
      for (const [from, links] of all.entries()) if (from !== i) await keepElsewhere(tx, links);
      // What stands, and what is to stand: of both the function of the triggers decides.
      const [there] = await tx<{ holders: string[] | null; subjects: string[] | null }[]>`
        select array_agg(holder) as holders, array_agg(subject_id::text) as subjects from access.links
        where subject_id = any(${subjects as string[]}::uuid[])`;
      const holders = [...(there?.holders ?? []), ...all.flatMap((links) => links.holders)];
      const about = [...(there?.subjects ?? []), ...all.flatMap((links) => links.subjects)];
      await tx`select sealed.relink(${holders}::text[], ${about}::uuid[])`;
    });
  }
}
