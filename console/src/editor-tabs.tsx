import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Example } from './server-calls.ts';

/** An example to open; a new object each time one is chosen, also when it is the same example again. */
export interface ExampleRequest {
  example: Example;
}

/** What a first tab shows. A tab that holds only this is taken for an example instead of a new one. */
export const firstQuery = `# Write a query here, or choose an example above (在此编写查询,或从上方选择示例).
# Ctrl-Enter runs it, Ctrl-Space completes names, the book at the left holds the documentation.
`;

/** Opens the asked-for example in a tab of its own. Renders nothing; must stand inside GraphiQL. */
export function ExampleOpener({ request, onOpened }: { request: ExampleRequest | null; onOpened(): void }) {
  const { addTab, stop } = useGraphiQLActions();
  const { queryEditor, variableEditor } = useGraphiQL(pick('queryEditor', 'variableEditor'));
  useEffect(() => {
    if (!request || !queryEditor || !variableEditor) return;
    // The answer of the query before would appear below the example, and the button would still mean stop.
    stop();
    const current = queryEditor.getValue().trim();
    if (current !== '' && current !== firstQuery.trim()) addTab();
    queryEditor.setValue(request.example.document);
    variableEditor.setValue(
      request.example.variables ? JSON.stringify(request.example.variables, null, 2) : '',
    );
    queryEditor.focus();
    onOpened();
  }, [request, queryEditor, variableEditor, addTab, stop, onOpened]);
  return null;
}

/**
 * Empties the answers of all tabs when the viewer changes: an answer given to one department must not stand under
 * the name of another. Renders nothing; must stand inside GraphiQL.
 */
export function AnswerCleaner({ viewer }: { viewer: string }) {
  const { changeTab, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor', 'headerEditor', 'responseEditor'),
  );
  const answeredTo = useRef(viewer);
  useLayoutEffect(() => {
    if (answeredTo.current === viewer) return;
    answeredTo.current = viewer;
    responseEditor?.setValue('');
    // The tab learns of what was typed a moment later than the editor; coming back to it must not lose the last words.
    updateActiveTabValues({
      query: queryEditor?.getValue() ?? null,
      variables: variableEditor?.getValue() ?? null,
      headers: headerEditor?.getValue() ?? null,
      response: null,
    });
    if (tabs.length === 1) return;
    // GraphiQL reaches a tab only by making it active; all of this happens before the next painting.
    for (const index of tabs.keys()) {
      changeTab(index);
      updateActiveTabValues({ response: null });
    }
    changeTab(activeTabIndex);
  });
  return null;
}
