/** Suites that run in pages of a real Chromium: each of their tests is a test of Node's mocha too, and comes to what it came to there. */
import { expect } from 'chai';
import Mocha from 'mocha';
import { bundle, type Files, findChromium, launch, packaged, serve, transcript } from '../support/chromium.ts';
import { reportMissingChromium } from '../support/missing-chromium.ts';
import type { Result, Titles } from './page.ts';

export interface PageOptions {
  readonly title: string;
  /** Names of the suites, as in test/browser/NAME.suite.ts. */
  readonly suites: readonly string[];
  /** What the suites read from the page's address. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the page may share memory among threads. */
  readonly isolated?: boolean;
}

/** Longer than a test may take in the page, where its time is kept; and than it takes to open one. */
const PATIENCE = 400_000;

/** Pages whose suites run at the same time, each under its own title. */
export function describeInChromium(title: string, pages: readonly PageOptions[]): void {
  describe(title, () => {
    const executable = findChromium();
    if (executable === undefined) return reportMissingChromium();
    let opened: readonly Promise<OpenPage>[] = [];

    before(async function () {
      this.timeout(PATIENCE);
      const files = await filesOf(pages.flatMap(({ suites }) => suites));
      opened = pages.map((page) => openPage(page, files, executable));
      await Promise.allSettled(opened); // one that does not open fails in its own test
    });

    after(async () => {
      for (const page of await Promise.allSettled(opened)) if (page.status === 'fulfilled') await page.value.close();
    });

    for (const [i, page] of pages.entries()) {
      describe(page.title, () => {
        it('opens', async function () {
          const { titles, outcome } = await opened[i]!;
          // a suite that is made too late, as after an await in one of its modules, does not run
          expect(titles.suites, 'a suite is missing').to.have.lengthOf.at.least(page.suites.length);
          let tests = 0;
          const next = (): (() => Promise<Outcome>) => {
            const index = tests++;
            return () => outcome(index);
          };
          // mocha comes to child suites after this test
          for (const child of titles.suites) addMirror(this.test!.parent!, child, next);
        });
      });
    }
  });
}

/** A suite of tests which await what the page's tests come to, in its order. */
function addMirror(parent: Mocha.Suite, { title, tests, suites }: Titles, next: () => () => Promise<Outcome>): void {
  const suite = Mocha.Suite.create(parent, title);
  suite.timeout(PATIENCE);
  for (const test of tests) {
    const outcome = next();
    suite.addTest(
      new Mocha.Test(test, async function (this: Mocha.Context) {
        if ((await outcome()) === 'pending') this.skip();
      }),
    );
  }
  for (const child of suites) addMirror(suite, child, next);
}

type Outcome = 'passed' | 'pending';

interface OpenPage {
  readonly titles: Titles;
  /** Resolves, or rejects, with what the test of that index comes to. */
  outcome(index: number): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens a page and starts its tests. */
async function openPage(options: PageOptions, files: Files, executable: string): Promise<OpenPage> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const html = pageOf(options.suites);
    const served = await serve({ ...files, '/index.html': html }, { isolated: options.isolated ?? true });
    closers.push(() => served.close());
    const browser = await launch(executable);
    closers.push(() => browser.close());
    const page = await browser.newPage();
    const printed = transcript(page);
    const outcomes = new Outcomes(printed);
    await page.exposeFunction('report', (result: Result) => outcomes.settle(result));
    await page.exposeFunction('reportEnd', (errors: readonly string[]) => outcomes.end(errors.join('\n')));
    page.on('crash', () => outcomes.end('the page crashed'));
    browser.on('disconnected', () => outcomes.end('the browser ended'));
    await page.goto(`${served.url}?${new URLSearchParams(options.parameters)}`);
    const titles = (await page.evaluate('listTests()')) as Titles;
    if (titles.suites.length === 0) throw new Error(`the page has no suite\n${printed.join('\n')}`);
    if (titles.tests.length > 0) throw new Error(`a test of the page is in no suite: ${titles.tests.join(', ')}`);
    await page.evaluate('runTests()');
    return { titles, outcome: (index) => outcomes.of(index), close };
  } catch (e) {
    await close();
    throw e;
  }
}

/** What the tests of a page come to: asked for, and told, in any order. */
class Outcomes {
  readonly #printed: readonly string[];
  readonly #results = new Map<number, Result>();
  readonly #waiting = new Map<number, () => void>();
  #ended: string | undefined;

  /** @param printed what the page prints, shown with what fails */
  constructor(printed: readonly string[]) {
    this.#printed = printed;
  }

  settle(result: Result): void {
    this.#results.set(result.index, result);
    this.#waiting.get(result.index)?.();
  }

  /** Nothing more will be told, and why. */
  end(why: string): void {
    this.#ended ??= why;
    for (const wake of this.#waiting.values()) wake();
  }

  async of(index: number): Promise<Outcome> {
    if (!this.#results.has(index) && this.#ended === undefined)
      await new Promise<void>((resolve) => this.#waiting.set(index, resolve));
    const { state, error } = this.#results.get(index) ?? { state: 'failed', error: `it did not run: ${this.#ended}` };
    if (state !== 'failed') return state;
    const printed = this.#printed.length === 0 ? '' : `\nThe page printed:\n${this.#printed.join('\n')}`;
    throw new Error(`${error}${printed}`);
  }
}

/** All that pages with these suites load. */
async function filesOf(suites: readonly string[]): Promise<Files> {
  const modules = ['page', ...new Set(suites.map((name) => `${name}.suite`))];
  return {
    ...(await bundle(Object.fromEntries(modules.map((name) => [name, `test/browser/${name}.ts`])))),
    '/mocha.js': packaged('mocha/mocha.js'),
  };
}

/** Mocha, then our side of it, then the suites: modules run in the order of their scripts. */
const pageOf = (suites: readonly string[]): string => {
  const modules = ['page', ...suites.map((name) => `${name}.suite`)];
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>tests</title><script src="mocha.js"></script>
${modules.map((name) => `<script type="module" src="${name}.js"></script>`).join('\n')}`;
};
