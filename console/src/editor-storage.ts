const namespace = 'graphiql:';

/**
 * Where GraphiQL keeps tabs and history: the browser tab's own storage and not the browser's, because variables and
 * queries can hold identity numbers and a reception window's computer is shared. `clear` (a button in GraphiQL's
 * settings) leaves the session alone.
 */
export const editorStorage = {
  getItem: (key: string) => sessionStorage.getItem(key),
  setItem: (key: string, value: string) => sessionStorage.setItem(key, value),
  removeItem: (key: string) => sessionStorage.removeItem(key),
  get length() {
    return editorKeys().length;
  },
  clear() {
    for (const key of editorKeys()) sessionStorage.removeItem(key);
  },
};

function editorKeys(): string[] {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(namespace));
}
