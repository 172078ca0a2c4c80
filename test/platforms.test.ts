// The package, installed as users install it, in the tools that they have: it builds, trains as in plain Node, and knows the user's lines.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { createServer } from 'node:net';
import { basename, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { type Command, PLATFORMS, type Platform, type Run } from './platforms/platforms.ts';
import { makeProject, ToolsMissing } from './platforms/project.ts';
import { type Files, findChromium, launch, saidBy, serve } from './support/chromium.ts';
import { FULL } from './support/effort.ts';

const DOCS = fileURLToPath(new URL('../docs/platforms.md', import.meta.url));
const POLICY = { 'Content-Security-Policy': "script-src 'self' 'wasm-unsafe-eval'" };

interface Result {
  readonly error?: string;
  readonly losses: readonly number[];
  /** Of a program that a page compiled and a worker ran. */
  readonly served?: readonly number[];
  readonly refusal: { readonly name: string; readonly message: string; readonly site: string };
  readonly sites: Readonly<Record<string, string>>;
}

/** A result, and how to read what stands at the addresses that it names. */
interface Outcome {
  readonly result: Result;
  readonly read: (location: string) => Promise<string>;
  close(): Promise<void>;
}

(FULL ? describe : describe.skip)('platforms', function () {
  this.timeout(300_000);
  let folder: string;
  let browser: Browser | undefined;
  let losses: readonly number[];
  const passed = new Set<string>();

  before(async function () {
    this.timeout(900_000);
    try {
      folder = makeProject();
    } catch (e) {
      if (!(e instanceof ToolsMissing) || process.env.CI) throw e;
      console.log(e.message);
      this.skip();
    }
    const chromium = findChromium();
    browser = chromium === undefined ? undefined : await launch(chromium);
    losses = JSON.parse(await print([process.execPath, 'script.js'])).losses;
    expect(losses).to.have.lengthOf(20);
    expect(losses.at(-1)).to.be.below(losses[0]!);
  });
  after(async () => {
    await browser?.close();
  });

  for (const platform of PLATFORMS)
    it(platform.name, async function () {
      if (
        platform.run.kind !== 'program' &&
        !(platform.run.kind === 'server' && platform.run.answers) &&
        browser === undefined
      )
        return this.skip();
      for (const command of platform.build ?? []) await print(command);
      const { result, read, close } = await start(platform.run);
      try {
        expect(result.error).to.equal(undefined);
        // a product that several threads add up may differ in the last bit
        const tolerance = platform.run.kind === 'page' && platform.run.isolated ? 1e-5 : 0;
        for (const history of [result.losses, result.served ?? losses])
          for (const [i, loss] of losses.entries()) expect(history[i], `step ${i}`).to.be.closeTo(loss, tolerance);
        await expectLines(result, read, platform.strayEntries ? [0, 1] : [0]);
        expect(result.refusal).to.include({ name: 'ShapeError' });
        expect(result.refusal.message).to.match(/^matMul: /);
      } finally {
        await close();
      }
      passed.add(platform.name);
    });

  it('are those of docs/platforms.md', function () {
    if (passed.size < PLATFORMS.length) return this.skip();
    const table = describePlatforms(folder);
    if (process.env.RETROGRAPH_WRITE_PLATFORMS) writeFileSync(DOCS, table);
    expect(readFileSync(DOCS, 'utf8')).to.equal(table);
  });

  /** What a command prints, having succeeded. */
  async function print([program, ...args]: Command): Promise<string> {
    const child = run([program!, ...args], folder);
    const { code, stdout, stderr } = await ended(child);
    expect(code, `${[program, ...args].join(' ')}\n${stderr.slice(-4000)}\n${stdout.slice(-4000)}`).to.equal(0);
    return stdout;
  }

  async function start(run: Run): Promise<Outcome> {
    if (run.kind === 'page') return openPage(run);
    if (run.kind === 'server') return askServer(run);
    const printed = await print(run.command);
    return {
      result: JSON.parse(run.file === undefined ? printed : readFileSync(join(folder, run.file), 'utf8')),
      read: async (location) => readFileSync(pathOf(location), 'utf8'),
      close: async () => {},
    };
  }

  const pathOf = (location: string): string =>
    location.startsWith('file:') ? fileURLToPath(location) : isAbsolute(location) ? location : join(folder, location);

  async function openPage({ folder: out, path = '', isolated = false }: Run & { kind: 'page' }): Promise<Outcome> {
    const files = readAll(join(folder, out));
    const script = Object.keys(files).find((name) => /^\/(page|main)\.js$/.test(name));
    const html = '<!doctype html><meta charset="utf-8"><title></title>';
    const served = await serve(
      { '/index.html': `${html}<script type="module" src=".${script}"></script>`, ...files },
      { isolated, headers: isolated ? {} : POLICY },
    );
    return { ...(await resultAt(`${served.url}${path}`)), close: served.close };
  }

  async function askServer({ command, path, answers }: Run & { kind: 'server' }): Promise<Outcome> {
    const port = await freePort();
    const child = run([...command, `${port}`], folder);
    const output = collected(child);
    const close = async (): Promise<void> => {
      const end = ended(child);
      child.kill();
      await end;
    };
    try {
      const url = `http://localhost:${port}${path}`;
      await reachable(url, child, output);
      if (!answers) return { ...(await resultAt(url)), close };
      const response = await fetch(url);
      const text = await response.text();
      expect(response.status, text).to.equal(200);
      return { result: JSON.parse(text), read: async (location) => readFileSync(pathOf(location), 'utf8'), close };
    } catch (e) {
      await close();
      throw e;
    }
  }

  const resultAt = async (url: string): Promise<Omit<Outcome, 'close'>> => ({
    result: JSON.parse(await saidBy(browser!, url)),
    read: async (location) => (await fetch(location)).text(),
  });

  /** Each line is that of the user's program, by its source map where there is one. */
  async function expectLines({ sites, refusal }: Result, read: Outcome['read'], before: number[]): Promise<void> {
    const lines = readFileSync(join(folder, 'program.js'), 'utf8').split('\n');
    const expected = Object.fromEntries(
      lines.flatMap((line, i) => [...line.matchAll(/@(\w+)$/g)].map(([, name]) => [name!, `program:${i + 1}`])),
    );
    const found: Record<string, string> = {};
    for (const [name, site] of Object.entries({ ...sites, refusal: refusal.site })) {
      const original = await originalLines(site, read, before);
      found[name] = original.find((line) => line === expected[name]) ?? original[0]!;
    }
    expect(found, JSON.stringify(sites)).to.deep.equal(expected);
  }
});

/** `program:12` of a place in a built file, read so many columns before it. */
async function originalLines(site: string, read: Outcome['read'], before: number[]): Promise<string[]> {
  const [, location, line, column] = /^(.*):(\d+):(\d+)$/.exec(site) ?? [];
  if (location === undefined) return [`no place: ${site}`];
  const name = (path: string): string => basename(path.replace(/\?.*/, '')).replace(/\.\w+$/, '');
  const text = await read(location).catch(() => '');
  const address = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
  if (address === undefined || name(location) === 'program') return [`${name(location)}:${line}`];
  const map = new SourceMap(JSON.parse(await readMap(address, location, read)) as SourceMapPayload);
  return before.map((columns) => {
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1 - columns);
    return 'originalSource' in entry ? `${name(entry.originalSource)}:${entry.originalLine + 1}` : `unmapped: ${site}`;
  });
}

