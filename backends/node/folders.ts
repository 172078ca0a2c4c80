/** Creates folders atomically: they are filled under a temporary path, then renamed. */
import { rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/** Runs `work` with an existing temporary folder, and removes that afterwards, also if the process exits before. */
export async function withFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  try {
    return await work();
  } finally {
    process.removeListener('exit', remove);
    remove();
  }
}

/**
 * Renames a folder to `path`. An existing folder there is first renamed to `old`, restored if the second rename fails, and else removed.
 * @throws the system's error
 */
export async function putInPlace(folder: string, path: string, old: string): Promise<void> {
  const had = await rename(path, old).then(
    () => true,
    (e: NodeJS.ErrnoException) => {
      if (e.code === 'ENOENT') return false;
      throw e;
    },
  );
  try {
    await rename(folder, path);
  } catch (e) {
    if (had) await rename(old, path);
    throw e;
  }
  if (had) await rm(old, { recursive: true, force: true, maxRetries: 5 });
}
