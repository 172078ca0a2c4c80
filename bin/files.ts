/** Files that a command writes when all is done: whole, or not at all. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from './errors.ts';

export { writeFileAtomically } from '../engine/run/files.ts';

/** Makes the folder of a file to come, so that what cannot be written is known before the work and not after it. @throws UsageError */
export async function prepareFile(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw new UsageError(`'${path}' cannot be written: ${(cause as Error).message}`, undefined, { cause });
  }
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new UsageError(`'${path}' is a folder; give the path of a file`);
}

/** @throws UsageError for a file that is not there */
export async function requireFile(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw new UsageError(`there is no file '${path}'`);
  if (there.isDirectory()) throw new UsageError(`'${path}' is a folder, not a file`);
}
