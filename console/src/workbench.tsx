import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import type { Fetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { editorStorage } from './editor-storage.ts';
import { AnswerCleaner, ExampleOpener, type ExampleRequest, firstQuery } from './editor-tabs.tsx';
import { connectViewer } from './graphql-fetcher.ts';
import type { Session } from './session.ts';

// Outside the component: a new list at each rendering would make GraphiQL close the open panel.
const plugins = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];

interface WorkbenchProps {
  session: Session;
  purpose: string | null;
  exampleRequest: ExampleRequest | null;
  onExampleOpened(): void;
  onRefused(token: string): void;
  onAnswer(document: string, data: unknown): void;
}

/** GraphiQL for the signed-in viewer. A new fetcher makes it read the schema anew. */
export default function Workbench({
  session,
  purpose,
  exampleRequest,
  onExampleOpened,
  onRefused,
  onAnswer,
}: WorkbenchProps) {
  // Read when a query is sent: another purpose needs no other schema.
  const purposeNow = useRef(purpose);
  purposeNow.current = purpose;
  const connection = useMemo(
    () => connectViewer(session.token, () => purposeNow.current, onRefused, onAnswer),
    [session.token, onRefused, onAnswer],
  );
  // In the same painting as the new identity or purpose: a click on the button that still says stop would run nothing.
  useLayoutEffect(
    () => () => connection.drop('You changed who you are before the answer came. Run the query again.'),
    [connection],
  );
  const askedFor = useRef(purpose);
  useLayoutEffect(() => {
    if (askedFor.current === purpose) return;
    askedFor.current = purpose;
    connection.drop('You chose another purpose before the answer came. Run the query again.');
  }, [connection, purpose]);
  // GraphiQL learns of another fetcher a moment after the page shows the new identity: until then the one it has asks
  // in the new name, too.
  const connectionNow = useRef(connection);
  useLayoutEffect(() => {
    connectionNow.current = connection;
  }, [connection]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another viewer is another fetcher, which reads the schema anew.
  const fetcher = useMemo<Fetcher>(
    () => (params, options) => connectionNow.current.fetcher(params, options),
    [connection],
  );
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      storage={editorStorage}
      defaultQuery={firstQuery}
      defaultEditorToolsVisibility="variables"
      shouldPersistHeaders={false}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <span className="graphiql-logo-link">
          Graph<em>i</em>QL
        </span>
      </GraphiQL.Logo>
      <ExampleOpener request={exampleRequest} onOpened={onExampleOpened} />
      <AnswerCleaner viewer={`${session.code ?? session.token} ${session.who.unit} ${session.who.name}`} />
    </GraphiQL>
  );
}
