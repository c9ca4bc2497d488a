/** The kinds of viewer under which the chooser groups the personas. */
export type PersonaKind =
  | 'DISTRICT'
  | 'SUBDISTRICT'
  | 'POLICE_STATION'
  | 'RECEPTION_CENTRE'
  | 'COORDINATOR'
  | 'SOCIETY';

/** A demonstration persona as `GET /demo/personas` lists it. `units` are the units it may act for. */
export interface Persona {
  code: string;
  viewer: string;
  kind: PersonaKind;
  title: string;
  titleZh: string;
  unit: string;
  unitName: string;
  person: string;
  name: string;
  /** A second person of the same units, for acts that need two; null where there is none. */
  colleague: { person: string; name: string } | null;
  units: string[];
  /** Names of `units` by code; a unit without one is shown by its code. */
  unitNames?: Record<string, string>;
  /** The territory in words; without it, derived from the kind of viewer. */
  territory?: string;
}

/** An example query as `GET /console/examples` lists it. */
export interface Example {
  name: string;
  title: string;
  titleZh: string;
  as: string | null;
  /** The unit to act for; null: the one the persona has first. */
  unit: string | null;
  /** The purpose to read it for; null: the usual one of the viewer. */
  purpose: string | null;
  domain: string;
  /** Whether the second person of the unit asks it. */
  colleague: boolean;
  document: string;
  variables: Record<string, unknown> | null;
  /** Variables that come from the answer of an earlier example; of one variable several are alternatives. */
  takes: { to: string; from: string; path: string }[];
}

/** The purposes for which a viewer may read persons, as `GET /console/purposes` lists them. */
export interface ViewerPurposes {
  code: string;
  viewer: string;
  usual: string;
  open: { purpose: string; title: string; titleZh: string }[];
}

export interface IssuedToken {
  token: string;
  /** ISO 8601, or seconds or milliseconds since 1970. */
  expiresAt: string | number;
}

/** The personas of the demonstration issuer, or null when this server has none (404). */
export async function fetchPersonas(): Promise<Persona[] | null> {
  const response = await callServer('/demo/personas');
  return response.status === 404 ? null : readJson<Persona[]>(response);
}

/** The example queries; none when the list cannot be had, because the console works without them. */
export async function fetchExamples(): Promise<Example[]> {
  try {
    return await readJson<Example[]>(await callServer('/console/examples'));
  } catch {
    return [];
  }
}

/** The purposes of all viewers; none when the list cannot be had: the server then says what is missing. */
export async function fetchPurposes(): Promise<ViewerPurposes[]> {
  try {
    return await readJson<ViewerPurposes[]>(await callServer('/console/purposes'));
  } catch {
    return [];
  }
}

/** Asks the demonstration issuer for a token of the persona or its colleague, acting for the unit. */
export async function issueToken(code: string, unit: string, colleague: boolean): Promise<IssuedToken> {
  const response = await callServer('/demo/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, unit, colleague }),
  });
  return readJson<IssuedToken>(response);
}

/** @throws Error with a sentence for the reader when the server does not answer at all. */
export async function callServer(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw new Error('The server does not answer. Check that it runs, then try again.');
  }
}

async function readJson<T>(response: Response): Promise<T> {
  if (!response.ok)
    throw new Error(`The server refused ${new URL(response.url).pathname} (HTTP ${response.status}).`);
  return (await response.json()) as T;
}
