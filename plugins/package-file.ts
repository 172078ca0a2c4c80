/** Locates files of the package that no module imports: scripts of workers and pages. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendError } from '../engine/index.ts';

/** Whether a module is run from source, in a checkout. */
export const isSource = (url: string | undefined): boolean => url?.endsWith('.ts') ?? false;

/**
 * The path of a file or folder, given relative to a module.
 * @param url the module's `import.meta.url`; undefined in CommonJS bundles
 * @throws BackendError if the module is in a bundle, which does not contain the file
 */
export function packageFile(url: string | undefined, path: string): string {
  const file = url === undefined ? undefined : join(dirname(fileURLToPath(url)), path);
  if (file !== undefined && existsSync(file)) return file;
  throw new BackendError(
    `'${path}', a file of the package 'retrograph', is not in this bundle: leave the package out of the bundle (as external), so that it is loaded from node_modules`,
  );
}
