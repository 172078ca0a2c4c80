/** The files of a started browser's page: part of a package, or bundled from the sources in a checkout. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importNative } from '../../backends/import-native.ts';
import { BackendError } from '../../engine/index.ts';
import { isSource, packageFile } from '../package-file.ts';

/** Contents by path, such as '/page.js'. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

const HTML =
  '<!doctype html><meta charset="utf-8"><title>Retrograph</title><script type="module" src="/page.js"></script>';

let loaded: Promise<PageFiles> | undefined;

export const loadPageFiles = (): Promise<PageFiles> => {
  loaded ??= read();
  return loaded;
};

async function read(): Promise<PageFiles> {
  const scripts = isSource(import.meta.url)
    ? await bundlePage()
    : await readFolder(packageFile(import.meta.url, 'page'));
  return new Map([...scripts, ['/', new TextEncoder().encode(HTML)]]);
}

async function readFolder(folder: string): Promise<PageFiles> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [`/${name}`, await readFile(join(folder, name))] as const)),
  );
}

/** @throws BackendError if the bundler, a development dependency, is not installed */
export async function bundlePage(): Promise<PageFiles> {
  const { build } = await importNative<typeof import('esbuild')>('esbuild').catch((cause: unknown) => {
    throw new BackendError("from its sources, a browser's page is bundled by the package 'esbuild'", { cause });
  });
  const folder = dirname(fileURLToPath(import.meta.url));
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: { page: 'page.ts' },
    outdir: 'page',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['retrograph-source', 'browser'],
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [`/${relative(join(folder, 'page'), path)}`, contents]));
}
