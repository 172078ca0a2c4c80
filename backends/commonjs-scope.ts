/**
 * The names that Node gives to CommonJS modules, as globals while such a module runs. A bundler that puts one into an ES module leaves
 * the names as they are, and there is no `require` in an ES module: tfjs and Emscripten's loader, which look for Node's own modules
 * in Node, would fail there.
 */

type Scope = Record<string, unknown>;
const NAMES = ['require', '__dirname', '__filename'] as const;

/** How many need them now: modules load side by side. */
let users = 0;
/** Those that are defined here. */
let defined: readonly string[] = [];

/** Defines those that are missing, where this is Node. @returns what takes them away again, once nobody else needs them */
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

/** Loads a module, with that scope while it is evaluated. */
export async function importCommonJs<T>(load: () => Promise<T>): Promise<T> {
  const close = openCommonJsScope();
  try {
    return await load();
  } finally {
    close();
  }
}
