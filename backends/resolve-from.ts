/**
 * Where a package lies, for a module: by a call that bundlers leave alone. (They know `createRequire` by its name, and look for
 * the package while they build.)
 */
import nodeModule from 'node:module';
import { join } from 'node:path';

/**
 * @param url the module's `import.meta.url`, which bundles in CommonJS do not have: then the working folder stands for it
 * @throws Error where there is no such package
 */
export const resolveFrom = (url: string | undefined, request: string): string =>
  nodeModule.createRequire(url ?? join(process.cwd(), 'index.js')).resolve(request);
