// The benchmarks run, with sizes that say nothing about speed.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { alternate, median } from '../bench/alternate.ts';
import type { Report } from '../bench/report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('benchmarks', () => {
  it('all run, and report as JSON', async () => {
    const args = ['--import=./scripts/source.mjs', 'bench/index.ts', '--quick', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const reports = stdout
      .trim()
      .split('\n')
      .map((line): Report => JSON.parse(line));
    expect(reports.map((report) => report.title)).to.deep.equal([
      'One step of SGD on wasm',
      'A chain of tanh and multiplication, up to its plan',
    ]);
    const [steps, chain] = reports.map((report) => report.rows);
    for (const { figures } of steps!) expect(figures['losses differ by']).to.be.below(1e-4);
    // seven steps for two nodes of the chain, and sums of the variable's gradients
    expect(chain!.map(({ figures }) => figures.steps! > 3 * 100)).to.deep.equal([true, true]);
  });

  it('give the median, and pair neighbouring blocks', () => {
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
