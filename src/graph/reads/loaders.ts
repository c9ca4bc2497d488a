import DataLoader from 'dataloader';
import { getOrMake } from '../../common/get-or-make.ts';
import type { RecordModel } from '../../contract/model/record.ts';
import type { Info } from './session.ts';

type Places = Map<Info['fieldNodes'], DataLoader<string, unknown>>;

/** The loaders of one request: one a record type and place in the document, so that a statement answers for a level. */
export class Loaders {
  // Executors hand out one array of field nodes for each place of a document.
  readonly #places = new Map<RecordModel, Places>();

  /** The loader of a place. @param make called once a place; what it returns answers for many keys in their order */
  at<T>(
    record: RecordModel,
    { fieldNodes }: Info,
    make: () => (keys: readonly string[]) => Promise<readonly (T | Error)[]>,
  ): DataLoader<string, T> {
    const places = getOrMake(this.#places, record, (): Places => new Map());
    return getOrMake(places, fieldNodes, () => new DataLoader<string, unknown>(make())) as DataLoader<
      string,
      T
    >;
  }
}
