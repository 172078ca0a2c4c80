// Draws are a pure function of the store's seed, its run counter, the op's stream and the element's index.
import { expect } from 'chai';
import { randomState } from '../../engine/random.ts';
import { compile, Graph, gradients, map, type Sym } from '../../index.node.ts';
import { add, iota, mul, randomNormal, randomUniform, sum, truncatedNormal } from '../../ops/index.ts';
import { randomUniform as hostUniform } from '../support/draws.ts';

async function draws<K extends string>(backend: string, build: (g: Graph) => Record<K, Sym>, seed = 0, runs = 1) {
  const program = await compile(build(new Graph()), { backend, seed });
  let out = await program.run();
  for (let i = 1; i < runs; i++) out = await program.run();
  program.dispose();
  return out;
}
const uniforms = (g: Graph) => ({ u: g.adopt(randomUniform([4])) });

describe('random ops', () => {
  it('give the same bits on cpu and wasm', async () => {
    const build = (g: Graph) => ({
      u: g.adopt(randomUniform([1000])),
      n: g.adopt(randomNormal([1000])),
      t: g.adopt(truncatedNormal([1000])),
    });
    const [a, b] = [await draws('cpu', build, 5), await draws('wasm', build, 5)];
    for (const name of ['u', 'n', 't'] as const) expect(a[name].data).to.deep.equal(b[name].data);
  });

  it('depend on seed, counter, stream and index, as the host says', async () => {
    for (const [seed, runs] of [
      [0, 1],
      [0, 3],
      [1, 1],
      [2 ** 40 + 1, 2],
    ] as const) {
      const { u } = await draws('wasm', uniforms, seed, runs);
      expect(u.data).to.deep.equal(hostUniform(randomState(seed, runs - 1), 0, 4));
    }
    const { b } = await draws('wasm', (g) => ({ a: g.adopt(randomUniform([4])), b: g.adopt(randomUniform([4])) }));
    expect(b.data).to.deep.equal(hostUniform(randomState(0, 0), 1, 4));
  });

  it('are pinned', async () => {
    const first = [...(await draws('wasm', uniforms)).u.data];
    const later = [...(await draws('wasm', uniforms, 42, 2)).u.data];
    expect([first, later]).to.deep.equal(PINNED);
  });

  it('are drawn once in a run: backward sees what forward saw', async () => {
    const out = await draws('cpu', (g) => {
      const w = g.variable('w', [8], 1);
      const noise = randomUniform([8]);
      return { noise: g.adopt(noise), d: gradients(sum(mul(w, noise)), w) };
    });
    expect(out.d.data).to.deep.equal(out.noise.data);
  });

  it('differ from one another in one graph', async () => {
    const { a, b } = await draws('cpu', (g) => ({ a: g.adopt(randomUniform([8])), b: g.adopt(randomUniform([8])) }));
    expect(a.data).to.not.deep.equal(b.data);
  });

  it('are shared by the iterations of a Map', async () => {
    const { y } = await draws('wasm', (g) => {
      const noise = g.adopt(randomUniform([3]));
      return { y: map(g.adopt(iota(4, 'float32')), (i) => add(mul(i, 0), noise)) };
    });
    const rows = y.array() as number[][];
    for (const row of rows) expect(row).to.deep.equal(rows[0]);
  });
});

/** Uniforms of seed 0 in the first run, and of seed 42 in the second. */
const PINNED = [
  [0.15903019905090332, 0.3904294967651367, 0.36124932765960693, 0.41352421045303345],
  [0.670482873916626, 0.7717176079750061, 0.5216020345687866, 0.682161808013916],
];
