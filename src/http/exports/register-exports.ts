import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Values } from '../../contract/doing/department-doing.ts';
import { purposeHeader } from '../../graph/check/purpose-check.ts';
import {
  type ExportParts,
  exportPages,
  isIdOf,
  type RunningExport,
} from '../../graph/exports/export-pages.ts';
import type { ExportReader, ReadExport } from '../../graph/exports/export-reader.ts';
import { ExportStopped } from '../../graph/exports/export-stopped.ts';
import { encodeNodeId } from '../../graph/node-id.ts';
import { AuthenticationError } from '../../identity/authentication-error.ts';
import type { Viewer } from '../../identity/viewer.ts';
import { StoreUnavailable } from '../../store/statements.ts';
import { type ExportEnd, exportText } from './export-text.ts';
import type { Answered } from './file-format.ts';
import { type FileKind, fileKinds } from './file-kinds.ts';

export interface ExportOptions extends ExportParts {
  readonly reader: ExportReader;
  /** @throws AuthenticationError */
  readonly authenticate: (request: FastifyRequest) => Promise<Viewer>;
}

/** Files that are made at once: each keeps a connection and a core busy. */
const mostAtOnce = 4;
/** In which each part of an answer says whether the file is whole. */
export const exportTrailer = 'laihu-export';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A refusal before the first byte. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const missing: Refusal = {
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is no export of yours with this id.',
};

/**
 * `GET /exports/<id>`: the file of an approved export, for who asked for it. `?after=<id of a record>` goes on behind that
 * record.
 * @returns a function that stops running ones: whoever takes the file goes on elsewhere
 */
export function registerExports(app: FastifyInstance, options: ExportOptions): () => void {
  const { system, reader, engine } = options;
  let running = 0;
  let stopping = false;

  const find = async (request: FastifyRequest): Promise<Viewer> => {
    if (stopping)
      throw new ExportStopped('EXPORT_FAILED', 'The server is stopping; go on from the last record.');
    try {
      return await options.authenticate(request);
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      throw new ExportStopped('TOKEN_ENDED', 'The token is good no longer; go on with another one.');
    }
  };

  async function serve(request: FastifyRequest, reply: FastifyReply, viewer: Viewer) {
    const found = await findRequest(request, viewer);
    if ('status' in found) return refuse(reply, found);
    const { id, row, read, after, kind } = found;
    const run: RunningExport = { id, read, after, viewer: () => find(request) };
    const pages = exportPages(options, run);
    // The first page is read before anything is said: what is refused now is refused in the head.
    const first = await pages.next();
    const end: ExportEnd = { rows: 0 };
    const done = async () => {
      const whole = after === undefined ? { rowsTaken: end.rows } : {};
      await system.change('ExportRequest', id, 'finish', whole);
    };
    const text = exportText(
      following(first, pages),
      kind.formatOf(read.columns),
      after !== undefined,
      end,
      done,
    );
    const stream = kind.bytesOf(text, after !== undefined);
    running += 1;
    stream.once('close', () => {
      running -= 1;
    });
    reply
      .header('content-type', kind.contentType)
      .header('content-disposition', `attachment; filename="export-${id}.${kind.extension}"`)
      .header('accept-ranges', 'none')
      .header('laihu-export-rows', String(row.rows));
    reply.trailer(exportTrailer, async () => `${end.state ?? 'EXPORT_FAILED'}; rows=${end.rows}`);
    return reply.send(stream);
  }

  async function findRequest(request: FastifyRequest, viewer: Viewer): Promise<Found | Refusal> {
    const { id: given } = request.params as { id: string };
    const { after } = request.query as { after?: unknown };
    const id = localId(given);
    const row = id === undefined ? null : await system.row('ExportRequest', id);
    if (id === undefined || !row || row.askedBy !== viewer.person || row.askingUnitId !== viewer.unit)
      return missing;
    if (request.headers[purposeHeader] !== row.purpose) return otherPurpose(String(row.purpose));
    const state = stateRefusal(row, engine.today());
    if (state) return state;
    const read = reader.read(String(row.source), String(row.format));
    const kind = fileKinds[String(row.format)];
    if ('path' in read || !kind)
      return { status: 410, code: 'EXPORT_OVER', message: 'The document is none any more: ask anew.' };
    if (after !== undefined && !(kind.canGoOn && typeof after === 'string' && isIdOf(read, after)))
      return {
        status: 400,
        code: 'BAD_ID',
        message: kind.canGoOn ? 'after is no id of a record of this list.' : 'A workbook is taken whole.',
      };
    return { id, row, read, kind, after: after === undefined ? undefined : String(after) };
  }

  app.get('/exports/:id', { exposeHeadRoute: false }, async (request, reply) => {
    let viewer: Viewer;
    try {
      viewer = await options.authenticate(request);
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      const { code, message, status, challenge } = error;
      if (status === 401) reply.header('www-authenticate', challenge);
      return refuse(reply, { status, code, message });
    }
    if (stopping || running >= mostAtOnce)
      return refuse(reply.header('retry-after', '5'), {
        status: 503,
        code: 'OVERLOADED',
        message: 'Too many files are being made; ask again in some seconds.',
      });
    try {
      return await serve(request, reply, viewer);
    } catch (error) {
      if (error instanceof StoreUnavailable)
        return refuse(reply, { status: 503, code: 'STORE_UNAVAILABLE', message: 'Ask again in a second.' });
      if (!(error instanceof ExportStopped)) throw error;
      return refuse(reply, { status: statuses[error.code], code: error.code, message: error.message });
    }
  });
  return () => {
    stopping = true;
  };
}

interface Found {
  readonly id: string;
  readonly row: Values;
  readonly read: ReadExport;
  readonly kind: FileKind;
  readonly after: string | undefined;
}

const statuses: Readonly<Record<ExportStopped['code'], number>> = {
  EXPORT_REVOKED: 410,
  EXPORT_FAILED: 503,
  EXPORT_PLACE_GONE: 409,
  TOKEN_ENDED: 401,
};

const refuse = (reply: FastifyReply, { status, code, message }: Refusal) =>
  reply.code(status).send({ code, message });

const otherPurpose = (purpose: string): Refusal => ({
  status: 403,
  code: 'PURPOSE_DENIED',
  message: `The export was asked for with the purpose ${purpose}: send the header ${purposeHeader} with it.`,
});

/** Why the file of a request cannot be taken now. */
function stateRefusal({ status, validUntil }: Values, today: string): Refusal | undefined {
  if (status === 'REQUESTED')
    return {
      status: 409,
      code: 'NOT_APPROVED',
      message: 'A second person of the unit has to approve it first.',
    };
  if ((status === 'APPROVED' || status === 'DONE') && String(validUntil) >= today) return undefined;
  return {
    status: 410,
    code: 'EXPORT_OVER',
    message: `It is ${String(status)}, or its time is over: ask anew.`,
  };
}

/** The local id behind a global one; undefined for everything else. */
function localId(given: string): string | undefined {
  const id = Buffer.from(given, 'base64url')
    .toString('utf8')
    .replace(/^ExportRequest:/, '');
  return uuid.test(id) && encodeNodeId('ExportRequest', id) === given ? id : undefined;
}

/** The first page, which was read before, and those that follow. */
async function* following(
  first: IteratorResult<readonly Answered[], void>,
  pages: AsyncGenerator<readonly Answered[]>,
): AsyncGenerator<readonly Answered[]> {
  try {
    if (first.done) return;
    yield first.value;
    yield* pages;
  } finally {
    await pages.return(undefined);
  }
}
