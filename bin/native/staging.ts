/** Makes folders in the cache atomically, for downloads and builds. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { putInPlace, withFolder } from '../../backends/node/folders.ts';
import { cacheFolder } from '../../backends/node/library/cache.ts';
import { NativeLibraryError } from '../../backends/node/library/error.ts';
import { count } from '../output.ts';

const REMEDY = 'make room, or name a folder on another disk by RETROGRAPH_CACHE';

/**
 * Makes a folder: `fill` fills a temporary one, which then replaces the folder. After an error or a signal, nothing is left; files of a
 * killed process are removed in the next run.
 * @throws NativeLibraryError if the disk is full, or the folder cannot be written
 */
export async function makeFolder<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const folder = `${target}.${process.pid}.partial`;
  try {
    await mkdir(dirname(target), { recursive: true });
    removeLeftovers(target);
    await mkdir(folder);
    return await withFolder(folder, async () => {
      const result = await fill(folder);
      await putInPlace(folder, target, `${target}.${process.pid}.old`);
      return result;
    });
  } catch (e) {
    throw explain(e, dirname(target));
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** Removes what ended processes have left. If the process id is in use again, it is removed after a day. */
function removeLeftovers(target: string): void {
  for (const name of readdirSync(dirname(target))) {
    const [, pid] = /^\.(\d+)\.(?:partial|old)$/.exec(name.slice(basename(target).length)) ?? [];
    if (!name.startsWith(basename(target)) || pid === undefined) continue;
    const path = join(dirname(target), name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (Number(pid) === process.pid || !isRunning(Number(pid)) || age > DAY)
      rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** @throws NativeLibraryError if the disk of a folder has fewer bytes free */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  throw new NativeLibraryError(
    `${megabytes(bytes)} are needed in ${cacheFolder()}, and ${megabytes(bavail * bsize)} are free`,
    REMEDY,
  );
}

export const megabytes = (bytes: number): string => count(Math.round(bytes / 1e6), 'MB', 'MB');

function explain(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new NativeLibraryError(`the disk of ${folder} is full`, REMEDY, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new NativeLibraryError(
      `${folder} cannot be written: ${(error as Error).message}`,
      'name another folder by RETROGRAPH_CACHE',
      error,
    );
  return error;
}
