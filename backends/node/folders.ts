/** Folders that appear whole or not at all: filled beside their place, then put there. */
import { rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';

/** Works in a folder that is there, of which nothing stays where it is, also where the process ends before. */
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
 * Puts a folder in a place. One that has been there leaves it, for `old`, only as long as a rename takes, and comes back where that fails.
 * @throws the system's error
 */
export async function putInPlace(folder: string, place: string, old: string): Promise<void> {
  const had = await rename(place, old).then(
    () => true,
    (e: NodeJS.ErrnoException) => {
      if (e.code === 'ENOENT') return false;
      throw e;
    },
  );
  try {
    await rename(folder, place);
  } catch (e) {
    if (had) await rename(old, place);
    throw e;
  }
  if (had) await rm(old, { recursive: true, force: true, maxRetries: 5 });
}
