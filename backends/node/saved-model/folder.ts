/** A folder that is there whole, or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { VariableError } from '../../../engine/index.ts';
import { putInPlace, withFolder } from '../folders.ts';

/**
 * Has a folder written beside its place, and puts it there when it is complete. Whatever ends the process or the work before leaves
 * neither a part of it nor anything beside it.
 * @param replaces whether a folder that is there may be replaced
 * @throws VariableError where it is there and may not be, or where it cannot be written
 */
export async function writeFolder(
  path: string,
  replaces: (entries: readonly string[]) => boolean,
  write: (folder: string) => Promise<void>,
): Promise<void> {
  const place = resolve(path);
  const beside = (kind: string): string => join(dirname(place), `.${basename(place)}.${randomUUID()}.${kind}`);
  await requireFree(place, replaces);
  try {
    const fresh = beside('new');
    await mkdir(fresh, { recursive: true });
    await withFolder(fresh, async () => {
      await write(fresh);
      await requireFree(place, replaces);
      await putInPlace(fresh, place, beside('old'));
    });
  } catch (e) {
    if ((e as NodeJS.ErrnoException).syscall === undefined) throw e;
    throw new VariableError(`'${path}' cannot be written: ${(e as Error).message}`, { cause: e });
  }
}

/** @throws VariableError for a file, or for a folder that may not be replaced */
async function requireFree(place: string, replaces: (entries: readonly string[]) => boolean): Promise<void> {
  const there = await stat(place).catch(() => undefined);
  if (there === undefined) return;
  if (!there.isDirectory()) throw new VariableError(`'${place}' is a file; give the path of a folder`);
  const entries = await readdir(place);
  if (entries.length > 0 && !replaces(entries))
    throw new VariableError(`the folder '${place}' is there already, and is not replaced`);
}
