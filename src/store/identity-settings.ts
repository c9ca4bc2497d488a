/** Who a connection speaks for. */
export interface ConnectionIdentity {
  readonly viewer: string;
  readonly unit: string;
  /** Nine digits, or empty. */
  readonly subdistrict: string;
  /** Of a police station, else empty. */
  readonly station: string;
  /** Whose links are own: a coordinator's id, everybody else's unit. */
  readonly holder: string;
  /** Where single persons have rows of their own, else empty. */
  readonly person: string;
  /** Where rows are for a post, what the person's posts let do, with commas between; else empty. */
  readonly posts: string;
  /** The district's calendar day, YYYY-MM-DD: on the next one other connections are opened. */
  readonly today: string;
}

const settings = ['viewer', 'unit', 'subdistrict', 'station', 'person', 'posts', 'holder', 'today'] as const;

/** What the database calls the parts of an identity. */
export const settingNames: readonly string[] = settings.map((name) => `laihu.${name}`);

/**
 * The parts of an identity, in the order of their names. What it lacks is empty, and matches no row: no code, id or
 * post is an empty text.
 * @throws Error for a zero character, which would end a start-up parameter and begin another
 */
export function settingValues(identity: ConnectionIdentity): readonly string[] {
  const values = settings.map((name) => identity[name]);
  if (values.some((value) => value.includes('\0'))) throw new Error('An identity holds a zero character.');
  return values;
}

/** With the lengths in it no two identities share a key, whatever characters they are of. */
export function keyOf(store: string, identity: ConnectionIdentity): string {
  const { viewer, unit, subdistrict, station, holder, person, posts, today } = identity;
  const parts = [viewer, unit, subdistrict, station, holder, person, posts];
  return `${store} ${today} ${parts.map((part) => part.length).join(' ')} ${parts.join('')}`;
}
