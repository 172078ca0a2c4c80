/** Files of the package that no module imports: scripts of workers and of pages. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendError } from '../engine/index.ts';

/** Whether a module is read as source, in a checkout. */
export const isSource = (url: string | undefined): boolean => url?.endsWith('.ts') ?? false;

/**
 * The path of a file, or folder, relative to a module.
 * @param url the module's `import.meta.url`, which bundles in CommonJS do not have
 * @throws BackendError where the module is part of a bundle, which has left the file behind
 */
export function packageFile(url: string | undefined, path: string): string {
  const file = url === undefined ? undefined : join(dirname(fileURLToPath(url)), path);
  if (file !== undefined && existsSync(file)) return file;
  throw new BackendError(
    `'${path}', a file of the package 'retrograph', is not in this bundle: leave the package out of the bundle (as external), so that it is loaded from node_modules`,
  );
}
