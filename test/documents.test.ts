// The snippets of README and documentation run as they stand: in Node, and in a page what makes a worker.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { transform } from 'esbuild';
import { runNode } from './bin/cli.ts';
import { builtPackage } from './support/built.ts';
import { bundle, findChromium, launch, saidBy, serve } from './support/chromium.ts';
import { type DocumentProgram, programsIn } from './support/documents.ts';
import { reportMissingChromium } from './support/missing-chromium.ts';
import { requireNative } from './support/missing-native.ts';
import { expectClose } from './support/values.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('the programs of', function () {
  this.timeout(120_000);
  /** In the package, and in the checkout: there its name means itself. */
  let folder: string, pageFolder: string;
  before(async () => {
    folder = mkdtempSync(join(await builtPackage(), 'documents-'));
    mkdirSync(join(ROOT, 'reports'), { recursive: true });
    pageFolder = mkdtempSync(join(ROOT, 'reports/documents-'));
  });
  after(() => {
    for (const path of [folder, pageFolder]) rmSync(path, { recursive: true });
  });

  for (const document of ['README.md', 'docs/from-tfjs.md'])
    describe(document, () => {
      const printed = new Map<string, string>();
      const keyOf = ({ title, language }: Pick<DocumentProgram, 'title' | 'language'>): string =>
        `${title} (${language})`;

      for (const program of programsIn(document)) {
        if (program.text.includes('retrograph/saved-model') && !requireNative()) continue;
        if (program.isPage && findChromium() === undefined) {
          reportMissingChromium();
          continue;
        }
        it(keyOf(program), async () => {
          if (program.isPage) return expectRunsInPage(program.text);
          printed.set(keyOf(program), await runHere(program));
        });
      }

      if (document === 'docs/from-tfjs.md')
        it('a training loop has the same losses in tfjs and here', () => {
          const [theirs, ours] = (['js', 'ts'] as const).map((language) =>
            numbersIn(printed.get(keyOf({ title: 'A training loop', language }))!),
          );
          expect(ours).to.have.length(7);
          expectClose(ours!, theirs!, 1e-4);
        });
    });

  /** What the program prints. */
  async function runHere({ text }: DocumentProgram): Promise<string> {
    const file = join(folder, 'program.mjs');
    const { code: script } = await transform(`${text}\nprocess.exit();\n`, { loader: 'ts', target: 'node20' });
    writeFileSync(file, script);
    const { code, stderr, stdout } = await runNode([file], { cwd: folder });
    expect(code, stderr).to.equal(0);
    expect(stdout.trim()).to.not.equal('');
    return stdout;
  }

  async function expectRunsInPage(text: string): Promise<void> {
    const [file, worker] = [join(pageFolder, 'page.ts'), join(pageFolder, 'worker.ts')];
    writeFileSync(file, `${text}\ndocument.title = 'done';\n`);
    writeFileSync(worker, `import 'retrograph/worker/serve';\n`);
    const files = await bundle({ page: file, worker });
    const html = '<!doctype html><meta charset="utf-8"><title></title><script type="module" src="page.js"></script>';
    const served = await serve({ ...files, '/index.html': html }, { isolated: false });
    const browser = await launch(findChromium()!);
    try {
      expect(await saidBy(browser, served.url)).to.equal('done');
    } finally {
      await browser.close();
      await served.close();
    }
  }
});

const numbersIn = (text: string): number[] => (text.match(/-?\d+\.?\d*(e-?\d+)?/g) ?? []).map(Number);
