/** What graphs intern beyond themselves, dims and the texts of Functions, goes when they go. */
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { Graph, gradients, map, parseDim } from '../../engine/index.ts';
import { mul, sum, tanh } from '../../ops/index.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes in use after garbage has been collected, and what waits for that has been told. */
async function inUse(): Promise<number> {
  for (let i = 0; i < 10; i++) {
    collect();
    await setTimeout(10);
  }
  return process.memoryUsage().heapUsed;
}

async function growthOf(make: (i: number) => void, times: number): Promise<number> {
  for (let i = 0; i < 20; i++) make(1e6 + i);
  const before = await inUse();
  for (let i = 0; i < times; i++) make(i);
  return (await inUse()) - before;
}

describe('what is freed with a graph', () => {
  it('dims', async () => {
    const make = (i: number): void => {
      const terms = Array.from({ length: 100 }, (_, k) => `$n${i}_${k}`);
      new Graph().placeholder('x', [parseDim(terms.join(' + ')), null]);
    };
    // 300 kB each, were they kept
    expect(await growthOf(make, 100)).to.be.below(4e6);
  }).timeout(60_000);

  it('Functions', async () => {
    const make = (i: number): void => {
      const x = new Graph().placeholder('x', [4, 2]);
      const y = map(x, (e) => {
        let s = e;
        for (let k = 0; k < 120; k++) s = tanh(mul(s, 1 + i + k / 100));
        return s;
      });
      gradients(sum(y), x);
    };
    expect(await growthOf(make, 100)).to.be.below(1e6);
  }).timeout(60_000);
});
