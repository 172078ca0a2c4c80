/** Second derivatives of whole networks: Hessian-vector products and Hessians, by all of their variables at once. */
import { expect } from 'chai';
import { compile, Graph, hessian, hvp, type Sym } from '../../index.node.ts';
import { losses, mean, mul, relu, square, sub, sum, tanh } from '../../ops/index.ts';
import {
  batchNormalization,
  conv2d,
  dense,
  flatten,
  layerNormalization,
  lstm,
  maxPooling2d,
  multiHeadAttention,
} from '../../plugins/layers/index.ts';
import { drawPoint, expectDerivatives, runAt } from '../support/judged.ts';
import { expectClose } from '../support/values.ts';

const DIMS = { n: 3 };

/** Each with its loss. Were the points drawn for them near a kink, the finite differences would differ. */
const NETWORKS: Record<string, (g: Graph) => Sym> = {
  'a CNN: conv2d, relu, max-pooling, dense, softmax cross-entropy': (g) => {
    const x = g.placeholder('x', ['$n', 6, 6, 1]);
    const filtered = conv2d(x, { filters: 2, kernelSize: 3, activation: relu });
    const logits = dense(flatten(maxPooling2d(filtered)), { units: 3 });
    return losses.softmaxCrossEntropy(oneHot(g, 3), logits);
  },
  'a perceptron with batch normalization': (g) => {
    const x = g.placeholder('x', ['$n', 3]);
    const hidden = tanh(batchNormalization(dense(x, { units: 4 }), { training: true }).y);
    return losses.softmaxCrossEntropy(oneHot(g, 2), dense(hidden, { units: 2 }));
  },
  'an LSTM': (g) => {
    const x = g.placeholder('x', ['$n', 4, 2]);
    const { y } = lstm(x, { units: 2 });
    return mean(square(sub(dense(y, { units: 1 }), g.placeholder('target', ['$n', 1]))));
  },
  'an attention block': (g) => {
    const x = g.placeholder('x', ['$n', 3, 4]);
    const mixed = multiHeadAttention(x, x, { numHeads: 2, keyDim: 2, useCausalMask: true });
    const normal = layerNormalization(mul(mixed, 2));
    return mean(square(sub(normal, g.placeholder('target', ['$n', 3, 4]))));
  },
};

const oneHot = (g: Graph, classes: number): Sym =>
  g.constant(
    [0, 1, 2].map((row) => Array.from({ length: classes }, (_, k) => Number(k === row % classes))),
    'float32',
  );

const trainable = (g: Graph): readonly Sym[] => g.variables().filter((v) => v.node.attrs.trainable);
const namesOf = (syms: readonly Sym[]): readonly string[] => syms.map((s) => s.node.label);

describe('second order of whole networks', () => {
  for (const [name, build] of Object.entries(NETWORKS)) {
    it(`${name}: by input and variables, as finite differences in double precision`, async () => {
      const g = new Graph();
      const loss = build(g);
      await expectDerivatives(g, loss, ['x', ...namesOf(trainable(g))], drawPoint(g, DIMS), DIMS);
    });

    it(`${name}: the whole Hessian is symmetric, and its columns are products with the basis`, async () => {
      const g = new Graph();
      const loss = build(g);
      const point = drawPoint(g, DIMS);
      const parameters = trainable(g);
      const blocks = hessian(loss, parameters);
      const sizes = parameters.map((p) => (p.shape as readonly number[]).reduce((a, b) => a * b, 1));
      const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
      const total = sizes.reduce((a, b) => a + b, 0);
      const vectors = parameters.map((p, i) => g.placeholder(`v${i}`, p.shape));
      const product = hvp(loss, parameters, vectors);
      for (const backend of ['cpu', 'wasm']) {
        const whole = await compile(
          Object.fromEntries(blocks.flatMap((row, i) => row.map((block, j) => [`${i},${j}`, block]))),
          { backend },
        );
        const H = Array.from({ length: total }, () => new Float32Array(total));
        const values = await runAt(whole, point);
        for (const [key, { data }] of Object.entries(values)) {
          const [i, j] = key.split(',').map(Number) as [number, number];
          for (const [k, v] of data.entries())
            H[starts[i]! + Math.floor(k / sizes[j]!)]![starts[j]! + (k % sizes[j]!)] = v;
        }
        const transposed = H.map((_, i) => H.map((row) => row[i]!));
        expectClose(
          H.flatMap((row) => [...row]),
          transposed.flat(),
          1e-4,
        );
        expect(H.some((row) => row.some((v) => Math.abs(v) > 0.01))).to.equal(true);

        const along = await compile(Object.fromEntries(product.map((p, i) => [`p${i}`, p])), { backend });
        for (let column = 0; column < total; column++) {
          const basis = parameters.map(({ shape }, i) => ({
            data: Float32Array.from({ length: sizes[i]! }, (_, k) => Number(starts[i]! + k === column)),
            shape: shape as readonly number[],
            dtype: 'float32' as const,
          }));
          const results = await runAt(along, {
            ...point,
            ...Object.fromEntries(basis.map((b, i) => [`v${i}`, b])),
          });
          const expected = parameters.flatMap((_, i) => [...results[`p${i}`]!.data]);
          expectClose(transposed[column]!, expected, 1e-4);
        }
        along.dispose();
        whole.dispose();
      }
    });
  }

  it('is 2 x x^T of a square', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2]);
    const y = dense(x, { units: 1, useBias: false });
    const w = g.find('dense/kernel');
    const program = await compile({ h: hessian(sum(square(y)), w) }, { backend: 'cpu' });
    const { h } = await program.run({ x: [[1, 2]] });
    expect(h.array()).to.deep.equal([[[[2], [4]]], [[[4], [8]]]]);
    program.dispose();
  });
});
