/** The same command on every backend: webgl and webgpu in a browser that the command starts, and that ends with it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { findChromium } from '../support/chromium.ts';
import { FULL } from '../support/effort.ts';
import { leaveOut } from '../support/left-out.ts';
import { reportMissingChromium } from '../support/missing-chromium.ts';
import { type Outcome, retrograph, temporaryFolder } from './cli.ts';

/** A Vulkan driver in software, which comes with Debian's Chromium: with it, Dawn finds a device. */
const VULKAN = '/usr/lib/chromium/vk_swiftshader_icd.json';

const TRAINING = [
  'train',
  'digits',
  '--steps',
  '10',
  '--limit',
  '1000',
  '--batch-size',
  '32',
  '--hidden',
  '16',
  '--json',
];

interface Trained {
  readonly backend: string;
  readonly losses: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
}
const resultOf = ({ stdout, stderr, code }: Outcome): Trained => {
  expect(code, stderr).to.equal(0);
  return JSON.parse(stdout) as Trained;
};

function expectAgreement(trained: Trained, expected: Trained): void {
  expect(trained.losses).to.have.lengthOf(10);
  expect(trained.losses[0]).to.be.closeTo(expected.losses[0]!, 1e-4);
  expect(trained.metrics['test accuracy']).to.be.closeTo(expected.metrics['test accuracy']!, 0.01);
}

/** Browsers that a process has started. */
const browsersOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((child) => child !== '' && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('--headless'))
    .map(Number);

const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

async function eventually(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 50 && !condition(); i++) await new Promise((later) => setTimeout(later, 100));
  return condition();
}

