// The example pages, as their readers use them: by keyboard, in a browser, from what is built for it.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { type Files, findChromium, launch, type Served, serve, transcript } from '../support/chromium.ts';
import { FULL } from '../support/effort.ts';
import { reportMissingChromium } from '../support/missing-chromium.ts';
import { longestTask, tasksOf, trace } from '../support/trace.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** CPU time that a task of the page's main thread may take, in ms: longer, and what the user does waits for it. */
const LONG = 50;

const PAGES = [
  { name: 'browser-plain', build: ['scripts/example-plain.mjs', '--build'], folder: 'examples/browser-plain' },
  {
    name: 'browser-vite',
    build: ['node_modules/vite/bin/vite.js', 'build', '--logLevel=warn', 'examples/browser-vite'],
    folder: 'examples/browser-vite/dist',
  },
];

/** From one backend to another. */
const MOVES = [
  ['wasm', 'cpu'],
  ['webgl', 'wasm'],
] as const;

describe('example pages', function () {
  this.timeout(120_000);
  const executable = findChromium();
  if (executable === undefined) return reportMissingChromium();

  let browser: Browser;
  before(async () => {
    browser = await launch(executable);
  });
  after(() => browser?.close());

  for (const { name, build, folder } of FULL ? PAGES : PAGES.slice(0, 1)) {
    describe(name, () => {
      let served: Served;
      before(async () => {
        await promisify(execFile)(process.execPath, build, { cwd: ROOT });
        served = await serve(filesOf(join(ROOT, folder)), { isolated: false });
      });
      after(() => served?.close());

      for (const [backend, other] of FULL ? MOVES : MOVES.slice(-1)) {
        it(`trains on ${backend} in a worker, pauses, and goes on where it was on ${other}`, async function () {
          const page = await ExamplePage.in(browser);
          try {
            await page.open(served.url, backend);
            const first = await page.picture();
            await page.pressToggle();
            await page.until(() => Number(document.querySelector('#loss')!.textContent) < 0.4);
            expect(page.workers).to.equal(1);
            expect(await page.picture(), 'the picture').not.to.equal(first);
            const [red, , blue] = await page.pixel();
            expect(blue, 'class 0, above the other, is blue').to.be.above(red!);

            const events = await trace(page.page, () => page.page.waitForTimeout(3500));
            const tasks = tasksOf(events);
            const longest = longestTask(tasks);
            expect(tasks.length, 'tasks in the trace').to.be.above(100);
            expect(longest, 'CPU time of the longest task of the main thread, in ms').to.be.below(LONG);
            this.test!.title += ` (longest task ${longest.toFixed(0)} ms)`;

            await page.pressToggle();
            await page.untilPaused();
            const paused = await page.readouts();
            await page.page.waitForTimeout(300);
            expect(await page.readouts(), 'while paused').to.deep.equal(paused);

            await page.choose('backend', other);
            await page.untilStatus(`Paused at step ${paused.step.toLocaleString()}, on ${other}`);
            const moved = await page.readouts();
            expect(moved.step).to.equal(paused.step);
            expect(moved.loss).to.be.closeTo(paused.loss, 2e-4);
            await page.pressToggle();
            await page.untilStep(paused.step + 1);
            expect(page.errors).to.deep.equal([]);
          } finally {
            await page.page.close();
          }
        });
      }

      it('goes on from a copy where its device is lost', async () => {
        const page = await ExamplePage.in(browser);
        try {
          await page.open(served.url, 'wasm');
          await page.pressToggle();
          await page.page.waitForTimeout(3000); // a copy is made every two seconds
          await page.page.workers()[0]!.evaluate(() => {
            setTimeout(() => {
              throw new Error('it fell over');
            });
          });
          await page.untilStatus('The device was lost');
          const step = stepIn((await page.page.textContent('#status'))!);
          expect(step, 'the step of the copy').to.be.above(0);
          await page.untilStep(step + 1);
          expect(page.workers).to.equal(1);
        } finally {
          await page.page.close();
        }
      });

      it('says what to do where a backend does not start', async () => {
        const page = await ExamplePage.in(browser);
        try {
          await page.page.route(/\b(simd|threaded|baseline)\b/, (route) => route.abort()); // its binaries
          await page.page.goto(served.url);
          await page.until(() => document.querySelector('#alert')!.textContent!.includes('Choose another backend'));
          await page.choose('backend', 'cpu');
          await page.untilStatus('Ready on cpu');
          expect(await page.page.textContent('#alert')).to.equal('');
        } finally {
          await page.page.close();
        }
      });
    });
  }

  it('sees a long task where there is one', async () => {
    const page = await browser.newPage();
    try {
      const busy = () =>
        page.evaluate(() => {
          const end = performance.now() + 1000; // other processes may take most of it
          while (performance.now() < end);
        });
      // a trace may miss a task
      let longest = 0;
      for (let i = 0; i < 5 && longest <= LONG; i++) longest = longestTask(tasksOf(await trace(page, busy)));
      expect(longest).to.be.above(LONG);
    } finally {
      await page.close();
    }
  });
});

