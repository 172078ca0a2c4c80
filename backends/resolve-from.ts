/**
 * Resolves a package's path at run time. Bundlers recognise an imported `createRequire` by its name and would resolve the package at build
 * time, so it is called as a property.
 */
import nodeModule from 'node:module';
import { join } from 'node:path';

/**
 * @param url the module's `import.meta.url`; undefined in CommonJS bundles, where the working folder is used
 * @throws Error if the package is not found
 */
export const resolveFrom = (url: string | undefined, request: string): string =>
  nodeModule.createRequire(url ?? join(process.cwd(), 'index.js')).resolve(request);
