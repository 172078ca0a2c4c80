// Where a page gets the wasm backend's binary from, and what it is told where it cannot: what was tried, what came back, what to do.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { bundle, type Files, findChromium, launch, packaged, serve } from '../support/chromium.ts';
import { reportMissingChromium } from '../support/missing-chromium.ts';

const PAGE = '<!doctype html><meta charset="utf-8"><title>wasm</title><script type="module" src="page.js"></script>';
const SIMD = 'tfjs-backend-wasm-simd.wasm';
const PACKAGED = /without setWasmPaths, the binary that comes with the package is used/;

interface Case {
  readonly title: string;
  readonly paths?: string;
  readonly policy?: string;
  /** Files that are not there. */
  readonly without?: RegExp;
  /** What the page is told, each part of it; by default it starts. */
  readonly says?: readonly RegExp[];
}

const CASES: readonly Case[] = [
  { title: 'starts with its own' },
  { title: 'starts with its own under a policy for scripts', policy: "script-src 'self' 'wasm-unsafe-eval'" },
  { title: 'starts with its own where nothing may be fetched', policy: "connect-src 'none'" },
  { title: 'starts with a file, which is streamed', paths: '/files/' },
  { title: 'starts with a file of another type', paths: '/untyped' },
  {
    title: 'names a file that is not there',
    paths: '/nowhere/',
    says: [/\/nowhere\/\S+simd\.wasm' answered 404/, PACKAGED],
  },
  {
    title: 'names a page in place of the file',
    paths: '/html/',
    says: [/'\/html\/\S+' gave \d+ bytes of type text\/html/, PACKAGED],
  },
  {
    title: 'names a file that a policy forbids',
    paths: '/files/',
    policy: "connect-src 'none'",
    says: [/could not be fetched from '\/files\/\S+simd\.wasm'/, /connect-src/, PACKAGED],
  },
  {
    title: 'names the policy that forbids WebAssembly',
    policy: "script-src 'self'",
    says: [/may not be compiled here/, /'wasm-unsafe-eval'/, /backend: 'cpu'/],
  },
  { title: 'names a chunk of the bundle that is missing', without: /simd/, says: [/a chunk of the bundle/, /simd/] },
];

describe("wasm's binary", () => {
  const executable = findChromium();
  if (executable === undefined) return reportMissingChromium();
  let browser: Browser;
  let files: Files;

  before(async () => {
    const binary = packaged(`@tensorflow/tfjs-backend-wasm/dist/${SIMD}`);
    files = {
      ...(await bundle({ page: 'test/browser/wasm-binary.page.ts' })),
      '/index.html': PAGE,
      [`/files/${SIMD}`]: binary,
      [`/html/${SIMD}`]: PAGE,
      [`/untyped/${SIMD}`]: binary,
    };
    browser = await launch(executable);
  });
  after(() => browser?.close());

  for (const { title, paths, policy, without, says } of CASES)
    it(title, async () => {
      const left = Object.entries(files).filter(([path]) => !without?.test(path) || path.endsWith('.wasm'));
      const served = await serve(Object.fromEntries(left), {
        isolated: false,
        headers: policy === undefined ? {} : { 'Content-Security-Policy': policy },
        types: { [`/html/${SIMD}`]: 'text/html', [`/untyped/${SIMD}`]: 'application/octet-stream' },
      });
      const page = await browser.newPage();
      try {
        let report: (outcome: string) => void = () => {};
        const outcome = new Promise<string>((resolve) => {
          report = resolve;
        });
        await page.exposeFunction('reportStart', report);
        await page.goto(served.url + (paths === undefined ? '' : `?paths=${paths}`));
        const said = await outcome;
        if (says === undefined) expect(said).to.equal('started');
        else for (const part of [/^BackendError: /, ...says]) expect(said).to.match(part);
      } finally {
        await page.close();
        await served.close();
      }
    });
});
