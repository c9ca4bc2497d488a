import type { IssuedToken, Persona } from './server-calls.ts';

/** Who one is now, in words for the identity line. Empty strings are not shown. */
interface Who {
  name: string;
  title: string;
  titleZh: string;
  unit: string;
  unitName: string;
  territory: string;
}

/** A signed-in viewer. `code` is the persona's, null for a pasted token; `department` is
 * the viewer's code or name, from either. `expiresAt` in ms since 1970. */
export interface Session {
  token: string;
  expiresAt: number | null;
  code: string | null;
  /** Whether one is the second person of the persona's unit. */
  colleague?: boolean;
  department: string;
  who: Who;
}

const storageKey = 'laihu:session';

/** A session survives a reload and ends with the browser tab: a window's computer is shared. */
export function readSession(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}

export function storeSession(session: Session | null): void {
  if (session) sessionStorage.setItem(storageKey, JSON.stringify(session));
  else sessionStorage.removeItem(storageKey);
}

export function sessionOfPersona(
  persona: Persona,
  unit: string,
  colleague: boolean,
  issued: IssuedToken,
): Session {
  const unitName = unit === persona.unit ? persona.unitName : (persona.unitNames?.[unit] ?? '');
  return {
    token: issued.token,
    expiresAt: toMilliseconds(issued.expiresAt),
    code: persona.code,
    colleague,
    department: persona.code,
    who: {
      name: (colleague && persona.colleague?.name) || persona.name,
      title: persona.title,
      titleZh: persona.titleZh,
      unit,
      unitName,
      territory: persona.territory ?? (coversDistrict(persona, unit) ? 'whole district' : unitName || unit),
    },
  };
}

/**
 * A session from a pasted token. The claims are read for display only; the server alone judges the token.
 *
 * @throws Error when the text is no JSON web token.
 */
export function sessionOfToken(text: string): Session {
  const token = text.trim().replace(/^Bearer\s+/i, '');
  const claims = readClaims(token);
  const claim = (...names: string[]): string => {
    const name = names.find((candidate) => typeof claims[candidate] === 'string');
    return name === undefined ? '' : String(claims[name]);
  };
  return {
    token,
    expiresAt: typeof claims.exp === 'number' ? claims.exp * 1000 : null,
    code: null,
    department: claim('department'),
    who: {
      name: claim('name', 'person', 'sub'),
      title: claim('department', 'viewer'),
      titleZh: '',
      unit: claim('unit', 'acting_unit', 'actingUnit'),
      unitName: '',
      territory: claim('territory'),
    },
  };
}

function readClaims(token: string): Record<string, unknown> {
  try {
    const [, payload, signature] = token.split('.');
    if (!payload || !signature) throw new Error();
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    throw new Error('This is not a JSON web token: it must have three parts divided by dots.');
  }
}

/** Below the district, and in a branch of the society, one sees the territory of the unit acted for (dossier section 6.3). */
function coversDistrict(persona: Persona, unit: string): boolean {
  return persona.kind === 'DISTRICT' || (persona.kind === 'SOCIETY' && unit === persona.unit);
}

function toMilliseconds(instant: string | number): number | null {
  if (typeof instant === 'number') return instant < 1e12 ? instant * 1000 : instant;
  const parsed = Date.parse(instant);
  return Number.isNaN(parsed) ? null : parsed;
}
