// Poolings and normalizations on a backend that has no kernels for them, and what tfjs's kernels get wrong.
import { expect } from 'chai';
import { computes } from '../../backends/cpu/capabilities.ts';
import { TfjsBackend } from '../../backends/tfjs.ts';
import { compile, Graph, gradients, ShapeError, type Sym } from '../../index.node.ts';
import { avgPool, batchNorm2d, maxPool, maxPool3d, mul, relu, square, sum } from '../../ops/index.ts';
import { sampled } from '../../ops/samples.ts';
import { describeFault, gradcheck } from '../../plugins/gradcheck/index.ts';
import { NAMED } from '../support/here.ts';
import { caught, expectClose } from '../support/values.ts';

const family = sampled.filter(({ path }) => /^(pooling|normalization)\//.test(path));
const names = new Set(family.map(({ op }) => op?.name));

/** The cpu backend without kernels for these families. */
const bare = new TfjsBackend({
  name: 'cpu',
  load: () => import('@tensorflow/tfjs-backend-cpu'),
  availability: async () => ({ available: true, detail: 'JavaScript' }),
  synchronous: true,
  aliasesArrays: true,
  computes: (node) => !names.has(node.op.name) && computes(node),
  rules: [],
});

async function run(backend: string, outputs: Record<string, Sym>, x: number[] | object): Promise<number[][]> {
  const program = await compile(outputs, { backend });
  try {
    const results = await program.run({ x } as never);
    return Object.keys(outputs).map((name) => [...results[name]!.data]);
  } finally {
    program.dispose();
  }
}

describe('poolings and normalizations', () => {
  it('are right without a kernel of their own', async () => {
    await bare.start();
    const { rows } = await gradcheck({ ops: family, backends: [bare] });
    expect(
      rows
        .filter((r) => r.status !== 'ok')
        .map((r) => `${r.op} ${r.row} (${r.note}): ${r.faults.map(describeFault).join('; ')}`),
    ).to.deep.equal([]);
  });

  for (const backend of NAMED) {
    it(`an average of NaN is NaN, of an infinity that infinity, with and without padding, on ${backend}`, async () => {
      const x = new Graph().placeholder('x', [1, 3, 3, 1]);
      const outputs = { valid: avgPool(x, 2, 1, 'valid'), same: avgPool(x, 2, 2, 'same') };
      const fed = [
        [
          [[Number.NaN], [1], [-Infinity]],
          [[2], [3], [4]],
          [[Infinity], [5], [-Infinity]],
        ],
      ];
      const [valid, same] = await run(backend, outputs, fed);
      expect(valid).to.deep.equal([Number.NaN, -Infinity, Infinity, -Infinity]);
      expect(same).to.deep.equal([Number.NaN, -Infinity, Infinity, -Infinity]);
    });
  }

  for (const backend of ['cpu', 'wasm']) {
    it(`an average counts no padding, and its gradient neither, on ${backend}`, async () => {
      const x = new Graph().placeholder('x', [1, 3, 3, 1]);
      const dx = gradients(sum(avgPool(x, 2, 2, 'same')), { x }).x;
      const [values] = await run(backend, { dx }, [
        [
          [[1], [2], [3]],
          [[4], [5], [6]],
          [[7], [8], [9]],
        ],
      ]);
      expectClose(values!, [0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1]);
    });

    for (const channels of [1, 4])
      it(`ties go to the first, as after a relu, in each of ${channels} channels, on ${backend}`, async () => {
        const x = new Graph().placeholder('x', [1, 2, 4, channels]);
        const h = relu(x);
        const dh = gradients(sum(maxPool(h, 2, 2, 'valid')), { h }).h;
        const each = (value: number): number[] => Array(channels).fill(value) as number[];
        const [values] = await run(backend, { dh }, [[[-1, -2, 1, 3].map(each), [-1, 0, 3, 3].map(each)]]);
        expect(values).to.deep.equal([1, 0, 0, 1, 0, 0, 0, 0].flatMap(each));
      });

    it(`have derivatives to the third order on ${backend}`, async () => {
      for (const pool of [maxPool, avgPool]) {
        const x = new Graph().placeholder('x', [1, 2, 2, 1]);
        const p = pool(x, 2, 2, 'valid');
        const first = gradients(sum(mul(p, square(p))), { x }).x;
        const second = gradients(sum(first), { x }).x;
        const third = gradients(sum(second), { x }).x;
        const [a, b, c] = await run(backend, { first, second, third }, [
          [
            [[-1], [-2]],
            [[-4], [-3]],
          ],
        ]);
        // 3 p^2, 6 p and 6 at the maximum, -1; of the average, -2.5, a quarter of them everywhere
        const at = (v: number): number[] => (pool === maxPool ? [v, 0, 0, 0] : [v, v, v, v]);
        const p0 = pool === maxPool ? -1 : -2.5;
        const share = pool === maxPool ? 1 : 0.25;
        expectClose(a!, at(3 * p0 ** 2 * share));
        expectClose(b!, at(6 * p0 * share));
        expectClose(c!, at(6 * share));
      }
    });
  }

  it('refuse in words what does not fit', () => {
    const image = (shape: readonly (number | string)[] = [1, 3, 3, 1]): Sym => new Graph().placeholder('x', shape);
    const refusal = (f: () => unknown): string => caught(f).message.split('\n')[0]!;
    expect(refusal(() => maxPool(image([3, 3]), 2, 2, 'same'))).to.match(/rank 2, not 4 or 3/);
    expect(refusal(() => maxPool(image(), 4, 1, 'valid'))).to.match(/the window: 3 is less than 4/);
    expect(refusal(() => maxPool(image(), [2], 1, 'valid'))).to.match(/filterSize.*2 of them/);
    expect(refusal(() => maxPool(image(), 2, 0, 'valid'))).to.match(/strides.*positive/);
    expect(refusal(() => avgPool(image(), 2, 2, 'same', 'ceil'))).to.match(/dimRoundingMode 'ceil'.*'same'/);
    expect(refusal(() => avgPool(image(), 2, 2, 2))).to.match(/padding before dimension 1/);
    expect(refusal(() => maxPool(image(), 2, 2, [[0, 0]]))).to.match(/pad/);
    expect(refusal(() => maxPool3d(new Graph().placeholder('x', [1, 2, 2, 2, 1], 'bool'), 2, 2, 'same'))).to.match(
      /bool/,
    );
    expect(refusal(() => batchNorm2d(image([2, 3]), [1, 2], [1, 2]))).to.match(/3 and 2 differ/);
  });

  it('refuse windows of padding alone', () => {
    const x = new Graph().placeholder('x', [1, 0, 2, 1]);
    expect(caught(() => maxPool(x, 2, 1, 1)))
      .to.be.instanceOf(ShapeError)
      .with.property('message')
      .that.includes('dimension 1');
  });
});
