// The benchmarks run, with sizes that say nothing about speed.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { locateLibrary } from '../backends/node/library/locate.ts';
import { alternate, median } from '../bench/alternate.ts';
import { CASES } from '../bench/native/cases.ts';
import { startPeer } from '../bench/native/peer.ts';
import type { Report } from '../bench/report.ts';
import { FULL } from './support/effort.ts';
import { requireNative } from './support/missing-native.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const rejectionOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (e: Error) => e.message,
  );

const countChildren = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length;

describe('benchmarks', () => {
  (FULL ? it : it.skip)('all run, and report as JSON', async () => {
    const args = ['--import=./scripts/source.mjs', 'bench/index.ts', '--quick', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const reports = stdout
      .trim()
      .split('\n')
      .map((line): Report => JSON.parse(line));
    expect(reports.map((report) => report.title)).to.deep.equal([
      'One step of SGD on wasm',
      'One step of SGD of a CNN',
      'A chain of tanh and multiplication, up to its plan',
      'A run on the null device',
    ]);
    const [steps, cnn, chain] = reports.map((report) => report.rows);
    expect(cnn![1]!.ok, 'tfjs refuses to train on wasm').to.equal(true);
    for (const { figures } of [...steps!, cnn![0]!]) expect(figures['losses differ by']).to.be.below(1e-4);
    // seven steps for two nodes of the chain, and sums of the variable's gradients
    expect(chain!.map(({ figures }) => figures.steps! > 3 * 100)).to.deep.equal([true, true]);
  });

  (FULL ? it : it.skip)('train the same networks as other libraries, to the same losses', async () => {
    for (const backend of ['wasm', 'cpu']) {
      const args = ['--import=./scripts/source.mjs', 'bench/index.ts', '--peers', '--quick', '--json'];
      const chosen = ['--only', 'MLP 784-128', '--backend', backend];
      const { stdout } = await promisify(execFile)(process.execPath, [...args, ...chosen], { cwd: root });
      const { rows }: Report = JSON.parse(stdout);
      expect(rows).to.have.lengthOf(2);
      for (const { figures } of rows) expect(figures['losses differ by']).to.be.below(1e-3);
      expect(Object.hasOwn(rows[0]!.figures, 'times jax-js')).to.equal(backend === 'wasm');
    }
  });

  const hasNative = requireNative();
  (FULL && hasNative ? it : it.skip)(
    'compare the native backend with what there is, and say what is missing',
    async () => {
      const cache = await mkdtemp(join(tmpdir(), 'retrograph-'));
      try {
        const args = ['--import=./scripts/source.mjs', 'bench/native.ts', '--quick', '--json'];
        const env = { ...process.env, RETROGRAPH_LIBTENSORFLOW: locateLibrary().dir, RETROGRAPH_CACHE: cache };
        const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
        const { rows, remarks }: Report = JSON.parse(stdout);
        const ofWasm = rows.filter(({ name }) => name.endsWith(': wasm'));
        expect(ofWasm.map(({ figures }) => figures['losses differ by']! < 1e-4)).to.deep.equal(CASES.map(() => true));
        for (const name of ['PyTorch', 'JAX'])
          expect(remarks).to.include(
            `no rows of ${name}: their environment of Python is not there yet; a run without --quick makes it`,
          );
        expect(await readdir(cache)).to.deep.equal([]);
      } finally {
        await rm(cache, { recursive: true });
      }
    },
  );

  it('tell what went wrong with a peer', async () => {
    const start = (script: string) => startPeer(process.execPath, ['-e', script], process.env);
    expect(await rejectionOf(start('console.error("no numpy")'))).to.equal('no numpy');
    expect(await rejectionOf(start('process.exit(3)'))).to.equal('it ended by 3');
    const refuse = 'console.log(\'{"error":"not built"}\'); process.stdin.resume()';
    const before = countChildren();
    expect(await rejectionOf(start(refuse))).to.equal('not built');
    while (countChildren() > before) await setTimeout(10);
    const answers = [{ version: 'made up', threads: 1 }, {}, { error: 'no kernel' }];
    const side = await start(
      `const answers = ${JSON.stringify(answers)}; const answer = () => console.log(JSON.stringify(answers.shift()));
       answer(); require('node:readline').createInterface(process.stdin).on('line', answer)`,
    );
    expect(side.about).to.equal('made up, 1 thread');
    const prepared = await side.prepare({ config: CASES[0]!, arrays: {} });
    expect(await rejectionOf(prepared.run(1))).to.equal('no kernel');
    side.stop();
  });

  it('give the median, and pair neighbouring blocks', function () {
    this.retries(3); // other processes may take a block's time
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).to.deep.equal([2, 2.5]);
    const spin = (ms: number) => () => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const { ours, theirs, ratio } = alternate(spin(0.2), spin(0.6), { blocks: 5, blockMs: 4 });
    expect(theirs).to.be.above(ours);
    expect(ratio).to.be.within(1.5, 6);
  });
});
