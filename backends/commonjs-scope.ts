/**
 * Provides `require`, `__dirname` and `__filename` as globals while a CommonJS module is evaluated. A bundler that puts such a module into
 * an ES module keeps these names, which ES modules lack: tfjs and Emscripten's loader, which require Node's modules, would fail.
 */

type Scope = Record<string, unknown>;
const NAMES = ['require', '__dirname', '__filename'] as const;

/** The number of open scopes: modules load concurrently. */
let users = 0;
/** The names defined here, to be deleted with the last scope. */
let defined: readonly string[] = [];

/** In Node, defines the names that are missing. @returns a function that closes the scope; the last one deletes the names */
export function openCommonJsScope(): () => void {
  if (typeof process !== 'object' || typeof process.getBuiltinModule !== 'function') return () => {};
  const scope = globalThis as unknown as Scope;
  const values: Scope = {
    require: (name: string) => process.getBuiltinModule(name as 'node:fs'),
    __dirname: '/',
    __filename: '/',
  };
  if (users++ === 0) {
    defined = NAMES.filter((name) => scope[name] === undefined);
    for (const name of defined) scope[name] = values[name];
  }
  return () => {
    if (--users === 0) for (const name of defined) delete scope[name];
  };
}

/** Loads a module with the scope open while it is evaluated. */
export async function importCommonJs<T>(load: () => Promise<T>): Promise<T> {
  const close = openCommonJsScope();
  try {
    return await load();
  } finally {
    close();
  }
}