describe('the command line in a browser', function () {
  this.timeout(180_000);
  if (findChromium() === undefined) return reportMissingChromium();
  const folder = temporaryFolder();

  let expected: Trained;
  before(async () => {
    expected = resultOf(await retrograph([...TRAINING, '--backend', 'wasm', '--no-report']));
  });

  it('trains on cpu what it trains on wasm', async () => {
    expectAgreement(resultOf(await retrograph([...TRAINING, '--backend', 'cpu', '--no-report'])), expected);
  });

  for (const backend of FULL ? ['webgl', 'webgpu'] : ['webgl']) {
    it(`trains on ${backend} what it trains on wasm, and brings progress, results and files back`, async () => {
      const [saved, report] = [join(folder, `${backend}.safetensors`), join(folder, `${backend}.html`)];
      const outcome = await retrograph([...TRAINING, '--backend', backend, '--save', saved, '--report', report]);
      const trained = resultOf(outcome);
      expect(trained.backend).to.equal(backend);
      expectAgreement(trained, expected);
      expect(outcome.stderr).to.match(/training \d+ %/);
      expect(readFileSync(report, 'utf8')).to.contain('</html>');
      // what it learned there goes on here
      const tested = resultOf(
        await retrograph([
          ...TRAINING.slice(0, 2),
          ...TRAINING.slice(4),
          '--epochs',
          '0',
          '--load',
          saved,
          '--no-report',
        ]),
      );
      expect(tested.metrics['test accuracy']).to.be.closeTo(trained.metrics['test accuracy']!, 0.003);
    });
  }

  (FULL ? it : it.skip)('checks the notes, and ops, there', async () => {
    const [notes, ops] = [
      await retrograph(['train', 'deeplizard', '--backend', 'webgl', '--json']),
      await retrograph(['gradcheck', 'Tanh', '--backend', 'webgl', '--json']),
    ];
    expect(notes.code, notes.stderr).to.equal(0);
    expect(ops.code, ops.stdout).to.equal(0);
    expect(JSON.parse(ops.stdout).totals.failed).to.equal(0);
  });

  it('tells of each backend what it runs on', async () => {
    const { code, stdout } = await retrograph(['backends', '--json']);
    expect(code).to.equal(0);
    const reports = JSON.parse(stdout).backends as Record<string, unknown>[];
    for (const name of ['wasm', 'cpu', 'webgl', 'webgpu']) {
      const report = reports.find((r) => r.name === name)!;
      expect(report, name).to.deep.include({ available: true, precision: 'float32', version: '4.22.0' });
      expect(report.matMul, name).to.have.property('gflops').that.is.above(0);
      expect(report.failure, name).to.equal(undefined);
    }
    for (const name of ['webgl', 'webgpu']) {
      const report = reports.find((r) => r.name === name)!;
      expect(report.device, name).to.match(/./);
      expect(report.maxElements, name).to.be.above(1e6);
    }
  });

  const ends = [
    { what: 'its browser is killed', code: 1, message: /'webgl' is gone \(the browser ended\)/ },
    { what: 'it is interrupted', signal: 'SIGINT', code: 130, message: /interrupted/ },
    { what: 'it is told to end', signal: 'SIGTERM', code: 143, message: /./ },
    { what: 'it is killed', signal: 'SIGKILL', code: null, message: /./ },
  ] as const;
  for (const { what, code, message, ...how } of FULL ? ends : ends.slice(0, 2)) {
    it(`leaves no process when ${what}`, async () => {
      let browser: readonly number[] = [];
      const args = [
        'train',
        'digits',
        '--steps',
        '200',
        '--hidden',
        '4',
        '--batch-size',
        '8',
        '--backend',
        'webgl',
        '--no-report',
      ];
      const outcome = await retrograph(args, {
        onStderr: (text, child) => {
          if (browser.length > 0 || !/training \d+ %/.test(text)) return;
          browser = browsersOf(child.pid!);
          if ('signal' in how) child.kill(how.signal);
          else process.kill(browser[0]!, 'SIGKILL');
        },
      });
      expect(browser, outcome.stderr).to.not.deep.equal([]);
      expect(outcome.stderr).to.match(message);
      expect(outcome.code, outcome.stderr).to.equal(code);
      expect(await eventually(() => !browser.some(isRunning)), 'the browser has ended').to.equal(true);
    });
  }

  it("'auto' says what it comes to, and why", async () => {
    const { code, stderr } = await retrograph([...TRAINING, '--backend', 'auto', '--no-report']);
    expect(code).to.equal(0);
    expect(stderr).to.match(/backend: (node \(|webgpu \(|wasm \(WebAssembly\), since node .*webgpu )/);
  });

  if (!existsSync(VULKAN) || !hasVulkanLoader())
    return leaveOut('WebGPU by Dawn', `install Debian's chromium and libvulkan1`, false);
  (FULL ? it : it.skip)('webgpu runs in this process where Dawn finds a device', async () => {
    const env = { VK_ICD_FILENAMES: VULKAN };
    const { stdout } = await retrograph(['backends', '--backend', 'webgpu', '--json'], { env });
    expect(JSON.parse(stdout).backends[0].detail).to.match(/^WebGPU, /);
    const trained = resultOf(await retrograph([...TRAINING, '--backend', 'webgpu', '--no-report'], { env }));
    expectAgreement(trained, expected);
  });
});

/** Not by `ldconfig`, which users other than root may not have on their PATH. */
function hasVulkanLoader(): boolean {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1'); // no module of Node's: it throws, but not that it is not there
  } catch (e) {
    return !/cannot open/.test((e as Error).message);
  }
  return true;
}

describe('the command line without a browser', () => {
  it('says what is missing, and what would help', async () => {
    const env = { CHROME_PATH: '/nowhere/chromium' };
    const { code, stderr, stdout } = await retrograph(['train', 'auddy', '--backend', 'webgl'], { env });
    expect(code).to.equal(1);
    expect(stdout).to.equal('');
    expect(stderr)
      .to.contain("the backend 'webgl' is not available")
      .and.contain('/nowhere/chromium')
      .and.contain('--browser')
      .and.contain('available: wasm, cpu');
    expect(stderr).to.not.match(/^\s+at .*\.[jt]s/m);
  });

  it('refuses a browser that is not there', async () => {
    const { code, stderr } = await retrograph(['backends', '--browser', './none']);
    expect(code).to.equal(2);
    expect(stderr).to.contain("there is no browser './none'");
  });
});
