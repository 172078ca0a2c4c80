// The README's snippets run as they stand: in Node, and in a page what makes a worker.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runNode } from './bin/cli.ts';
import { bundle, findChromium, launch, serve, transcript } from './support/chromium.ts';
import { reportMissingChromium } from './support/missing-chromium.ts';
import { requireNative } from './support/missing-native.ts';
import { readmePrograms } from './support/readme.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe("the README's programs", function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    mkdirSync(join(ROOT, 'reports'), { recursive: true });
    folder = mkdtempSync(join(ROOT, 'reports/readme-')); // in the checkout, so that the package's name means it
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [i, { title, text, isPage }] of readmePrograms().entries()) {
    if (text.includes('retrograph/saved-model') && !requireNative()) continue;
    if (isPage && findChromium() === undefined) {
      reportMissingChromium();
      continue;
    }
    it(title, async () => {
      const file = join(folder, `program${i}.ts`);
      writeFileSync(file, isPage ? `${text}\ndocument.title = 'done';\n` : `${text}\nprocess.exit();\n`);
      if (isPage) return expectRunsInPage(file);
      const { code, stderr, stdout } = await runNode(['--import=tsx', '--conditions=retrograph-source', file], {
        cwd: folder,
      });
      expect(code, stderr).to.equal(0);
      expect(stdout.trim()).to.not.equal('');
    });
  }

  async function expectRunsInPage(file: string): Promise<void> {
    const worker = join(folder, 'worker.ts');
    writeFileSync(worker, `import 'retrograph/worker/serve';\n`);
    const files = await bundle({ page: file, worker });
    const html = '<!doctype html><meta charset="utf-8"><title></title><script type="module" src="page.js"></script>';
    const served = await serve({ ...files, '/index.html': html }, { isolated: false });
    const browser = await launch(findChromium()!);
    try {
      const page = await browser.newPage();
      const printed = transcript(page);
      await page.goto(served.url);
      await page
        .waitForFunction(() => document.title === 'done', undefined, { timeout: 60_000 })
        .catch((e: Error) => {
          throw new Error([e.message, ...printed].join('\n'));
        });
    } finally {
      await browser.close();
      await served.close();
    }
  }
});