/** A page with the controls of the examples. */
class ExamplePage {
  readonly page: Page;
  readonly #printed: readonly string[];

  /** In a small window, which the processor draws in less time. */
  static async in(browser: Browser): Promise<ExamplePage> {
    return new ExamplePage(await browser.newPage({ viewport: { width: 480, height: 640 } }));
  }

  constructor(page: Page) {
    this.page = page;
    this.#printed = transcript(page);
  }

  async open(url: string, backend: string): Promise<void> {
    await this.page.goto(url);
    await this.untilStatus('Ready on wasm');
    if (backend === 'wasm') return;
    await this.choose('backend', backend);
    await this.untilStatus(`Ready on ${backend}`);
  }

  /** Start, or Pause, by the keyboard alone. */
  async pressToggle(): Promise<void> {
    for (let i = 0; i < 10; i++) {
      if (await this.page.evaluate(() => document.activeElement?.id === 'toggle'))
        return this.page.keyboard.press('Enter');
      await this.page.keyboard.press('Tab');
    }
    throw new Error('the Tab key does not lead to the button');
  }

  async choose(id: string, value: string): Promise<void> {
    await this.page.selectOption(`#${id}`, value);
  }

  async until<T>(condition: (value: T) => boolean, value?: T): Promise<void> {
    try {
      await this.page.waitForFunction(condition as never, value as never, { timeout: 60_000 });
    } catch (e) {
      const text = await this.page.textContent('main');
      throw new Error(`${(e as Error).message}\n${text}\n${this.#printed.join('\n')}`);
    }
  }

  untilStatus(words: string): Promise<void> {
    return this.until((text) => document.querySelector('#status')!.textContent!.includes(text), words);
  }

  /** What is shown waits for a frame; the status does not. */
  async untilPaused(): Promise<void> {
    await this.untilStatus('Paused');
    const status = await this.page.textContent('#status');
    await this.untilStep(stepIn(status!));
  }

  untilStep(step: number): Promise<void> {
    return this.until(
      (least) => Number(document.querySelector('#step')!.textContent!.replace(/\D/g, '')) >= least,
      step,
    );
  }

  async readouts(): Promise<{ readonly step: number; readonly loss: number }> {
    const [step, loss] = await Promise.all(['#step', '#loss'].map((id) => this.page.textContent(id)));
    return { step: numberIn(step!), loss: Number(loss) };
  }

  picture(): Promise<string> {
    return this.page.$eval('#boundary', (canvas) => (canvas as HTMLCanvasElement).toDataURL());
  }

  /** Red, green and blue of the picture's upper left corner. */
  pixel(): Promise<readonly number[]> {
    return this.page.$eval('#boundary', (canvas) => [
      ...(canvas as HTMLCanvasElement).getContext('2d')!.getImageData(4, 4, 1, 1).data,
    ]);
  }

  get workers(): number {
    return this.page.workers().length;
  }

  get errors(): readonly string[] {
    return this.#printed.filter((line) => /^(error|uncaught):/.test(line));
  }
}

/** Of a number with separators. */
const numberIn = (text: string): number => Number(text.replace(/\D/g, ''));

/** Of a sentence such as 'Paused at step 1,230'. */
const stepIn = (text: string): number => numberIn(/step ([\d,]+)/.exec(text)![1]!);

/** All files under a folder, as they are served. */
function filesOf(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [`/${path.replaceAll('\\', '/')}`, readFileSync(join(folder, path))]));
}
