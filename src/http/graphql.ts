import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { AccessRecorder } from '../graph/audited/access-recorder.ts';
import { purposeHeader } from '../graph/check/purpose-check.ts';
import type { Context } from '../graph/context.ts';
import type { Performer } from '../graph/doing/performer.ts';
import { createErrorFormatter } from '../graph/errors.ts';
import { stringifyAnswer } from '../graph/fused/fused-text.ts';
import type { GrantBook } from '../graph/grants/book.ts';
import type { ObjectBudget } from '../graph/limits/budget.ts';
import { maxTokens, staticLimits } from '../graph/limits/shape.ts';
import type { ReadEngine } from '../graph/reads/engine.ts';
import { AuthenticationError } from '../identity/authentication-error.ts';
import type { BundleSigner } from '../identity/bundle-signer.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Graph } from '../schema.ts';
import { answerSize, defaultAnswerBytes } from './answer-size.ts';
import { admitDocument, admitsText } from './documents/admit.ts';
import type { Clients } from './documents/clients.ts';
import { readingContext } from './reading-context.ts';
import { requestCost } from './request-cost.ts';
import { registerGraphqlRoute } from './transport/graphql-over-http.ts';
import type { InFlight } from './transport/in-flight.ts';
import { visibleNames } from './visible-names.ts';

export interface GraphqlOptions {
  readonly graph: Graph;
  readonly engine: ReadEngine;
  /** Who asks. @throws AuthenticationError, which answers 401 or 503. */
  readonly authenticate: (request: FastifyRequest) => Promise<Viewer>;
  readonly clients: Clients;
  /** Does what mutations ask. */
  readonly performer?: Performer | undefined;
  /** Signs what is taken along without a network. */
  readonly bundleSigner?: BundleSigner | undefined;
  /** Null: no budget. */
  readonly budget: ObjectBudget | null;
  /** The most bytes of an answer. */
  readonly answerBytes?: number | undefined;
  /** Records what is read before it is answered. It is left out only where the data are not real. */
  readonly recorder?: AccessRecorder | undefined;
  /** The case-bound grants in force. */
  readonly grantBook: GrantBook;
  /** Bounds the requests that are answered at once. */
  readonly inFlight: InFlight;
}

/**
 * `POST /graphql`: Apollo Server parses, validates and answers; documents run in our own executor.
 * @returns a function that waits for running requests and stops the server.
 */
export async function registerGraphql(
  app: FastifyInstance,
  options: GraphqlOptions,
): Promise<() => Promise<void>> {
  const { graph, authenticate, clients, budget } = options;
  const { answerBytes = defaultAnswerBytes } = options;
  const apollo = new ApolloServer<Context>({
    gateway: executorAsGateway(graph),
    plugins: [
      requestCost(graph, budget),
      visibleNames(graph),
      // The last plugin that changes an answer.
      answerSize(answerBytes),
      // This would instrument every field; nothing here is cached between viewers.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    validationRules: [staticLimits],
    parseOptions: { maxTokens },
    introspection: true,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    // Indented JSON costs 8 % of the CPU of a large page.
    stringifyResult: stringifyAnswer,
    formatError: createErrorFormatter((incident, err) =>
      app.log.error({ incident, fault: describeFault(err) }, 'fault'),
    ),
  });
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: async (request) => {
      const viewer = await authenticate(request).catch(refuse);
      const said = (request.body as { extensions?: { purpose?: unknown } | null } | null)?.extensions
        ?.purpose;
      const key = request.headers['idempotency-key'];
      return {
        ...readingContext(options, viewer, request.headers[purposeHeader], said),
        performer: options.performer,
        bundleSigner: options.bundleSigner,
        ...(typeof key === 'string' && { idempotencyKey: key }),
        grantBook: options.grantBook,
        client: admitDocument(request.body, viewer, clients),
        admits: (text) => admitsText(text, viewer, clients),
      };
    },
  });
  registerGraphqlRoute(app, handler, options.inFlight);
  return () => apollo.stop();
}

/** The answer to a request without a usable identity. */
function refuse(error: unknown): never {
  if (!(error instanceof AuthenticationError)) throw error;
  const { message, code, reason, status, challenge, retryAfter } = error;
  const headers = new Map<string, string>();
  if (status === 401) headers.set('www-authenticate', challenge);
  if (retryAfter !== null) headers.set('retry-after', String(retryAfter));
  const wait = retryAfter === null ? {} : { retryAfter };
  throw new GraphQLError(message, { extensions: { code, reason, ...wait, http: { status, headers } } });
}

/** Apollo's place for another executor: it hands over the parsed and validated document. */
function executorAsGateway({ bare, executor }: Graph) {
  return {
    onSchemaLoadOrUpdate(
      callback: (context: { apiSchema: Graph['bare']; coreSupergraphSdl: string }) => void,
    ) {
      callback({ apiSchema: bare, coreSupergraphSdl: '' });
      return () => {};
    },
    load: async () => ({
      executor: async (request: { context: unknown }) => {
        const context = request.context as Context;
        const { reading } = context;
        if (!reading) throw new Error('A request runs that nothing has read.');
        const execution = { reading, context };
        const refused = context.audit?.refusal(execution);
        if (refused) return refused;
        const result = await executor.execute(execution);
        return context.audit ? context.audit.recorded(execution, result) : result;
      },
    }),
    stop: async () => {},
  } as unknown as NonNullable<ConstructorParameters<typeof ApolloServer<Context>>[0]['gateway']>;
}

/** Name, code and place of a fault; no message, which may repeat values of a row. */
function describeFault(error: unknown): Record<string, unknown> {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  return {
    name,
    code,
    at: stack
      ?.split('\n')
      .filter((line) => line.includes(' at '))
      .slice(0, 5),
  };
}
