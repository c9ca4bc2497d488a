import { type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import type { ExportReading, FillFault } from '../../contract/doing/department-doing.ts';
import type { Model } from '../../contract/model/record.ts';
import type { Matrix } from '../../contract/tables/matrix.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { getViewer } from '../../identity/viewers.ts';
import type { DocumentAccess } from '../check/document-access.ts';
import type { DocumentCheck } from '../check/document-check.ts';
import type { Context } from '../context.ts';
import { predictCost } from '../limits/cost.ts';
import type { ListSizes } from '../limits/list-sizes.ts';
import { maxObjects } from '../limits/too-costly.ts';
import { type RequestReading, readRequest } from '../request-reading.ts';
import { type ColumnPath, columnsOf } from './columns.ts';
import { type ExportDocument, readExportDocument } from './export-document.ts';
import { shownDocument } from './shown-document.ts';

export interface ExportReaderParts {
  readonly schema: GraphQLSchema;
  readonly model: Model;
  readonly matrix: Matrix;
  readonly check: DocumentCheck;
  readonly listSizes: ListSizes;
}

/** An export ready to run. */
export interface ReadExport extends ExportDocument {
  /** Of a file with columns; empty where a line is an object. */
  readonly columns: readonly ColumnPath[];
  /** Records of a page at the most. */
  readonly pageSize: number;
  /** Objects that a record of the list may be. */
  readonly objectsPerRecord: number;
}

/** Columns are made of these; in a line of JSON everything has its place. */
const hasColumns = (format: string): boolean => format !== 'NDJSON';

/** A statement of so many records ends well within its deadline. */
const largestPage = 2000;
/** What a sheet holds, beside its head and a last line. */
const longestSheet = 1_000_000;
/** So many refused coordinates are named. */
const mostNamed = 5;

const fault = (en: string, zh: string): FillFault => ({ path: ['document'], en, zh });

/** Reads documents that are to be taken out as files: what they ask for, for whom it is kept, what they may not ask. */
export class ExportReader {
  readonly #parts: ExportReaderParts;

  constructor(parts: ExportReaderParts) {
    this.#parts = parts;
  }

  /** Reads a document for a kind of file, or says why it makes none. */
  read(text: string, format: string): ReadExport | FillFault {
    const { schema, model, listSizes } = this.#parts;
    const document = readExportDocument(schema, model, text);
    if ('path' in document) return document;
    const found = columnsOf(schema, document.page, document.nodes, document.record.name);
    if (hasColumns(format) && 'notFlat' in found)
      return fault(
        `${found.notFlat.join('.')} is a list and fits into no cell: leave it out, or ask for NDJSON.`,
        '列表字段无法放入表格，请改用 NDJSON。',
      );
    const objectsPerRecord = predictCost(
      schema,
      this.#reading(document.page, { first: 1 }),
      listSizes,
    ).objects;
    const pageSize = Math.min(largestPage, Math.floor((maxObjects * 0.9) / Math.max(objectsPerRecord, 1)));
    if (pageSize < 1)
      return fault('One record of it has too many parts: ask for fewer.', '单条记录的内容过多，请减少字段。');
    return { ...document, columns: 'columns' in found ? found.columns : [], pageSize, objectsPerRecord };
  }

  /**
   * What a document would read in the name of who asks, and how many records that are.
   * @throws GraphQLError what counting them throws, such as PURPOSE_DENIED
   */
  async readingFor(
    context: Context,
    text: string,
    purpose: string,
    format: string,
  ): Promise<ExportReading | FillFault> {
    const { schema, model, matrix } = this.#parts;
    if (!(context.admits?.(text) ?? context.viewer.explores))
      return fault(
        'The token allows no documents of your own: take one that is registered for its client.',
        '该令牌不允许自拟查询，请使用已登记的查询。',
      );
    const read = this.read(text, format);
    if ('path' in read) return read;
    const viewer = context.viewer.department;
    const access = this.#access(read, viewer);
    const refused = refusedIn(access);
    if (refused) return refused;
    if (!context.ask) throw new Error('A document is read outside of a request.');
    const { data, errors = [] } = await context.ask({ document: read.count }, purpose);
    const [error] = errors;
    if (error) throw error;
    const rows = totalOf(data);
    if (format === 'XLSX' && rows > longestSheet)
      return fault('So many records fit into no sheet: ask for CSV.', '记录数超过工作表上限，请改用 CSV。');
    const { fieldGroups } = access.log;
    const owners = fieldGroups.flatMap((group) => matrix.get(group)?.owner ?? []);
    return {
      document: shownDocument(schema, model, parse(text, { noLocation: true })),
      recordType: read.record.name,
      isAboutPersons: access.readsPersons,
      coordinates: access.log.coordinates,
      fieldGroups,
      maskedFields: access.masked.map(({ coordinate }) => coordinate),
      owners: [...new Set(owners)].map((name) => getViewer(name).code),
      rows,
    };
  }

  #access({ page }: ReadExport, viewer: ViewerName): DocumentAccess {
    return this.#parts.check.check(this.#reading(page, { first: 1 }), viewer);
  }

  #reading(document: ExportDocument['page'], variables: Readonly<Record<string, unknown>>): RequestReading {
    return readRequest(this.#parts.schema, { document, variables });
  }
}

/** Why a document may not be taken out: secret groups never, and nothing with holes that a file could not explain. */
function refusedIn({ denials, usesSecret }: DocumentAccess): FillFault | undefined {
  if (usesSecret)
    return fault('Secret groups are read record by record and never taken out.', '保密信息不得导出。');
  if (denials.length === 0) return undefined;
  const named = denials.slice(0, mostNamed).map(({ coordinate }) => coordinate);
  return fault(
    `Your unit may not use ${named.join(', ')}: leave it out.`,
    `无权使用 ${named.join('、')}，请删去。`,
  );
}

const totalOf = (data: ExecutionResult['data']): number =>
  Number((data?.page as { totalCount?: unknown } | null | undefined)?.totalCount ?? 0);
