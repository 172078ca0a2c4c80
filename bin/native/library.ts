/** Installs the library in the cache, and checks an installed one. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { libraryFolder } from '../../backends/node/library/cache.ts';
import { NativeLibraryError } from '../../backends/node/library/error.ts';
import { lookInto, type NativeLibrary } from '../../backends/node/library/locate.ts';
import { note } from '../output.ts';
import { makeFolder } from './staging.ts';
import { downloadWheel, type FileSum, requireRelease, type Unpacked, unpackWheel } from './wheel.ts';

/** A file beside the library: its release, and checksums of its files. */
const MANIFEST = 'library.json';

const SOURCE = "setup-native's cache";

/** Installs the library in the cache, from a wheel or by pip. @throws NativeLibraryError */
export async function installLibrary(wheel: string | undefined): Promise<NativeLibrary> {
  const release = requireRelease();
  const folder = libraryFolder();
  await makeFolder(folder, async (partial) => {
    const download = join(partial, 'download');
    const unpacked = await unpackWheel(wheel ?? (await downloadWheel(release, download)), partial);
    await rm(download, { recursive: true, force: true });
    requireLibraryIn(partial);
    await writeFile(join(partial, MANIFEST), `${JSON.stringify(unpacked, null, 2)}\n`);
  });
  return requireLibraryIn(folder);
}

function requireLibraryIn(folder: string): NativeLibrary {
  const found = lookInto(SOURCE, folder);
  if ('missing' in found)
    throw new NativeLibraryError(`the library cannot be used: ${found.missing}`, 'take another wheel');
  return found;
}

/** The library in the cache, if every byte is unchanged; otherwise says what is wrong with it. */
export async function checkInstalledLibrary(): Promise<NativeLibrary | undefined> {
  const folder = libraryFolder();
  if ((await stat(folder).catch(() => undefined)) === undefined) return undefined;
  const found = lookInto(SOURCE, folder);
  const damage = 'missing' in found ? found.missing : await findChange(folder);
  if (damage === undefined) return found as NativeLibrary;
  note(`${folder} is made anew: ${damage}`);
  return undefined;
}

async function findChange(folder: string): Promise<string | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return `there is no ${MANIFEST}`;
  for (const [name, expected] of Object.entries(manifest.files)) {
    const { bytes, sha256 } = await sumOf(join(folder, name));
    if (bytes !== expected.bytes || sha256 !== expected.sha256) return `${name} has changed`;
  }
  return undefined;
}

export async function readManifest(folder: string): Promise<Unpacked | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Unpacked;
    return typeof manifest.files === 'object' ? manifest : undefined;
  } catch {
    return undefined; // another library, or a damaged folder
  }
}

async function sumOf(path: string): Promise<FileSum> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return { bytes: (await stat(path)).size, sha256: hash.digest('base64url') };
}
