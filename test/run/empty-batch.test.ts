/** A batch of nothing changes nothing: each layer that has variables, and each loss, in training. */
import { expect } from 'chai';
import { compile, Graph, gradients, type Sym, type Update } from '../../index.node.ts';
import { avgPool, cast, losses, maxPool, reshape, square, sum } from '../../ops/index.ts';
import * as layers from '../../plugins/layers/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';
import { HERE } from '../support/here.ts';

type Built = Sym | { readonly y: Sym; readonly updates?: readonly Update[] };
interface Case {
  readonly shape: readonly (number | string)[];
  readonly build: (x: Sym) => Built;
}
const rows = ['$n', 4];
const steps = ['$n', 3, 4];
const image = ['$n', 6, 6, 2];

const LAYERS: Readonly<Record<string, Case>> = {
  batchNormalization: { shape: rows, build: (x) => layers.batchNormalization(x, { training: true }) },
  'batchNormalization of images': { shape: image, build: (x) => layers.batchNormalization(x, { training: true }) },
  bidirectional: { shape: steps, build: (x) => layers.bidirectional(x, { layer: layers.lstm, units: 2 }).y },
  conv1d: { shape: steps, build: (x) => layers.conv1d(x, { filters: 2, kernelSize: 2 }) },
  conv2d: { shape: image, build: (x) => layers.conv2d(x, { filters: 2, kernelSize: 3 }) },
  conv2dTranspose: { shape: image, build: (x) => layers.conv2dTranspose(x, { filters: 2, kernelSize: 3 }) },
  conv3d: { shape: ['$n', 3, 3, 3, 1], build: (x) => layers.conv3d(x, { filters: 2, kernelSize: 2 }) },
  dense: { shape: rows, build: (x) => layers.dense(x, { units: 3 }) },
  'dense with a penalty of what it gives': {
    shape: rows,
    build: (x) => layers.dense(x, { units: 3, activityRegularizer: layers.regularizers.l2() }),
  },
  depthwiseConv2d: { shape: image, build: (x) => layers.depthwiseConv2d(x, { kernelSize: 3 }) },
  groupNormalization: { shape: image, build: (x) => layers.groupNormalization(x, { groups: 2 }) },
  gru: { shape: steps, build: (x) => layers.gru(x, { units: 2 }).y },
  layerNormalization: { shape: rows, build: (x) => layers.layerNormalization(x) },
  lstm: { shape: steps, build: (x) => layers.lstm(x, { units: 2 }).y },
  multiHeadAttention: { shape: steps, build: (x) => layers.multiHeadAttention(x, x, { numHeads: 2, keyDim: 2 }) },
  separableConv2d: { shape: image, build: (x) => layers.separableConv2d(x, { filters: 2, kernelSize: 3 }) },
  simpleRNN: { shape: steps, build: (x) => layers.simpleRNN(x, { units: 2 }).y },
};

type Loss = (labels: Sym, y: Sym) => Sym;
const LOSSES: Readonly<Record<string, Loss>> = {
  ...Object.fromEntries(
    Object.entries(losses.Reduction)
      .filter(([name]) => name !== 'NONE')
      .flatMap(([name, reduction]): [string, Loss][] => [
        [`absoluteDifference ${name}`, (y, p) => losses.absoluteDifference(y, p, null, reduction)],
        [`computeWeightedLoss ${name}`, (_y, p) => losses.computeWeightedLoss(p, [[2]], reduction)],
        [`cosineDistance ${name}`, (y, p) => losses.cosineDistance(y, p, 1, null, reduction)],
        [`hingeLoss ${name}`, (y, p) => losses.hingeLoss(y, p, null, reduction)],
        [`huberLoss ${name}`, (y, p) => losses.huberLoss(y, p, null, 1, reduction)],
        [`logLoss ${name}`, (y, p) => losses.logLoss(y, p, null, 1e-7, reduction)],
        [`meanSquaredError ${name}`, (y, p) => losses.meanSquaredError(y, p, [[2]], reduction)],
        [`sigmoidCrossEntropy ${name}`, (y, p) => losses.sigmoidCrossEntropy(y, p, null, 0, reduction)],
        [`softmaxCrossEntropy ${name}`, (y, p) => losses.softmaxCrossEntropy(y, p, null, 0, reduction)],
      ]),
  ),
  meanSquaredError: losses.meanSquaredError,
  'halfSquaredError, averaged': (y, p) => losses.halfSquaredError(y, p, { averageOverSamples: true }),
  'sumOfSquaredErrors, averaged': (y, p) => losses.sumOfSquaredErrors(y, p, { averageOverSamples: true }),
  sparseSoftmaxCrossEntropy: (y, p) => losses.sparseSoftmaxCrossEntropy(cast(sum(y, 1), 'int32'), p),
};

for (const backend of HERE) {
  describe(`an empty batch changes nothing, on ${backend.name}`, () => {
    async function check(shape: Case['shape'], build: Case['build'], loss: Loss): Promise<void> {
      const g = new Graph();
      const x = g.placeholder('x', shape);
      const built = build(x);
      const [y, updates] = 'y' in built ? [built.y, built.updates ?? []] : [built, []];
      const flat = reshape(y, ['$n', y.shape.slice(1).reduce((n, d) => (n as number) * (d as number), 1)]);
      const labels = g.placeholder('labels', flat.shape);
      const value = layers.regularized(loss(labels, flat));
      const step = await compile({ value }, { backend, seed: 1, updates: [...adam().minimize(value), ...updates] });
      try {
        const state = async () => {
          const all: Record<string, readonly number[]> = {};
          for (const name of step.variables.names()) all[name] = [...(await step.variables.get(name)).data];
          return all;
        };
        const before = await state();
        const width = flat.shape[1] as number;
        await step.run({
          x: { data: new Float32Array(), shape: [0, ...(shape.slice(1) as number[])], dtype: 'float32' },
          labels: { data: new Float32Array(), shape: [0, width], dtype: 'float32' },
        });
        const after = await state();
        // the number of the step is the optimizer's own
        for (const name of Object.keys(after))
          if (!name.endsWith('/step')) expect(after[name], name).to.deep.equal(before[name]);
      } finally {
        step.dispose();
      }
    }

    it('the gradient of a pooling of images without pixels', async () => {
      for (const pool of [avgPool, maxPool]) {
        const x = new Graph().placeholder('x', [1, '$h', '$w', 2]);
        const [dx] = gradients(sum(square(pool(x, 2, 1, 'same'))), [x]);
        const program = await compile({ dx: dx! }, { backend, verify: true });
        const nothing = { data: new Float32Array(), shape: [1, 0, 0, 2], dtype: 'float32' } as const;
        expect((await program.run({ x: nothing })).dx.shape).to.deep.equal([1, 0, 0, 2]);
        program.dispose();
      }
    });

    for (const [name, { shape, build }] of Object.entries(LAYERS))
      it(name, () => check(shape, build, losses.meanSquaredError));
    for (const [name, loss] of Object.entries(LOSSES))
      it(`losses.${name}`, () => check(rows, (x) => layers.batchNormalization(x, { training: true }), loss));
  });
}
