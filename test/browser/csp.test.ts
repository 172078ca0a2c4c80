// A page whose content security policy forbids making code of text: no backend needs that.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { bundle, findChromium, launch, type Served, serve, transcript } from '../support/chromium.ts';
import { reportMissingChromium } from '../support/missing-chromium.ts';
import type { Trained } from './csp.page.ts';

const POLICY = "script-src 'self' 'wasm-unsafe-eval'";

describe(`under the policy ${POLICY}`, () => {
  const executable = findChromium();
  if (executable === undefined) return reportMissingChromium();
  let served: Served;
  let browser: Browser;

  before(async () => {
    const files = {
      ...(await bundle({ page: 'test/browser/csp.page.ts' })),
      '/index.html':
        '<!doctype html><meta charset="utf-8"><title>policy</title><script type="module" src="page.js"></script>',
    };
    served = await serve(files, { isolated: false, headers: { 'Content-Security-Policy': POLICY } });
    browser = await launch(executable);
  });

  after(async () => {
    await browser?.close();
    await served?.close();
  });

  for (const backend of ['wasm', 'webgl'])
    it(`a page trains on ${backend}`, async () => {
      const page = await browser.newPage();
      const printed = transcript(page);
      const trained = new Promise<Trained>((resolve, reject) => {
        page.on('pageerror', reject);
        page.exposeFunction('reportTrained', resolve).then(() => page.goto(`${served.url}?backend=${backend}`), reject);
      });
      const { refusesEval, losses, error } = await trained;
      expect(error, printed.join('\n')).to.equal(undefined);
      expect(refusesEval, 'the policy holds').to.equal(true);
      expect(losses.at(-1)).to.be.below(losses[0]! / 2);
      expect(printed.filter((line) => /content security policy/i.test(line) && !/Function/.test(line))).to.deep.equal(
        [],
      );
    });
});
