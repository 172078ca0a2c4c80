/** Chromium for tests: found, started without a screen, and shown what is bundled from the sources. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Launcher } from 'chrome-launcher';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pathOf } from '../../plugins/browser/server.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Where Chromium is: CHROME_PATH, else one on the PATH, else one where its installers put it. */
export function findChromium(): string | undefined {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync) ?? installed();
}

function installed(): string | undefined {
  try {
    return Launcher.getInstallations()[0];
  } catch {
    return undefined; // it throws where there is none
  }
}

/** WebGL 2 and WebGPU in software, so that every machine computes the same; and nothing that talks to the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

export const launch = (executablePath: string): Promise<Browser> => {
  // the new headless mode is a whole browser, with WebGPU; playwright's own is not
  return chromium.launch({ executablePath, args: ['--headless=new', ...FLAGS], ignoreDefaultArgs: ['--headless'] });
};

/** Bodies by path, such as '/index.html'. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Modules and all that they import, by the conditions of a browser, under the names given; what they share is in files of its own. */
export async function bundle(entries: Readonly<Record<string, string>>): Promise<Files> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { ...entries },
    outdir: 'bundle',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['retrograph-source', 'browser'],
    logLevel: 'silent',
  });
  return Object.fromEntries(
    outputFiles.map(({ path, contents }) => [`/${relative(join(ROOT, 'bundle'), path)}`, contents]),
  );
}

/** A file of an installed package. */
export const packaged = (path: string): Uint8Array => readFileSync(join(ROOT, 'node_modules', path));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** What makes a page isolated from others, so that it may share memory among threads. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves files on this machine alone. */
export async function serve(
  files: Files,
  { isolated = true, headers = {}, types = {} as Readonly<Record<string, string>> } = {},
): Promise<Served> {
  const server = createServer((request, response) => {
    const path = pathOf(request);
    const name = path === '/' ? '/index.html' : path;
    const body = Object.hasOwn(files, name) ? files[name] : undefined;
    if (body === undefined) return response.writeHead(404).end();
    const type = types[path] ?? TYPES[extname(path) || '.html'] ?? 'application/octet-stream';
    return response.writeHead(200, { 'Content-Type': type, ...(isolated && ISOLATION), ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a page prints, as it is printed: the last lines, for when something has failed. */
export function transcript(page: Page): readonly string[] {
  const lines: string[] = [];
  const add = (line: string): void => {
    lines.push(line);
    if (lines.length > 50) lines.shift();
  };
  page.on('console', (message) => add(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => add(`uncaught: ${error.stack ?? error.message}`));
  return lines;
}

/** What a page says, once it does: by its title, or by its only `<output>`. */
export async function saidBy(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  const printed = transcript(page);
  try {
    await page.goto(url);
    const said = await page.waitForFunction(
      () => document.title || document.querySelector('output')?.textContent,
      undefined,
      { timeout: 60_000 },
    );
    return (await said.jsonValue()) as string;
  } catch (e) {
    throw new Error([(e as Error).message, ...printed].join('\n'));
  } finally {
    await page.close();
  }
}
