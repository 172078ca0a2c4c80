/** Writes a folder atomically. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { VariableError } from '../../../engine/index.ts';
import { putInPlace, withFolder } from '../folders.ts';

/**
 * Writes a folder under a temporary path, and renames it when it is complete. If the process ends or `write` fails before, nothing is left
 * behind.
 * @param replaces whether an existing folder with these entries may be replaced
 * @throws VariableError if the folder exists and may not be replaced, or cannot be written
 */
export async function writeFolder(
  path: string,
  replaces: (entries: readonly string[]) => boolean,
  write: (folder: string) => Promise<void>,
): Promise<void> {
  const fullPath = resolve(path);
  const beside = (kind: string): string => join(dirname(fullPath), `.${basename(fullPath)}.${randomUUID()}.${kind}`);
  await requireFree(fullPath, replaces);
  try {
    const fresh = beside('new');
    await mkdir(fresh, { recursive: true });
    await withFolder(fresh, async () => {
      await write(fresh);
      await requireFree(fullPath, replaces);
      await putInPlace(fresh, fullPath, beside('old'));
    });
  } catch (e) {
    if ((e as NodeJS.ErrnoException).syscall === undefined) throw e;
    throw new VariableError(`'${path}' cannot be written: ${(e as Error).message}`, { cause: e });
  }
}

/** @throws VariableError for a file, or for a folder that may not be replaced */
async function requireFree(fullPath: string, replaces: (entries: readonly string[]) => boolean): Promise<void> {
  const there = await stat(fullPath).catch(() => undefined);
  if (there === undefined) return;
  if (!there.isDirectory()) throw new VariableError(`'${fullPath}' is a file; give the path of a folder`);
  const entries = await readdir(fullPath);
  if (entries.length > 0 && !replaces(entries))
    throw new VariableError(`the folder '${fullPath}' is there already, and is not replaced`);
}
