/** What the page of a started browser loads: in a package it lies there, in a checkout it is bundled from the sources. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BackendError } from '../../engine/index.ts';

/** Contents by path, as in '/page.js'. */
export type PageFiles = ReadonlyMap<string, Uint8Array>;

const HTML =
  '<!doctype html><meta charset="utf-8"><title>Retrograph</title><script type="module" src="/page.js"></script>';

let loaded: Promise<PageFiles> | undefined;

export const loadPageFiles = (): Promise<PageFiles> => {
  loaded ??= read();
  return loaded;
};

async function read(): Promise<PageFiles> {
  const scripts = import.meta.url.endsWith('.ts')
    ? await bundlePage()
    : await readFolder(fileURLToPath(new URL('page', import.meta.url)));
  return new Map([...scripts, ['/', new TextEncoder().encode(HTML)], ...(await wasmFiles())]);
}

async function readFolder(folder: string): Promise<PageFiles> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [`/${name}`, await readFile(join(folder, name))] as const)),
  );
}

/** @throws BackendError where the bundler, a development dependency, is not installed */
export async function bundlePage(): Promise<PageFiles> {
  const { build } = await import('esbuild').catch((cause: unknown) => {
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

/** tfjs's, as the script looks for them: beside itself. */
async function wasmFiles(): Promise<PageFiles> {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.wasm'));
  return new Map(
    await Promise.all(names.map(async (name) => [`/${name}`, await readFile(join(folder, name))] as const)),
  );
}
