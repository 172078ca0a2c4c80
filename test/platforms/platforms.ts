/** Where the package has to work: how its tools build the project beside this file, and how it is run. */
import { join } from 'node:path';

export interface Platform {
  /** As the public table calls it. */
  readonly name: string;
  /** The package of the tool, whose version the table shows. */
  readonly tool?: string;
  /** Commands that come before: a path in node_modules, or of a program, and arguments. */
  readonly build?: readonly Command[];
  readonly run: Run;
  /** Its source maps hold stray entries between the right ones: where one meets a call, the entry one column before it tells the line. */
  readonly strayEntries?: boolean;
}

export type Command = readonly string[];

export type Run =
  /** A program that prints a result, or writes it into a file. */
  | { readonly kind: 'program'; readonly command: Command; readonly file?: string }
  /** A page of files in a folder, under a policy unless the page's own tool needs scripts in HTML. */
  | { readonly kind: 'page'; readonly folder: string; readonly path?: string; readonly isolated?: boolean }
  /** A server of the tool's own, told its port by arguments; the result is a page's, or an answer's. */
  | {
      readonly kind: 'server';
      readonly command: Command;
      readonly cwd?: string;
      readonly path: string;
      readonly answers?: boolean;
    };

const node = (major: number): string => `node_modules/node${major}/bin/node`;
const BUN = 'node_modules/@oven/bun-linux-x64/bin/bun';
const DENO = 'node_modules/@deno/linux-x64-glibc/deno';
const bin = (path: string): readonly string[] => [process.execPath, join('node_modules', path)];
const esbuild = (...args: string[]): Command => [
  ...bin('esbuild/bin/esbuild'),
  ...args,
  '--bundle',
  '--minify',
  '--sourcemap',
  '--log-level=warning',
];
const vite = (mode: string): Command => [...bin('vite/bin/vite.js'), 'build', '--mode', mode, '--logLevel', 'warn'];
const next = (...args: string[]): Command => [...bin('next/dist/bin/next'), ...args];

