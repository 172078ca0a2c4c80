/** Checks the paths of files before the work, and writes files atomically. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './errors.ts';

export { writeFileAtomically } from '../engine/run/files.ts';

/** Makes the folder of a file to write, so that a wrong path fails before the work. @throws UsageError */
export async function prepareFile(path: string): Promise<void> {
  await makeFolder(dirname(path), path);
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new UsageError(`'${path}' is a folder; give the path of a file`);
}

/** @throws UsageError for a missing file */
export async function requireFile(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) throw new UsageError(`there is no file '${path}'`);
  if (there.isDirectory()) throw new UsageError(`'${path}' is a folder, not a file`);
}

async function makeFolder(folder: string, path: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new UsageError(`'${path}' cannot be written: ${(cause as Error).message}`, undefined, { cause });
  }
}

/**
 * Checks the path of a SavedModel to write, and makes its parent folder.
 * @param force whether an existing one may be replaced
 * @throws UsageError
 */
export async function prepareFolder(path: string, force: boolean): Promise<void> {
  await makeFolder(dirname(resolve(path)), path);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isDirectory()) throw new UsageError(`'${path}' is a file; give the path of a folder`);
  const entries = readdirSync(path);
  if (entries.length === 0) return;
  const isModel = entries.includes('saved_model.pb');
  if (!isModel) throw new UsageError(`'${path}' has other files, and is no SavedModel; give the path of a new folder`);
  if (!force) throw new UsageError(`there is a SavedModel in '${path}' already`, '--force replaces it');
}

/** @throws UsageError unless the path is a file, a SavedModel's folder, or the prefix of a checkpoint's files */
export function requireVariables(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined && !existsSync(`${path}.index`)) throw new UsageError(`there is no file '${path}'`);
  if (there?.isDirectory() && !existsSync(join(path, 'variables', 'variables.index')))
    throw new UsageError(`'${path}' is a folder, and no SavedModel: it has no variables/variables.index`);
}
