/** A choice is no product: a label, weight or mask of 0 takes nothing of what it does not choose, be that infinite or NaN. */
import { expect } from 'chai';
import { evaluate, Graph, gradients, type NestedArray, type Sym, type SymLike } from '../../engine/index.ts';
import { losses } from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

const [NAN, INF] = [Number.NaN, Infinity];

type Loss = (labels: SymLike, scores: Sym, weights?: SymLike, reduction?: losses.Reduction) => Sym;

/** All that weigh: labels for two rows of two scores, and the loss. */
const WEIGHED: Readonly<Record<string, readonly [NestedArray, Loss]>> = {
  absoluteDifference: [
    [
      [0, 1],
      [1, 0],
    ],
    losses.absoluteDifference,
  ],
  computeWeightedLoss: [
    [
      [0, 1],
      [1, 0],
    ],
    (_labels, scores, w, r) => losses.computeWeightedLoss(scores, w, r),
  ],
  cosineDistance: [
    [
      [0, 1],
      [1, 0],
    ],
    (y, p, w, r) => losses.cosineDistance(y, p, 1, w, r),
  ],
  hingeLoss: [
    [
      [0, 1],
      [1, 0],
    ],
    losses.hingeLoss,
  ],
  huberLoss: [
    [
      [0, 1],
      [1, 0],
    ],
    (y, p, w, r) => losses.huberLoss(y, p, w, 1, r),
  ],
  logLoss: [
    [
      [0, 1],
      [1, 0],
    ],
    (y, p, w, r) => losses.logLoss(y, p, w, 1e-7, r),
  ],
  meanSquaredError: [
    [
      [0, 1],
      [1, 0],
    ],
    losses.meanSquaredError,
  ],
  sigmoidCrossEntropy: [
    [
      [0, 1],
      [1, 0],
    ],
    (y, z, w, r) => losses.sigmoidCrossEntropy(y, z, w, 0, r),
  ],
  softmaxCrossEntropy: [
    [
      [0, 1],
      [1, 0],
    ],
    (y, z, w, r) => losses.softmaxCrossEntropy(y, z, w, 0, r),
  ],
  sparseSoftmaxCrossEntropy: [[1, 0], losses.sparseSoftmaxCrossEntropy],
};
/** They take no weights. */
const UNWEIGHED = ['halfSquaredError', 'sumOfSquaredErrors'];
const OF_ROWS = ['softmaxCrossEntropy', 'sparseSoftmaxCrossEntropy'];

for (const backend of HERE) {
  describe(`what is not chosen, on ${backend.name}`, () => {
    /** The loss of scores, and its gradient by them. */
    const both = async (scores: NestedArray, build: (scores: Sym) => Sym) => {
      const g = new Graph();
      const z = g.placeholder(
        'z',
        Array.isArray((scores as NestedArray[])[0]) ? [2, 2] : [(scores as number[]).length],
      );
      const y = build(z);
      const { y: value, dz } = await evaluate({ y, dz: gradients(y, z) }, { z: scores }, { backend });
      return { y: [...value.data], dz: [...dz.data] };
    };

    it('all losses are here', () => {
      const functions = Object.keys(losses).filter((name) => /^[a-z]/.test(name));
      expect(functions.sort()).to.deep.equal([...Object.keys(WEIGHED), ...UNWEIGHED].sort());
    });

    for (const [name, [labels, loss]] of Object.entries(WEIGHED)) {
      it(`${name}: a weight of 0 takes nothing of its scores`, async () => {
        const weights = OF_ROWS.includes(name) ? [0, 2] : [[0], [2]];
        for (const reduction of Object.values(losses.Reduction)) {
          const of = (score: number) =>
            both(
              [
                [score, score],
                [0.25, 0.5],
              ],
              (z) => loss(labels, z, weights, reduction),
            );
          const expected = await of(0.5);
          for (const score of [INF, -INF, NAN]) {
            const { y, dz } = await of(score);
            expectClose(y, expected.y);
            expectClose(dz, expected.dz);
          }
        }
      });

      it(`${name}: a weight of 0 has the derivative of a weight`, async () => {
        const g = new Graph();
        const z = g.placeholder('z', [2, 2]);
        const w = g.placeholder('w', OF_ROWS.includes(name) ? [2] : [2, 1]);
        const each = loss(labels, z, undefined, losses.Reduction.NONE);
        const weighed = loss(labels, z, w, losses.Reduction.SUM);
        const feeds = {
          z: [
            [0.5, 0.125],
            [0.25, 0.75],
          ],
          w: OF_ROWS.includes(name) ? [0, 2] : [[0], [2]],
        };
        const out = await evaluate({ each, dw: gradients(weighed, w) }, feeds, { backend });
        const wide = out.each.data.length / 2;
        const sums = [0, 1].map((row) =>
          [...out.each.data].slice(row * wide, (row + 1) * wide).reduce((a, b) => a + b, 0),
        );
        expectClose(out.dw.data, sums);
      });
    }

    it('softmax cross-entropies: a label of 0 takes nothing of a score of -Infinity', async () => {
      const sparse = await both(
        [
          [-INF, 1],
          [2, -INF],
        ],
        (z) => losses.sparseSoftmaxCrossEntropy([1, 0], z),
      );
      expectClose(sparse.y, [0]);
      expectClose(sparse.dz, [0, 0, 0, 0]);
      const dense = await both(
        [
          [-INF, 1],
          [2, -INF],
        ],
        (z) =>
          losses.softmaxCrossEntropy(
            [
              [0, 1],
              [1, 0],
            ],
            z,
          ),
      );
      expectClose(dense.y, [0]);
      expectClose(dense.dz, [0, 0, 0, 0]);
      const g = new Graph();
      const three = losses.sparseSoftmaxCrossEntropy([1], g.constant([[-INF, 1, 2]]));
      expectClose((await evaluate({ three }, {}, { backend })).three.data, [1.3132617]);
    });

    it('sigmoid cross-entropy: labels of 0 and 1 take nothing of the score that they hit', async () => {
      const hit = await both([-INF, INF], (z) => losses.sigmoidCrossEntropy([0, 1], z));
      expectClose(hit.y, [0]);
      expectClose(hit.dz, [0, 0]);
      const missed = await both([-INF, INF], (z) => losses.sigmoidCrossEntropy([1, 0], z));
      expectClose(missed.y, [INF]);
      expectClose(missed.dz, [-0.5, 0.5]);
    });

    it('log loss: a label of 0 takes nothing of the logarithm of 0', async () => {
      const { y, dz } = await both([0, 1], (p) => losses.logLoss([0, 1], p, undefined, 0));
      expectClose(y, [0]);
      expectClose(dz, [0.5, -0.5]);
    });

    it('cosine distance: a label of 0 takes nothing of an infinite score', async () => {
      const { y, dz } = await both([INF, 0.5], (p) => losses.cosineDistance([0, 1], p, 0));
      expectClose(y, [0.5]);
      expectClose(dz, [0, -1]);
    });
  });
}