export const PLATFORMS: readonly Platform[] = [
  ...[20, 22, 24, 26].flatMap((major): Platform[] => [
    {
      name: `Node ${major}, ES module`,
      tool: `node${major}`,
      run: { kind: 'program', command: [node(major), 'script.js'] },
    },
    {
      name: `Node ${major}, require()`,
      tool: `node${major}`,
      run: { kind: 'program', command: [node(major), 'out/script.cjs'] },
    },
  ]),
  {
    name: 'Node, --enable-source-maps',
    run: { kind: 'program', command: [process.execPath, '--enable-source-maps', 'script.js'] },
  },
  { name: 'tsx', tool: 'tsx', run: { kind: 'program', command: [...bin('tsx/dist/cli.mjs'), 'out/script.ts'] } },
  { name: 'Bun', tool: 'bun', run: { kind: 'program', command: [BUN, 'script.js'] } },
  {
    name: 'Deno',
    tool: 'deno',
    run: { kind: 'program', command: [DENO, 'run', '--allow-all', '--node-modules-dir=manual', 'script.js'] },
  },
  {
    name: 'jest (CommonJS, as it is set up)',
    tool: 'jest',
    run: {
      kind: 'program',
      command: [...bin('jest/bin/jest.js'), '--ci', '--testMatch', '**/program.test.cjs'],
      file: 'out/jest.json',
    },
  },
  {
    name: 'vitest',
    tool: 'vitest',
    run: { kind: 'program', command: [...bin('vitest/vitest.mjs'), 'run', 'program.spec.js'], file: 'out/vitest.json' },
  },
  {
    name: 'esbuild, page',
    tool: 'esbuild',
    build: [esbuild('page.js', '--format=esm', '--splitting', '--outdir=out/esbuild-page')],
    run: { kind: 'page', folder: 'out/esbuild-page' },
  },
  {
    name: 'esbuild, page in one file',
    tool: 'esbuild',
    build: [esbuild('page.js', '--format=iife', '--outdir=out/esbuild-iife')],
    run: { kind: 'page', folder: 'out/esbuild-iife' },
  },
  {
    name: 'esbuild, server, ES module',
    tool: 'esbuild',
    build: [esbuild('script.js', '--platform=node', '--format=esm', '--outfile=out/esbuild-server.mjs')],
    run: { kind: 'program', command: [process.execPath, 'out/esbuild-server.mjs'] },
  },
  {
    name: 'esbuild, server, CommonJS',
    tool: 'esbuild',
    build: [esbuild('script.js', '--platform=node', '--format=cjs', '--outfile=out/esbuild-server.cjs')],
    run: { kind: 'program', command: [process.execPath, 'out/esbuild-server.cjs'] },
  },
  {
    name: 'esbuild, server, with --enable-source-maps',
    tool: 'esbuild',
    build: [esbuild('script.js', '--platform=node', '--format=cjs', '--outfile=out/esbuild-mapped.cjs')],
    run: { kind: 'program', command: [process.execPath, '--enable-source-maps', 'out/esbuild-mapped.cjs'] },
  },
  {
    name: 'rollup, page',
    tool: 'rollup',
    build: [[...bin('rollup/dist/bin/rollup'), '-c', '--silent']],
    run: { kind: 'page', folder: 'out/rollup-page' },
  },
  {
    name: 'rollup, server',
    tool: 'rollup',
    run: { kind: 'program', command: [process.execPath, 'out/rollup-server/script.js'] },
  },
  {
    name: 'webpack, page',
    tool: 'webpack',
    build: [[process.execPath, 'webpack.config.js']],
    run: { kind: 'page', folder: 'out/webpack-page' },
  },
  {
    name: 'webpack, server',
    tool: 'webpack',
    run: { kind: 'program', command: [process.execPath, 'out/webpack-server/main.cjs'] },
  },
  {
    name: 'Vite, dev',
    tool: 'vite',
    run: { kind: 'server', command: [...bin('vite/bin/vite.js'), '--strictPort', '--port'], path: '/' },
  },
  { name: 'Vite, build', tool: 'vite', build: [vite('page')], run: { kind: 'page', folder: 'out/vite-page' } },
  {
    name: 'Vite, build, with threads',
    tool: 'vite',
    run: { kind: 'page', folder: 'out/vite-page', isolated: true },
  },
  {
    name: 'Vite, workers (es)',
    tool: 'vite',
    build: [vite('es')],
    run: { kind: 'page', folder: 'out/vite-es', path: 'worker.html' },
  },
  {
    name: 'Vite, workers (iife)',
    tool: 'vite',
    build: [vite('iife')],
    run: { kind: 'page', folder: 'out/vite-iife', path: 'worker.html' },
  },
  ...(['turbopack', 'webpack'] as const).flatMap((bundler): Platform[] => [
    {
      name: `Next.js, ${bundler}, page`,
      tool: 'next',
      build: [next('build', 'next', `--${bundler}`)],
      run: { kind: 'server', command: next('start', 'next', '--port'), path: '/' },
      strayEntries: bundler === 'turbopack',
    },
    {
      name: `Next.js, ${bundler}, API route`,
      tool: 'next',
      run: { kind: 'server', command: next('start', 'next', '--port'), path: '/train', answers: true },
    },
  ]),
  {
    name: 'pnpm, Node',
    tool: 'pnpm',
    build: [
      [
        ...bin('pnpm/bin/pnpm.cjs'),
        '--dir',
        'pnpm',
        'add',
        '--ignore-scripts',
        '--ignore-workspace',
        './retrograph.tgz',
      ],
    ],
    run: { kind: 'program', command: [process.execPath, 'pnpm/script.js'] },
  },
  {
    name: 'pnpm, esbuild, page',
    tool: 'pnpm',
    build: [esbuild('pnpm/page.js', '--format=esm', '--splitting', '--outdir=out/pnpm-page')],
    run: { kind: 'page', folder: 'out/pnpm-page' },
  },
  { name: 'a page without a bundler', run: { kind: 'page', folder: 'out/single-file' } },
];