function readMap(address: string, from: string, read: Outcome['read']): Promise<string> {
  if (address.startsWith('data:')) return fetch(address).then((response) => response.text());
  return read(from.includes('://') ? new URL(address, from).href : join(from, '..', decodeURIComponent(address)));
}

function run([program, ...args]: Command, cwd: string): ChildProcess {
  const { RETROGRAPH_BACKEND: _, NODE_OPTIONS: __, ...env } = process.env;
  return spawn(program!, args, { cwd, env: { ...env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' } });
}

function collected(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]!.on('data', (chunk) => {
      output[name] += chunk;
    });
  return output;
}

async function ended(child: ChildProcess) {
  const output = collected(child);
  if (child.exitCode !== null) return { code: child.exitCode, ...output };
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code, ...output };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function reachable(url: string, child: ChildProcess, output: { stdout: string; stderr: string }): Promise<void> {
  const start = performance.now();
  while (child.exitCode === null && performance.now() - start < 60_000) {
    const response = await fetch(new URL('/', url)).catch(() => undefined);
    if (response !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no server answered: ${output.stdout}${output.stderr}`);
}

function readAll(folder: string): Files {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${relative(folder, path)}`, readFileSync(path)];
    }),
  );
}

function describePlatforms(folder: string): string {
  const versionOf = ({ tool }: Platform): string =>
    tool === undefined
      ? ''
      : JSON.parse(readFileSync(join(folder, 'node_modules', tool, 'package.json'), 'utf8')).version.replace('v', '');
  const rows = PLATFORMS.map((platform) => `| ${platform.name} | ${versionOf(platform)} |`);
  return `# Platforms

Where the package was built and run as it is published: installed by npm from its packed file, with the tool as it is set up (rollup with its plugins
for packages and for CommonJS). On each of them the default backend starts without any setting, 20 steps of training give the losses of plain Node, bit by bit (with threads to
1e-5), and nodes and errors name the line of the user's own file, in bundles by their source maps. Pages run in headless Chromium under
the policy \`${POLICY['Content-Security-Policy']}\` (the servers of Vite and Next.js under none, since they write scripts into HTML).

Written by \`test/platforms.test.ts\`, which \`npm run test:full\` runs; with RETROGRAPH_WRITE_PLATFORMS=1, anew.

| platform | version |
| --- | --- |
${rows.join('\n')}
`;
}
