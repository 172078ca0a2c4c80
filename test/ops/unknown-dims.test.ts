/** Each dim of every row unknown in turn, and those of a size together, on every backend: as fed, and as given to `compile`. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { compile, Graph, gradients } from '../../engine/index.ts';
import { hashSeed } from '../../engine/random.ts';
import { conv2d, depthwiseConv2d, gather, image, sum } from '../../ops/index.ts';
import { EFFORT } from '../support/effort.ts';
import { HERE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';
import { sweep } from '../support/swept-rows.ts';
import { faultsOf } from '../support/unknown-dims.ts';

/** Where time is short, one in so many. */
const DRAWN = 8;

describe('unknown dims', () => {
  before(() => Promise.all(HERE.map((backend) => backend.start())));

  for (const { entry, rows } of sweep(EFFORT, SEED, 'unknown-dims'))
    it(`${entry.path}: rows ${rows.join(', ')}`, async () => {
      const source = readFileSync(new URL(`../../ops/${entry.path}.ts`, import.meta.url), 'utf8');
      const isAsked = (title: string): boolean =>
        EFFORT !== 'quick' || hashSeed(SEED, `${entry.path} ${title}`) % DRAWN === 0;
      for (const row of rows) {
        const limits = [1e-6, 1e-5] as const;
        const faults = await faultsOf(entry, entry.samples[row]!, {
          backends: HERE,
          seed: SEED,
          limits,
          isAsked,
          source,
        });
        expect(faults, `row ${row}`).to.deep.equal([]);
      }
    });

  for (const backend of HERE) {
    it(`of a batch and of channels at once: a depthwise convolution's filter, on ${backend.name}`, async () => {
      const of = async (shape: readonly (number | string)[]) => {
        const g = new Graph();
        const [x, w] = [g.placeholder('x', shape), g.placeholder('w', [2, 2, 2, 1])];
        const program = await compile(gradients(sum(depthwiseConv2d(x, w, 1, 'valid')), { w }), { backend });
        const values = Float32Array.from({ length: 96 }, (_, i) => Math.sin(i));
        const feeds = {
          x: { data: values, shape: [3, 4, 4, 2], dtype: 'float32' },
          w: [...Array(2)].map(ones),
        } as const;
        const result = (await program.run(feeds)).w.data;
        program.dispose();
        return [...result];
      };
      expect(await of(['$b', 4, 4, '$c'])).to.deep.equal(await of([3, 4, 4, 2]));
    });

    it(`and no elements, on ${backend.name}`, async () => {
      const g = new Graph();
      const [x, w] = [g.placeholder('x', [0, '$h', '$h', 1]), g.placeholder('w', [2, 2, 1, 3])];
      const program = await compile({ y: conv2d(x, w, 1, 'valid') }, { backend });
      const empty = { data: new Float32Array(0), shape: [0, 4, 4, 1], dtype: 'float32' } as const;
      const { y } = await program.run({ x: empty, w: [...Array(2)].map(() => [[[1, 2, 3]], [[4, 5, 6]]]) });
      expect(y.shape).to.deep.equal([0, 3, 3, 3]);
      program.dispose();
    });

    it(`of an image, given to compile, on ${backend.name}`, async () => {
      const g = new Graph();
      const x = g.placeholder('x', [1, '$h', 4, 1]);
      const y = image.resizeNearestNeighbor(x, [6, 8]);
      const program = await compile({ y, dx: gradients(sum(y), x) }, { backend, dims: { h: 3 } });
      const { dx } = await program.run({ x: [[...Array(3)].map(() => [[1], [2], [3], [4]])] });
      expect([...dx.data]).to.deep.equal(Array(12).fill(4));
      program.dispose();
    });

    it(`of a batch and of what is taken from it, on ${backend.name}`, async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$b', 3, '$c']);
      const y = gather(x, [[0, 2], [1, 1]], 1, 1); // biome-ignore format: two rows
      const program = await compile({ y, dx: gradients(sum(y), x) }, { backend });
      const { dx } = await program.run({ x: [...Array(2)].map(() => [[1], [2], [3]]) });
      expect([...dx.data]).to.deep.equal([1, 0, 1, 0, 2, 0]);
      program.dispose();
    });
  }
});

const ones = () => [[[1], [1]], [[1], [1]]]; // biome-ignore format: two rows
