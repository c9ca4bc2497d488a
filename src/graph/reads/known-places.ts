import { personalRecords } from '../../contract/model/persons.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { subdistrictCodes } from '../../identity/units.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import type { ReadIds } from '../audited/records-about.ts';

/** A code that is not known is looked for anew, but not more often than this. */
const rereadMs = 60_000;

/**
 * The neighbourhoods of the district with their police stations, as the registers of places have them: dwellings,
 * premises, sites; no organisation's table lists them. One that no register of places has yet, as after a monthly file of
 * the stations, is known when somebody is registered there whose whereabouts are not shielded: who may ask for that
 * place sees the same persons anyway.
 */
export class KnownPlaces {
  readonly #readIds: ReadIds;
  readonly #records: readonly RecordModel[];
  readonly #register: RecordModel | undefined;
  readonly #nowMs: () => number;
  #stations: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(model: Model, readIds: ReadIds, nowMs: () => number = Date.now) {
    const persons = personalRecords(model);
    this.#records = [...model.values()].filter(
      ({ name, source }) =>
        !persons.has(name) && source.scope.territory?.station && source.scope.territory.neighbourhood,
    );
    this.#register = model.get('Migrant');
    this.#readIds = readIds;
    this.#nowMs = nowMs;
  }

  /** Whether some neighbourhood begins so, of a station's where one is given; true where the registers do not answer. */
  async has(prefix: string, station?: string): Promise<boolean> {
    if (this.#finds(prefix, station)) return true;
    if (this.#nowMs() - this.#readAt >= rereadMs) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    if (this.#stations.size === 0 || this.#finds(prefix, station)) return true;
    return this.#isLivedIn(prefix, station);
  }

  #finds(prefix: string, station: string | undefined): boolean {
    for (const [code, stations] of this.#stations)
      if (code.startsWith(prefix) && (station === undefined || stations.has(station))) return true;
    return false;
  }

  async #isLivedIn(code: string, station: string | undefined): Promise<boolean> {
    const { territory, shielded } = this.#register?.source.scope ?? {};
    if (!this.#register || !territory?.neighbourhood || !territory.station || !shielded) return false;
    const text = `select "${territory.station.name}" as "id" from ${quotedTableOf(this.#register.source.table)} where "${territory.neighbourhood.name}" = any($1::text[]) and "${territory.station.name}" = any(coalesce(nullif($2::text[], '{}'), array["${territory.station.name}"])) and not "${shielded.name}" limit 1`;
    const found = await this.#readIds(this.#register.store, text, [[code], station ? [station] : []]).catch(
      () => [code],
    );
    return found.length > 0;
  }

  async #read(): Promise<void> {
    const found = new Map<string, Set<string>>();
    try {
      for (const record of this.#records) {
        const { station, neighbourhood } = record.source.scope.territory ?? {};
        const text = `select distinct "${neighbourhood?.name}" || ' ' || "${station?.name}" as "id" from ${quotedTableOf(record.source.table)} where "${neighbourhood?.name}" is not null`;
        for (const pair of await this.#readIds(record.store, text, [])) {
          const [code = '', unit = ''] = pair.split(' ');
          if (!subdistrictCodes.includes(code.slice(0, 9))) continue;
          const stations = found.get(code);
          if (stations) stations.add(unit);
          else found.set(code, new Set([unit]));
        }
      }
      this.#stations = found;
    } catch {
      // A register that is down refuses nobody: what is not known to be wrong is asked for as it is.
      this.#stations = new Map();
    }
    this.#readAt = this.#nowMs();
  }
}
