/** Where a package lies, for a module: by a call that bundlers, which would look for the package while they build, leave alone. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * @param url the module's `import.meta.url`, which bundles in CommonJS do not have: then the working folder stands for it
 * @throws Error where there is no such package
 */
export const resolveFrom = (url: string | undefined, request: string): string =>
  createRequire(url ?? join(process.cwd(), 'index.js')).resolve(request);
