/** Reads and writes files in Node; `node:fs` is loaded when first needed, so that browser bundles do not contain it. */
import { VariableError } from '../errors.ts';

const NODE_FS = 'node:fs/promises';
type FileSystem = typeof import('node:fs/promises');

async function fileSystem(): Promise<FileSystem> {
  try {
    // a variable specifier, so that bundlers do not resolve it
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ NODE_FS)) as FileSystem;
  } catch (e) {
    throw new VariableError('there are no files here; use toBytes() and fromBytes()', { cause: e });
  }
}

/** Writes to a temporary file and renames it, so that an interrupted write keeps the old file. @throws VariableError */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const fs = await fileSystem();
  const temporary = `${path}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    await fs.writeFile(temporary, bytes);
    await fs.rename(temporary, path);
  } catch (e) {
    await fs.rm(temporary, { force: true });
    throw new VariableError(`cannot write '${path}': ${(e as Error).message}`, { cause: e });
  }
}

/** @throws VariableError */
export async function readFile(path: string): Promise<Uint8Array> {
  const fs = await fileSystem();
  try {
    return await fs.readFile(path);
  } catch (e) {
    throw new VariableError(`cannot read '${path}': ${(e as Error).message}`, { cause: e });
  }
}
