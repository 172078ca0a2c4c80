/** Layers: their values as tfjs-layers has them, their derivatives, variables, first values and errors. */
import { expect } from 'chai';
import {
  AttributeError,
  compile,
  constant,
  DTypeError,
  evaluate,
  Graph,
  GraphError,
  type HostTensor,
  type HostValue,
  map,
  ShapeError,
  type Sym,
  VariableError,
} from '../../index.node.ts';
import { mul, randomUniform, sub, sum, tanh } from '../../ops/index.ts';
import { constant as constantly, ones, zeros } from '../../plugins/initializers/index.ts';
import * as layers from '../../plugins/layers/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { cpuSeconds } from '../support/cpu-time.ts';
import { drawPoint, expectDerivatives, type Point, runAt } from '../support/judged.ts';
import { tf, useTf } from '../support/tfjs.ts';
import { caught, expectClose } from '../support/values.ts';

type Tensor = import('@tensorflow/tfjs').Tensor;
/** A tensor of tfjs by the name of our placeholder or variable. */
type Named = Readonly<Record<string, Tensor>>;

interface Case {
  /** float32 but for ids. */
  readonly x: readonly (number | string)[];
  readonly ids?: readonly number[];
  readonly build: (x: Sym, g: Graph) => Sym;
  readonly reference: (x: Tensor, named: Named) => Tensor;
}

/** A layer of tfjs with these of our variables as its weights, in its order. */
function keras(
  make: () => InstanceType<typeof tf.layers.Layer>,
  scope: string,
  weights: readonly string[],
  kwargs: object = {},
): Case['reference'] {
  return (x, named) => {
    const layer = make();
    layer.apply(x);
    layer.setWeights(weights.map((w) => named[`${scope}/${w}`]!));
    return layer.apply(x, kwargs as never) as Tensor;
  };
}

const KERNEL_AND_BIAS = ['kernel', 'bias'];
const CELL = ['kernel', 'recurrentKernel', 'bias'];
const NORM = ['gamma', 'beta', 'movingMean', 'movingVariance'];

const image = ['$n', 5, 6, 2];
const steps = ['$n', 4, 3];
const sigmoid = 'sigmoid';

const CASES: Record<string, Case> = {
  dense: {
    x: ['$n', 3],
    build: (x) => layers.dense(x, { units: 4, activation: tanh }),
    reference: keras(() => tf.layers.dense({ units: 4, activation: 'tanh' }), 'dense', KERNEL_AND_BIAS),
  },
  'dense of sequences, without a bias': {
    x: ['$n', 2, 3],
    build: (x) => layers.dense(x, { units: 4, useBias: false }),
    reference: keras(() => tf.layers.dense({ units: 4, useBias: false }), 'dense', ['kernel']),
  },
  conv1d: {
    x: ['$n', 7, 2],
    build: (x) => layers.conv1d(x, { filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: tanh }),
    reference: keras(
      () => tf.layers.conv1d({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'tanh' }),
      'conv1d',
      KERNEL_AND_BIAS,
    ),
  },
  'conv1d, causal and dilated': {
    x: ['$n', 6, 2],
    build: (x) => layers.conv1d(x, { filters: 2, kernelSize: 3, dilationRate: 2, padding: 'causal' }),
    reference: (x, named) =>
      tf.add(
        tf.conv1d(
          tf.pad(x as never, [
            [0, 0],
            [4, 0],
            [0, 0],
          ]),
          named['conv1d/kernel'] as never,
          1,
          'valid',
          'NWC',
          2,
        ),
        named['conv1d/bias']!,
      ),
  },
  conv2d: {
    x: image,
    build: (x) => layers.conv2d(x, { filters: 3, kernelSize: [3, 2], strides: 2, padding: 'same', activation: tanh }),
    reference: keras(
      () => tf.layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'tanh' }),
      'conv2d',
      KERNEL_AND_BIAS,
    ),
  },
  'conv2d, dilated, channels first': {
    x: ['$n', 2, 5, 6],
    build: (x) => layers.conv2d(x, { filters: 3, kernelSize: 2, dilationRate: 2, dataFormat: 'channelsFirst' }),
    reference: keras(
      () => tf.layers.conv2d({ filters: 3, kernelSize: 2, dilationRate: 2, dataFormat: 'channelsFirst' }),
      'conv2d',
      KERNEL_AND_BIAS,
    ),
  },
  conv3d: {
    x: ['$n', 3, 3, 4, 1],
    build: (x) => layers.conv3d(x, { filters: 2, kernelSize: 2 }),
    reference: keras(() => tf.layers.conv3d({ filters: 2, kernelSize: 2 }), 'conv3d', KERNEL_AND_BIAS),
  },
  'conv3d, channels first': {
    x: ['$n', 2, 3, 3, 3],
    build: (x) => layers.conv3d(x, { filters: 2, kernelSize: 2, dataFormat: 'channelsFirst' }),
    reference: (x, named) =>
      tf.transpose(
        tf.add(
          tf.conv3d(tf.transpose(x, [0, 2, 3, 4, 1]) as never, named['conv3d/kernel'] as never, 1, 'valid'),
          named['conv3d/bias']!,
        ),
        [0, 4, 1, 2, 3],
      ),
  },
  depthwiseConv2d: {
    x: image,
    build: (x) => layers.depthwiseConv2d(x, { kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
    reference: keras(
      () => tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same' }),
      'depthwiseConv2d',
      ['depthwiseKernel', 'bias'],
    ),
  },
  'depthwiseConv2d, channels first': {
    x: ['$n', 2, 4, 4],
    build: (x) => layers.depthwiseConv2d(x, { kernelSize: 2, strides: 2, dataFormat: 'channelsFirst' }),
    reference: (x, named) =>
      tf.transpose(
        tf.add(
          tf.depthwiseConv2d(
            tf.transpose(x, [0, 2, 3, 1]) as never,
            named['depthwiseConv2d/depthwiseKernel'] as never,
            2,
            'valid',
          ),
          named['depthwiseConv2d/bias']!,
        ),
        [0, 3, 1, 2],
      ),
  },
  'conv2dTranspose, valid': {
    x: ['$n', 3, 2, 2],
    build: (x) => layers.conv2dTranspose(x, { filters: 2, kernelSize: 3, strides: 2 }),
    reference: keras(
      () => tf.layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2 }),
      'conv2dTranspose',
      KERNEL_AND_BIAS,
    ),
  },
  'conv2dTranspose, same': {
    x: ['$n', 3, 2, 2],
    build: (x) => layers.conv2dTranspose(x, { filters: 3, kernelSize: [3, 2], strides: [2, 3], padding: 'same' }),
    reference: keras(
      () => tf.layers.conv2dTranspose({ filters: 3, kernelSize: [3, 2], strides: [2, 3], padding: 'same' }),
      'conv2dTranspose',
      KERNEL_AND_BIAS,
    ),
  },
  'conv2dTranspose, channels first, strides beyond the window': {
    x: ['$n', 2, 2, 3],
    build: (x) => layers.conv2dTranspose(x, { filters: 2, kernelSize: 2, strides: 3, dataFormat: 'channelsFirst' }),
    reference: keras(
      () => tf.layers.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 3, dataFormat: 'channelsFirst' }),
      'conv2dTranspose',
      KERNEL_AND_BIAS,
    ),
  },
  embedding: {
    x: ['$n', 2],
    ids: [0, 4, 4, 2, 1, 0],
    build: (x) => layers.embedding(x, { inputDim: 5, outputDim: 3 }),
    reference: keras(() => tf.layers.embedding({ inputDim: 5, outputDim: 3 }), 'embedding', ['embeddings']),
  },
  'batchNormalization, in use': {
    x: image,
    build: (x) => layers.batchNormalization(x).y,
    reference: keras(() => tf.layers.batchNormalization({}), 'batchNormalization', NORM),
  },
  'batchNormalization, in use, along another axis': {
    x: ['$n', 2, 3],
    build: (x) => layers.batchNormalization(x, { axis: 1, epsilon: 0.1 }).y,
    // by its formula: tfjs's kernel repeats parameters along the last axis, whichever is theirs
    reference: (x, named) => {
      const [gamma, beta, mean, variance] = NORM.map((w) => tf.reshape(named[`batchNormalization/${w}`]!, [2, 1]));
      return tf.add(tf.mul(tf.div(tf.sub(x, mean!), tf.sqrt(tf.add(variance!, 0.1))), gamma!), beta!);
    },
  },
  'batchNormalization, in use, without scale and offset': {
    x: ['$n', 3],
    build: (x) => layers.batchNormalization(x, { scale: false, center: false }).y,
    reference: keras(() => tf.layers.batchNormalization({ scale: false, center: false }), 'batchNormalization', [
      'movingMean',
      'movingVariance',
    ]),
  },
  'batchNormalization, training': {
    x: ['$n', 2, 2, 3],
    build: (x) => layers.batchNormalization(x, { training: true }).y,
    reference: keras(() => tf.layers.batchNormalization({}), 'batchNormalization', NORM, { training: true }),
  },
  layerNormalization: {
    x: ['$n', 2, 4],
    build: (x) => layers.layerNormalization(x),
    reference: keras(() => tf.layers.layerNormalization({}), 'layerNormalization', ['gamma', 'beta']),
  },
  'layerNormalization of two axes': {
    x: ['$n', 2, 4],
    build: (x) => layers.layerNormalization(x, { axis: [1, 2], epsilon: 0.01, center: false }),
    reference: keras(
      () => tf.layers.layerNormalization({ axis: [1, 2], epsilon: 0.01, center: false }),
      'layerNormalization',
      ['gamma'],
    ),
  },
  simpleRNN: {
    x: steps,
    build: (x) => layers.simpleRNN(x, { units: 2 }).y,
    reference: keras(() => tf.layers.simpleRNN({ units: 2 }), 'simpleRNN', CELL),
  },
  'simpleRNN, all steps, backwards': {
    x: steps,
    build: (x) => layers.simpleRNN(x, { units: 2, returnSequences: true, goBackwards: true, useBias: false }).y,
    reference: keras(
      () => tf.layers.simpleRNN({ units: 2, returnSequences: true, goBackwards: true, useBias: false }),
      'simpleRNN',
      ['kernel', 'recurrentKernel'],
    ),
  },
  lstm: {
    x: steps,
    build: (x) => layers.lstm(x, { units: 2 }).y,
    reference: keras(() => tf.layers.lstm({ units: 2, recurrentActivation: sigmoid }), 'lstm', CELL),
  },
  'lstm, all steps, backwards': {
    x: steps,
    build: (x) => layers.lstm(x, { units: 2, returnSequences: true, goBackwards: true }).y,
    reference: keras(
      () =>
        tf.layers.lstm({
          units: 2,
          recurrentActivation: sigmoid,
          returnSequences: true,
          goBackwards: true,
        }),
      'lstm',
      CELL,
    ),
  },
  'gru, resetting before': {
    x: steps,
    build: (x) => layers.gru(x, { units: 2, resetAfter: false, returnSequences: true }).y,
    reference: keras(
      () => tf.layers.gru({ units: 2, recurrentActivation: sigmoid, returnSequences: true }),
      'gru',
      CELL,
    ),
  },
  gru: {
    x: steps,
    build: (x) => layers.gru(x, { units: 2 }).y,
    reference: gruByHand,
  },
  multiHeadAttention: {
    x: ['$n', 3, 4],
    build: (x) => layers.multiHeadAttention(x, x, { numHeads: 2, keyDim: 3 }),
    reference: (x, named) => attentionByHand(x, x, x, named),
  },
  'multiHeadAttention between sequences': {
    x: ['$n', 3, 4],
    build: (x, g) =>
      layers.multiHeadAttention(x, g.placeholder('value', ['$n', 2, 5]), {
        numHeads: 2,
        keyDim: 3,
        valueDim: 2,
        outputShape: 6,
        key: g.placeholder('key', ['$n', 2, 3]),
      }),
    reference: (x, named) => attentionByHand(x, named.value!, named.key!, named),
  },
  'multiHeadAttention to what came before': {
    x: ['$n', 3, 4],
    build: (x) => layers.multiHeadAttention(x, x, { numHeads: 2, keyDim: 2, useCausalMask: true, useBias: false }),
    reference: (x, named) => attentionByHand(x, x, x, named, tf.linalg.bandPart(tf.ones([3, 3]), -1, 0)),
  },
  'multiHeadAttention, biases for queries and the output alone': {
    x: ['$n', 2, 4],
    build: (x) => layers.multiHeadAttention(x, x, { numHeads: 2, keyDim: 2, useBias: { key: false, value: false } }),
    reference: (x, named) => attentionByHand(x, x, x, named),
  },
  separableConv2d: {
    x: image,
    build: (x) => layers.separableConv2d(x, { filters: 3, kernelSize: [3, 2], depthMultiplier: 2, strides: 2 }),
    reference: keras(
      () => tf.layers.separableConv2d({ filters: 3, kernelSize: [3, 2], depthMultiplier: 2, strides: 2 }),
      'separableConv2d',
      ['depthwiseKernel', 'pointwiseKernel', 'bias'],
    ),
  },
  'separableConv2d, channels first': {
    x: ['$n', 2, 4, 4],
    build: (x) =>
      layers.separableConv2d(x, { filters: 3, kernelSize: 2, dataFormat: 'channelsFirst', padding: 'same' }),
    reference: (x, named) =>
      tf.transpose(
        tf.add(
          tf.separableConv2d(
            tf.transpose(x, [0, 2, 3, 1]) as never,
            named['separableConv2d/depthwiseKernel'] as never,
            named['separableConv2d/pointwiseKernel'] as never,
            1,
            'same',
          ),
          named['separableConv2d/bias']!,
        ),
        [0, 3, 1, 2],
      ),
  },
  upSampling2d: {
    x: ['$n', 2, 3, 2],
    build: (x) => layers.upSampling2d(x, { size: [3, 2] }),
    reference: keras(() => tf.layers.upSampling2d({ size: [3, 2] }), '', []),
  },
  'upSampling2d, bilinear': {
    x: ['$n', 2, 3, 2],
    build: (x) => layers.upSampling2d(x, { interpolation: 'bilinear' }),
    reference: (x) => tf.image.resizeBilinear(x as never, [4, 6], false, true),
  },
  'upSampling2d, bilinear, channels first': {
    x: ['$n', 2, 2, 3],
    build: (x) => layers.upSampling2d(x, { size: [1, 3], interpolation: 'bilinear', dataFormat: 'channelsFirst' }),
    reference: (x) =>
      tf.transpose(tf.image.resizeBilinear(tf.transpose(x, [0, 2, 3, 1]) as never, [2, 9], false, true), [0, 3, 1, 2]),
  },
  repeatVector: {
    x: ['$n', 3],
    build: (x) => layers.repeatVector(x, { n: 4 }),
    reference: keras(() => tf.layers.repeatVector({ n: 4 }), '', []),
  },
  'bidirectional of lstm': {
    x: steps,
    build: (x) => layers.bidirectional(x, { layer: layers.lstm, units: 2 }).y,
    reference: keras(
      () =>
        tf.layers.bidirectional({
          layer: tf.layers.lstm({ units: 2, recurrentActivation: sigmoid }) as never,
          mergeMode: 'concat',
        }),
      'bidirectional',
      ['forward', 'backward'].flatMap((d) => CELL.map((w) => `${d}/${w}`)),
    ),
  },
  'bidirectional of simpleRNN, all steps, multiplied': {
    x: steps,
    build: (x) =>
      layers.bidirectional(x, { layer: layers.simpleRNN, units: 2, returnSequences: true, mergeMode: 'mul' }).y,
    reference: keras(
      () =>
        tf.layers.bidirectional({
          layer: tf.layers.simpleRNN({ units: 2, returnSequences: true }) as never,
          mergeMode: 'mul',
        }),
      'bidirectional',
      ['forward', 'backward'].flatMap((d) => CELL.map((w) => `${d}/${w}`)),
    ),
  },
  groupNormalization: {
    x: ['$n', 2, 3, 4],
    build: (x) => layers.groupNormalization(x, { groups: 2, epsilon: 0.01 }),
    reference: (x, named) => groupsByHand(x, named, 2, 0.01),
  },
  'groupNormalization of each feature by itself': {
    x: ['$n', 3, 2],
    build: (x) => layers.groupNormalization(x, { groups: -1 }),
    reference: (x, named) => groupsByHand(tf.expandDims(x, 1), named, 2, 1e-3, [-1, 3, 2]),
  },
  'groupNormalization, channels first': {
    x: ['$n', 4, 2, 3],
    build: (x) => layers.groupNormalization(x, { groups: 2, axis: 1, center: false }),
    reference: (x, named) => tf.transpose(groupsByHand(tf.transpose(x, [0, 2, 3, 1]), named, 2, 1e-3), [0, 3, 1, 2]),
  },
  flatten: {
    x: ['$n', 2, 3],
    build: (x) => layers.flatten(x),
    reference: keras(() => tf.layers.flatten(), '', []),
  },
  maxPooling1d: {
    x: ['$n', 7, 2],
    build: (x) => layers.maxPooling1d(x, { poolSize: 3, strides: 2, padding: 'same' }),
    reference: keras(() => tf.layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }), '', []),
  },
  averagePooling1d: {
    x: ['$n', 6, 2],
    build: (x) => layers.averagePooling1d(x),
    reference: keras(() => tf.layers.averagePooling1d({ poolSize: 2 }), '', []),
  },
  maxPooling2d: {
    x: image,
    build: (x) => layers.maxPooling2d(x, { poolSize: [2, 3], strides: 1 }),
    reference: keras(() => tf.layers.maxPooling2d({ poolSize: [2, 3], strides: [1, 1] }), '', []),
  },
  'averagePooling2d, channels first': {
    x: ['$n', 2, 5, 6],
    build: (x) => layers.averagePooling2d(x, { padding: 'same', dataFormat: 'channelsFirst' }),
    reference: keras(
      () => tf.layers.averagePooling2d({ padding: 'same', dataFormat: 'channelsFirst' } as never) as never,
      '',
      [],
    ),
  },
  'maxPooling3d, channels first': {
    x: ['$n', 1, 3, 4, 4],
    build: (x) => layers.maxPooling3d(x, { dataFormat: 'channelsFirst' }),
    reference: (x) =>
      tf.transpose(tf.maxPool3d(tf.transpose(x, [0, 2, 3, 4, 1]) as never, 2, 2, 'valid'), [0, 4, 1, 2, 3]),
  },
  averagePooling3d: {
    x: ['$n', 3, 4, 4, 1],
    build: (x) => layers.averagePooling3d(x, { strides: [1, 2, 2] }),
    reference: (x) => tf.avgPool3d(x as never, 2, [1, 2, 2], 'valid'),
  },
  globalMaxPooling1d: {
    x: steps,
    build: (x) => layers.globalMaxPooling1d(x),
    reference: keras(() => tf.layers.globalMaxPooling1d(), '', []),
  },
  globalAveragePooling1d: {
    x: steps,
    build: (x) => layers.globalAveragePooling1d(x),
    reference: keras(() => tf.layers.globalAveragePooling1d({}), '', []),
  },
  globalMaxPooling2d: {
    x: image,
    build: (x) => layers.globalMaxPooling2d(x),
    reference: keras(() => tf.layers.globalMaxPooling2d({ dataFormat: 'channelsLast' }), '', []),
  },
  'globalAveragePooling2d, channels first': {
    x: image,
    build: (x) => layers.globalAveragePooling2d(x, { dataFormat: 'channelsFirst' }),
    reference: keras(() => tf.layers.globalAveragePooling2d({ dataFormat: 'channelsFirst' }), '', []),
  },
};

/** With a bias for the recurrent product, which tfjs-layers does not have: Keras's equations. */
function gruByHand(x: Tensor, named: Named): Tensor {
  const of = (name: string) => named[`gru/${name}`]!;
  const units = 2;
  let h: Tensor = tf.zeros([x.shape[0]!, units]);
  for (const step of tf.unstack(x, 1)) {
    const fromInput = tf.split(tf.add(tf.matMul(step, of('kernel')), of('bias')), 3, 1);
    const fromState = tf.split(tf.add(tf.matMul(h, of('recurrentKernel')), of('recurrentBias')), 3, 1);
    const z = tf.sigmoid(tf.add(fromInput[0]!, fromState[0]!));
    const r = tf.sigmoid(tf.add(fromInput[1]!, fromState[1]!));
    const candidate = tf.tanh(tf.add(fromInput[2]!, tf.mul(r, fromState[2]!)));
    h = tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), candidate));
  }
  return h;
}

/** Wu and He, eq. (1) to (4), of [batch, height, width, features]: moments over each group of features, and over space. */
function groupsByHand(x: Tensor, named: Named, groups: number, epsilon: number, shape = x.shape): Tensor {
  const parts = tf.split(x, groups, 3).map((part) => {
    const { mean, variance } = tf.moments(part, [1, 2, 3], true);
    return tf.div(tf.sub(part, mean), tf.sqrt(tf.add(variance, epsilon)));
  });
  const scaled = tf.mul(tf.concat(parts, 3), named['groupNormalization/gamma']!);
  return tf.reshape(tf.add(scaled, named['groupNormalization/beta'] ?? 0), shape);
}

/** Vaswani et al., section 3.2, head by head. */
function attentionByHand(query: Tensor, value: Tensor, key: Tensor, named: Named, mask?: Tensor): Tensor {
  const of = (name: string): Tensor | undefined => named[`multiHeadAttention/${name}`];
  const project = (x: Tensor, name: string, head: number): Tensor => {
    const kernel = tf.gather(of(`${name}/kernel`)!, head, 1);
    const rows = tf.matMul(tf.reshape(x, [-1, x.shape[2]!]), kernel);
    const bias = of(`${name}/bias`);
    const biased = bias === undefined ? rows : tf.add(rows, tf.gather(bias, head));
    return tf.reshape(biased, [x.shape[0]!, x.shape[1]!, -1]);
  };
  const [, heads, size] = of('query/kernel')!.shape;
  let y: Tensor = of('output/bias') ?? tf.scalar(0);
  for (let head = 0; head < heads!; head++) {
    const scores = tf.div(
      tf.matMul(project(query, 'query', head), project(key, 'key', head), false, true),
      Math.sqrt(size!),
    );
    const open = mask === undefined ? scores : tf.add(scores, tf.mul(tf.sub(1, mask), -1e9));
    const mixed = tf.matMul(tf.softmax(open), project(value, 'value', head));
    const out = tf.matMul(tf.reshape(mixed, [-1, mixed.shape[2]!]), tf.gather(of('output/kernel')!, head));
    y = tf.add(y, tf.reshape(out, [mixed.shape[0]!, mixed.shape[1]!, -1]));
  }
  return y;
}

/** The same in tfjs, as plain numbers. */
async function referenceOf(reference: (named: Named) => Tensor, point: Point) {
  await useTf('cpu');
  const kept = tf.tidy(() => {
    const named = Object.entries(point).map(([name, v]) => [
      name,
      tf.tensor(v.data as Float32Array, [...v.shape], v.dtype as 'float32'),
    ]);
    return reference(Object.fromEntries(named));
  });
  const result = { data: [...kept.dataSync()], shape: kept.shape };
  kept.dispose();
  return result;
}

const DIMS = { n: 3 };

function buildCase({ x, ids, build }: Case) {
  const g = new Graph();
  const y = build(g.placeholder('x', x, ids === undefined ? 'float32' : 'int32'), g);
  const given: Record<string, HostValue> =
    (ids && {
      x: { data: Int32Array.from(ids), shape: [3, ids.length / 3], dtype: 'int32' },
    }) ||
    {};
  return { g, y, point: drawPoint(g, DIMS, given) };
}

describe('layers', () => {
  describe('have the values of tfjs-layers, and right derivatives of first and second order', () => {
    for (const [name, layer] of Object.entries(CASES)) {
      it(name, async () => {
        const { g, y, point } = buildCase(layer);
        const expected = await referenceOf((named) => layer.reference(named.x!, named), point);
        for (const backend of ['cpu', 'wasm']) {
          const program = await compile({ y }, { backend });
          const { y: value } = await runAt(program, point);
          expect(value.shape, backend).to.deep.equal(expected.shape);
          expectClose(value.data, expected.data);
          program.dispose();
        }

        const projected = sum(mul(y, g.placeholder('projection', y.shape)));
        const smooth = Object.keys(point).filter((p) => p !== 'x' || layer.ids === undefined);
        // in training, the averages are moved, and not looked at
        const xs = smooth.filter((p) => !(name === 'batchNormalization, training' && p.includes('moving')));
        await expectDerivatives(g, projected, xs, drawPoint(g, DIMS, point), DIMS);
      });
    }
  });

  describe('name their variables', () => {
    const names = (g: Graph) => g.variables().map((v) => v.node.label);

    it('by kind and number', () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 3]);
      layers.dense(layers.dense(layers.dense(x, { units: 3 }), { units: 3 }), { units: 3, useBias: false });
      layers.batchNormalization(x);
      expect(names(g)).to.deep.equal([
        'dense/kernel',
        'dense/bias',
        'dense_1/kernel',
        'dense_1/bias',
        'dense_2/kernel',
        'batchNormalization/gamma',
        'batchNormalization/beta',
        'batchNormalization/movingMean',
        'batchNormalization/movingVariance',
      ]);
    });

    it('by scope and name, and refuse one that is taken', () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 3]);
      g.scope('encoder', () => layers.dense(layers.dense(x, { units: 3 }), { units: 3 }));
      layers.dense(x, { units: 3, name: 'top', useBias: false });
      layers.dense(x, { units: 3, useBias: false });
      expect(names(g)).to.deep.equal([
        'encoder/dense/kernel',
        'encoder/dense/bias',
        'encoder/dense_1/kernel',
        'encoder/dense_1/bias',
        'top/kernel',
        'dense/kernel',
      ]);
      expect(() => layers.dense(x, { units: 3, name: 'top' })).to.throw(GraphError, "'top/kernel' is taken");
    });

    it('in a time that grows with their number', async () => {
      const build = (count: number) => {
        let h = new Graph().placeholder('x', ['$n', 3]);
        for (let i = 0; i < count; i++) h = layers.dense(h, { units: 3 });
        return h;
      };
      await cpuSeconds(() => build(1000)); // compiles
      const few = await cpuSeconds(() => build(1000));
      expect(await cpuSeconds(() => build(8000))).to.be.below(4 * 8 * few);
    });

    it('share those of a name, if asked to', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      const options = { units: 2, name: 'shared', share: true };
      const y = layers.dense(layers.dense(x, options), options);
      expect(names(g)).to.deep.equal(['shared/kernel', 'shared/bias']);
      const program = await compile({ y }, { backend: 'cpu' });
      await program.variables.set('shared/kernel', [
        [1, 2],
        [0, 1],
      ]);
      await program.variables.set('shared/bias', [1, 0]);
      expect((await program.run({ x: [[1, 1]] })).y.array()).to.deep.equal([[3, 7]]);
      program.dispose();
      expect(() => layers.dense(x, { ...options, units: 3 })).to.throw(GraphError, 'cannot be shared');
      expect(() => layers.dense(x, { units: 2, share: true })).to.throw(AttributeError, "dense: 'share'");
    });

    it('and leave them alone where they are not trained', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      const frozen = layers.dense(x, { units: 2, trainable: false });
      const y = sum(layers.dense(frozen, { units: 1 }));
      expect(g.variables().map((v) => v.node.attrs.trainable)).to.deep.equal([false, false, true, true]);
      const step = await compile({ y }, { backend: 'cpu', updates: sgd({ learningRate: 0.1 }).minimize(y) });
      const all = () => Promise.all(g.variables().map(async (v) => [...(await step.variables.get(v.node.label)).data]));
      const before = await all();
      await step.run({ x: [[1, 2]] });
      const after = await all();
      expect(after.slice(0, 2)).to.deep.equal(before.slice(0, 2));
      expect(after[2]).not.to.deep.equal(before[2]);
      expect(after[3]).not.to.deep.equal(before[3]);
      step.dispose();
    });
  });

  describe('tell their variables', () => {
    const shapes = (given: Parameters<typeof layers.variablesOf>[0]) =>
      Object.fromEntries(Object.entries(layers.variablesOf(given)).map(([name, v]) => [name, [...v.shape]]));
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 4, 3]);
    const images = g.placeholder('images', ['$n', 4, 4, 2]);
    const cell = { kernel: [3, 8], recurrentKernel: [2, 8], bias: [8] };
    const prefixed = (name: string) => Object.fromEntries(Object.entries(cell).map(([k, v]) => [`${name}/${k}`, v]));
    const LAYERS: Record<string, [Parameters<typeof layers.variablesOf>[0], Record<string, number[]>]> = {
      dense: [layers.dense(x, { units: 2, activation: tanh }), { kernel: [3, 2], bias: [2] }],
      'dense without a bias': [layers.dense(x, { units: 2, useBias: false }), { kernel: [3, 2] }],
      separableConv2d: [
        layers.separableConv2d(images, { filters: 3, kernelSize: 2 }),
        { depthwiseKernel: [2, 2, 2, 1], pointwiseKernel: [1, 1, 2, 3], bias: [3] },
      ],
      lstm: [layers.lstm(x, { units: 2 }), cell],
      'the value of lstm': [layers.lstm(x, { units: 2 }).y, cell],
      bidirectional: [
        layers.bidirectional(x, { layer: layers.lstm, units: 2, returnSequences: true }),
        { ...prefixed('forward'), ...prefixed('backward') },
      ],
      batchNormalization: [
        layers.batchNormalization(x, { training: true }),
        { gamma: [3], beta: [3], movingMean: [3], movingVariance: [3] },
      ],
    };
    for (const [name, [given, expected]] of Object.entries(LAYERS))
      it(name, () => expect(shapes(given)).to.deep.equal(expected));

    it('to share, freeze, penalise and look at', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      const options = { units: 2, name: 'twice', share: true };
      const h = layers.dense(x, options);
      const again = layers.dense(h, options);
      expect(layers.variablesOf(again)).to.deep.equal(layers.variablesOf(h));
      const y = sum(layers.dense(again, { units: 1 }));
      const optimizer = sgd({ learningRate: 0.1, frozen: layers.variablesOf(h) });
      expect(optimizer.minimize(y).map((u) => u.variable.label)).to.deep.equal(['dense/kernel', 'dense/bias']);
      const program = await compile({ y }, { backend: 'cpu' });
      expect((await program.variables.get(layers.variablesOf(h).kernel!)).shape).to.deep.equal([2, 2]);
      await program.variables.set(layers.variablesOf(h).bias!, [5, 6]);
      expect([...(await program.variables.get('twice/bias')).data]).to.deep.equal([5, 6]);
      expect(await program.variables.get(y).catch((e: unknown) => e)).to.be.instanceOf(VariableError);
      program.dispose();
    });

    it('and say where there are none', () => {
      expect(() => layers.variablesOf(x)).to.throw(
        GraphError,
        "variablesOf: 'x' is not what a layer with variables gave",
      );
      expect(() => layers.variablesOf(layers.flatten(x))).to.throw(GraphError, 'variablesOf');
    });
  });

  describe('take regularizers', () => {
    const { l1, l2, l1l2 } = layers.regularizers;
    const w = [1, -2, 3];
    for (const [name, regularizer, expected, theirs] of [
      ['l1', l1(), 0.06, () => tf.regularizers.l1({ l1: 0.01 })],
      ['l2', l2({ l2: 0.1 }), 1.4, () => tf.regularizers.l2({ l2: 0.1 })],
      ['l1l2', l1l2(), 0.2, () => tf.regularizers.l1l2()],
      ['l1l2 of one', l1l2({ l1: 0, l2: 1 }), 14, () => tf.regularizers.l1l2({ l1: 0, l2: 1 })],
    ] as const) {
      it(`${name}: the penalty of tf's`, async () => {
        const g = new Graph();
        const value = (await evaluate(regularizer(g.constant(w)), {}, { backend: 'cpu' })).item();
        expect(value).to.be.closeTo(expected, 1e-6);
        await useTf('cpu');
        expect(value).to.be.closeTo(theirs().apply(tf.tensor(w)).dataSync()[0]!, 1e-6);
      });
    }

    // every regularizer of every layer, each with another factor, so that the sum tells which were there
    const half = (factor: number): layers.Regularizer => l2({ l2: factor });
    type Build = (x: Sym, options: Record<string, layers.Regularizer>) => Sym;
    const REGULARIZED: Record<string, [readonly (number | string)[], Build, Record<string, readonly string[]>]> = {
      dense: [['$n', 3], (x, o) => layers.dense(x, { units: 2, ...o }), { kernel: ['kernel'], bias: ['bias'] }],
      conv1d: [
        ['$n', 4, 2],
        (x, o) => layers.conv1d(x, { filters: 2, kernelSize: 2, ...o }),
        { kernel: ['kernel'], bias: ['bias'] },
      ],
      conv2d: [
        image,
        (x, o) => layers.conv2d(x, { filters: 2, kernelSize: 2, ...o }),
        { kernel: ['kernel'], bias: ['bias'] },
      ],
      conv3d: [
        ['$n', 2, 2, 2, 1],
        (x, o) => layers.conv3d(x, { filters: 2, kernelSize: 2, ...o }),
        { kernel: ['kernel'], bias: ['bias'] },
      ],
      conv2dTranspose: [
        image,
        (x, o) => layers.conv2dTranspose(x, { filters: 2, kernelSize: 2, ...o }),
        { kernel: ['kernel'], bias: ['bias'] },
      ],
      depthwiseConv2d: [
        image,
        (x, o) => layers.depthwiseConv2d(x, { kernelSize: 2, ...o }),
        { depthwise: ['depthwiseKernel'], bias: ['bias'] },
      ],
      separableConv2d: [
        image,
        (x, o) => layers.separableConv2d(x, { filters: 2, kernelSize: 2, ...o }),
        { depthwise: ['depthwiseKernel'], pointwise: ['pointwiseKernel'], bias: ['bias'] },
      ],
      simpleRNN: [
        steps,
        (x, o) => layers.simpleRNN(x, { units: 2, ...o }).y,
        { kernel: ['kernel'], recurrent: ['recurrentKernel'], bias: ['bias'] },
      ],
      lstm: [
        steps,
        (x, o) => layers.lstm(x, { units: 2, ...o }).y,
        { kernel: ['kernel'], recurrent: ['recurrentKernel'], bias: ['bias'] },
      ],
      gru: [
        steps,
        (x, o) => layers.gru(x, { units: 2, ...o }).y,
        { kernel: ['kernel'], recurrent: ['recurrentKernel'], bias: ['bias', 'recurrentBias'] },
      ],
      bidirectional: [
        steps,
        (x, o) => layers.bidirectional(x, { layer: layers.lstm, units: 2, ...o }).y,
        { kernel: ['forward/kernel', 'backward/kernel'], bias: ['forward/bias', 'backward/bias'] },
      ],
      batchNormalization: [['$n', 3], (x, o) => layers.batchNorm(x, o).y, { gamma: ['gamma'], beta: ['beta'] }],
      layerNormalization: [['$n', 3], (x, o) => layers.layerNorm(x, o), { gamma: ['gamma'], beta: ['beta'] }],
      groupNormalization: [
        ['$n', 4],
        (x, o) => layers.groupNormalization(x, { groups: 2, ...o }),
        { gamma: ['gamma'], beta: ['beta'] },
      ],
      multiHeadAttention: [
        steps,
        (x, o) => layers.multiHeadAttention(x, x, { numHeads: 2, keyDim: 2, ...o }),
        {
          kernel: ['query/kernel', 'key/kernel', 'value/kernel', 'output/kernel'],
          bias: ['query/bias', 'key/bias', 'value/bias', 'output/bias'],
        },
      ],
    };
    for (const [kind, [shape, build, of]] of Object.entries(REGULARIZED)) {
      it(`${kind}: of each variable and of the activity; an optimizer wants them in its loss`, async () => {
        const g = new Graph();
        const options = Object.fromEntries(
          [...Object.keys(of), 'activity'].map((name, i) => [`${name}Regularizer`, half(2 ** -i)]),
        );
        const y = build(g.placeholder('x', shape), options);
        const loss = sum(y);
        expect(() => sgd({ learningRate: 1 }).minimize(loss)).to.throw(GraphError, 'minimize regularized(loss)');
        const whole = layers.regularized(loss);
        expect(layers.regularized(whole), 'once').to.equal(whole);
        expect(sgd({ learningRate: 1 }).minimize(whole)).not.to.equal(undefined);
        const point = drawPoint(g, DIMS);
        const program = await compile({ y, loss, whole }, { backend: 'cpu' });
        const values = await runAt(program, point);
        program.dispose();
        const squares = (data: ArrayLike<number>): number => Array.from(data).reduce((s, v) => s + v * v, 0);
        const expected = Object.values(of).map(
          (list, i) => 2 ** -i * list.reduce((s, w) => s + squares(point[`${kind}/${w}`]!.data), 0),
        );
        const activity = (2 ** -expected.length * squares(values.y.data)) / DIMS.n;
        const penalty = expected.reduce((s, v) => s + v, activity);
        expect(values.whole.item() - values.loss.item()).to.be.closeTo(penalty, 1e-4 * (1 + penalty));
      });
    }

    it('embedding too', () => {
      const g = new Graph();
      const y = layers.embedding(g.placeholder('ids', ['$n'], 'int32'), {
        inputDim: 3,
        outputDim: 2,
        embeddingsRegularizer: l1(),
      });
      expect(() => sgd({ learningRate: 1 }).minimize(sum(y))).to.throw(GraphError, 'penalty of embedding/embeddings');
    });

    it('multiHeadAttention: by projection', () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2, 3]);
      const y = layers.multiHeadAttention(x, x, { numHeads: 1, keyDim: 2, kernelRegularizer: { value: l1() } });
      expect(() => sgd({ learningRate: 1 }).minimize(sum(y))).to.throw(
        GraphError,
        'leaves out the penalty of multiHeadAttention/value/kernel; minimize',
      );
    });

    it('a layer that is built for training and for use has its penalty once, and its own activity', async () => {
      const g = new Graph();
      const [x, other] = [g.placeholder('x', ['$n', 2]), g.placeholder('other', ['$n', 2])];
      const options = {
        units: 1,
        name: 'd',
        share: true,
        kernelInitializer: 1,
        kernelRegularizer: l2({ l2: 1 }),
        activityRegularizer: l1({ l1: 1 }),
      };
      const loss = layers.regularized(sum(layers.dense(x, options)));
      layers.dense(other, options);
      const program = await compile({ loss }, { backend: 'cpu', updates: sgd({ learningRate: 0 }).minimize(loss) });
      // 1 + 2 + 3 + 4, and the kernel's 1 + 1, and half of |3| + |7|
      expect((await program.run({ x: [[1, 2], [3, 4]] })).loss.item()).to.equal(17); // biome-ignore format: one row
      program.dispose();
    });

    it('what is not trained needs no penalty, and what the loss does not depend on neither', () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      const frozen = layers.dense(x, { units: 2, name: 'a', trainable: false, kernelRegularizer: l2() });
      layers.dense(x, { units: 2, name: 'b', kernelRegularizer: l2() });
      const loss = sum(layers.dense(frozen, { units: 1, name: 'c' }));
      expect(sgd({ learningRate: 1 }).minimize(loss)).to.have.lengthOf(2);
      const d = layers.dense(x, { units: 2, name: 'd', kernelRegularizer: l2() });
      const { kernel, bias } = layers.variablesOf(d) as Record<'kernel' | 'bias', Sym>;
      expect(sgd({ learningRate: 1 }).minimize(sum(d), [bias])).to.have.lengthOf(1);
      expect(() => sgd({ learningRate: 1 }).minimize(sum(d), [kernel])).to.throw(GraphError, 'd/kernel');
    });

    it('and refuse what is none, before any variable is made', () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      expect(() => layers.dense(x, { units: 1, biasRegularizer: 'l2' as never })).to.throw(
        AttributeError,
        "dense: biasRegularizer is a function such as regularizers.l2(), of 'retrograph/layers', not 'l2'",
      );
      expect(g.variables()).to.deep.equal([]);
      const y = g.placeholder('y', ['$n', 2, 2]);
      expect(() =>
        layers.multiHeadAttention(y, y, { numHeads: 1, keyDim: 1, biasRegularizer: { key: 'l2' as never } }),
      ).to.throw(AttributeError, "the regularizer of 'multiHeadAttention/key/bias' is a function");
      expect(() => layers.dense(x, { units: 1, kernelRegularizer: (k) => k })).to.throw(ShapeError, 'a float32 scalar');
    });
  });

  describe('take a value of no graph', () => {
    const noise = () => randomUniform([4, 3]);
    const sequence = () => randomUniform([4, 2, 3]);
    const pictures = () => randomUniform([2, 4, 4, 2]);
    type Free = (options: layers.LayerOptions) => Sym;
    const FREE: Record<string, Free> = {
      dense: (o) => layers.dense(noise(), { units: 2, ...o }),
      conv1d: (o) => layers.conv1d(sequence(), { filters: 2, kernelSize: 2, padding: 'causal', ...o }),
      conv2d: (o) => layers.conv2d(pictures(), { filters: 2, kernelSize: 2, ...o }),
      depthwiseConv2d: (o) => layers.depthwiseConv2d(pictures(), { kernelSize: 2, ...o }),
      separableConv2d: (o) => layers.separableConv2d(pictures(), { filters: 2, kernelSize: 2, ...o }),
      conv2dTranspose: (o) => layers.conv2dTranspose(pictures(), { filters: 2, kernelSize: 2, ...o }),
      conv3d: (o) => layers.conv3d(randomUniform([1, 2, 2, 2, 1]), { filters: 1, kernelSize: 2, ...o }),
      embedding: (o) => layers.embedding(constant([1, 2], 'int32'), { inputDim: 3, outputDim: 2, ...o }),
      simpleRNN: (o) => layers.simpleRNN(sequence(), { units: 2, ...o }).y,
      lstm: (o) => layers.lstm(sequence(), { units: 2, ...o }).y,
      gru: (o) => layers.gru(sequence(), { units: 2, ...o }).y,
      bidirectional: (o) => layers.bidirectional(sequence(), { layer: layers.gru, units: 2, ...o }).y,
      batchNormalization: (o) => layers.batchNormalization(noise(), { training: true, ...o }).y,
      layerNormalization: (o) => layers.layerNormalization(noise(), o),
      groupNormalization: (o) => layers.groupNormalization(noise(), { groups: 3, ...o }),
      multiHeadAttention: (o) => {
        const x = sequence();
        return layers.multiHeadAttention(x, x, { numHeads: 1, keyDim: 2, ...o });
      },
    };
    for (const [kind, build] of Object.entries(FREE)) {
      it(kind, async () => {
        const [given, around, none] = [new Graph(), new Graph(), new Graph()];
        const values = [build({ graph: given }), around.scope('net', () => build({}))];
        expect(values.map((v) => v.node.graph)).to.deep.equal([given, around]);
        expect(around.variables().map((v) => v.label)).to.deep.equal(given.variables().map((v) => `net/${v.label}`));
        expect(() => build({}))
          .to.throw(GraphError, /^\w+: its input belongs to no graph/)
          .with.property('message')
          .includes('{ graph }');
        const program = await compile({ y: values[0]! }, { backend: 'cpu' });
        expect((await program.run()).y.data.every((v: number) => Number.isFinite(v))).to.equal(true);
        program.dispose();
        expect(none.nodes).to.have.lengthOf(0);
      });
    }

    it("a GAN's generator: noise in the graph of its discriminator", async () => {
      const graph = new Graph();
      const real = graph.placeholder('real', ['$n', 2]);
      const judge = (x: Sym) => layers.dense(x, { units: 1, name: 'judge', share: true });
      const fake = layers.dense(randomUniform([4, 3]), { units: 2, name: 'generator', graph });
      const loss = sub(sum(judge(fake)), sum(judge(real)));
      const program = await compile({ loss }, { backend: 'wasm', updates: sgd({ learningRate: 0.01 }).minimize(loss) });
      const losses = [await program.run({ real: [[1, 2]] }), await program.run({ real: [[1, 2]] })];
      expect(losses[0]!.loss.item()).not.to.equal(losses[1]!.loss.item());
      program.dispose();
    });

    it('beside operands of a graph, or of another than is given', () => {
      const g = new Graph();
      const free = randomUniform([4, 2, 3]);
      const state = g.placeholder('state', [4, 2]);
      expect(layers.gru(free, { units: 2, initialState: [state] }).y.node.graph).to.equal(g);
      const values = g.placeholder('values', [4, 5, 3]);
      expect(layers.multiHeadAttention(free, values, { numHeads: 1, keyDim: 2 }).node.graph).to.equal(g);
      expect(() => layers.dense(state, { units: 1, graph: new Graph() })).to.throw(GraphError, 'another graph');
      expect(layers.dense(state, { units: 1, graph: g }).node.graph).to.equal(g);
    });

    it('layers without variables need no graph', () => {
      for (const y of [
        layers.flatten(pictures()),
        layers.maxPooling2d(pictures()),
        layers.globalAveragePooling1d(sequence()),
        layers.dropout(noise(), { rate: 0.5, training: true }),
        layers.upSampling2d(pictures(), { interpolation: 'bilinear' }),
        layers.repeatVector(noise(), { n: 2 }),
      ])
        expect(y.node.graph).to.equal(undefined);
    });
  });

  it('are what map maps, too', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2, 3]);
    const options = { units: 2, name: 'shared', share: true };
    const y = layers.dense(x, options);
    const mapped = map(x, (rows) => layers.dense(rows, options));
    const program = await compile({ y, mapped }, { backend: 'wasm' });
    const values = await runAt(program, drawPoint(g, DIMS));
    expectClose(values.mapped.data, [...values.y.data]);
    program.dispose();
  });

  describe('start from the values of Keras', () => {
    async function firstOf(build: (g: Graph) => void): Promise<Record<string, HostTensor>> {
      const g = new Graph();
      build(g);
      const program = await compile(Object.fromEntries(g.variables().map((v) => [v.node.label, v])), {
        backend: 'cpu',
        seed: 4,
      });
      const feeds = Object.fromEntries([...program.placeholders.keys()].map((name) => [name, 0]));
      const values = await program.run(feeds);
      program.dispose();
      return values;
    }
    /** Inside of the limits, near to them, and centred. */
    function expectUniform({ data }: HostTensor, limit: number): void {
      const values = [...data];
      const largest = Math.max(...values.map(Math.abs));
      expect(largest).to.be.within(0.97 * limit, limit);
      expect(values.reduce((s, v) => s + v, 0) / values.length).to.be.closeTo(0, 0.1 * limit);
      const variance = values.reduce((s, v) => s + v * v, 0) / values.length;
      expect(variance).to.be.closeTo(limit ** 2 / 3, 0.1 * limit ** 2);
    }
    const all = ({ data }: HostTensor, value: number) => expect([...data].every((v) => v === value)).to.equal(true);

    it('kernels: Glorot and Bengio; biases: zeros', async () => {
      const values = await firstOf((g) => {
        layers.dense(g.placeholder('a', ['$n', 20]), { units: 30 });
        layers.conv2d(g.placeholder('b', ['$n', 9, 9, 4]), { filters: 8, kernelSize: 3 });
        layers.conv2dTranspose(g.placeholder('c', ['$n', 9, 9, 4]), { filters: 8, kernelSize: 3 });
        layers.depthwiseConv2d(g.placeholder('d', ['$n', 9, 9, 8]), { kernelSize: 5, depthMultiplier: 4 });
        layers.gru(g.placeholder('e', ['$n', 2, 20]), { units: 10 });
      });
      expectUniform(values['dense/kernel']!, Math.sqrt(6 / 50));
      expectUniform(values['conv2d/kernel']!, Math.sqrt(6 / (9 * 12)));
      expectUniform(values['conv2dTranspose/kernel']!, Math.sqrt(6 / (9 * 12)));
      expectUniform(values['depthwiseConv2d/depthwiseKernel']!, Math.sqrt(6 / (25 * 12)));
      expectUniform(values['gru/kernel']!, Math.sqrt(6 / 50));
      for (const name of ['dense/bias', 'conv2d/bias', 'depthwiseConv2d/bias', 'gru/bias', 'gru/recurrentBias'])
        all(values[name]!, 0);
    });

    it('embeddings: within 0.05', async () => {
      const values = await firstOf((g) => {
        layers.embedding(g.placeholder('ids', ['$n'], 'int32'), { inputDim: 50, outputDim: 20 });
      });
      expectUniform(values['embedding/embeddings']!, 0.05);
    });

    it('recurrent kernels: orthogonal; the forget gate: 1', async () => {
      const values = await firstOf((g) => {
        layers.lstm(g.placeholder('x', ['$n', 2, 3]), { units: 3 });
        layers.lstm(g.placeholder('y', ['$n', 2, 3]), { units: 2, unitForgetBias: false });
      });
      const rows = values['lstm/recurrentKernel']!.array() as number[][];
      const products = rows.flatMap((a) => rows.map((b) => a.reduce((s, v, i) => s + v * b[i]!, 0)));
      expectClose(products, [1, 0, 0, 0, 1, 0, 0, 0, 1]);
      expect([...values['lstm/bias']!.data]).to.deep.equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
      all(values['lstm_1/bias']!, 0);
    });

    it('normalization: scale 1, offset 0, averages 0 and 1', async () => {
      const values = await firstOf((g) => {
        const x = g.placeholder('x', ['$n', 3]);
        layers.batchNorm(x);
        layers.layerNorm(x);
      });
      for (const [name, value] of Object.entries(values))
        all(value, name.endsWith('gamma') || name.endsWith('movingVariance') ? 1 : 0);
    });

    it('each projection of attention from its own', async () => {
      const values = await firstOf((g) => {
        const x = g.placeholder('x', ['$n', 2, 3]);
        layers.multiHeadAttention(x, x, {
          numHeads: 2,
          keyDim: 2,
          kernelInitializer: { query: 2, output: ones() },
          biasInitializer: { key: constantly({ value: 5 }) },
          useBias: { value: false },
        });
      });
      all(values['multiHeadAttention/query/kernel']!, 2);
      all(values['multiHeadAttention/output/kernel']!, 1);
      all(values['multiHeadAttention/key/bias']!, 5);
      all(values['multiHeadAttention/query/bias']!, 0);
      expect(values).not.to.have.property('multiHeadAttention/value/bias');
      expect(new Set(values['multiHeadAttention/key/kernel']!.data).size).to.be.above(5);
    });

    it('or from those that are given', async () => {
      const values = await firstOf((g) => {
        layers.dense(g.placeholder('x', ['$n', 2]), {
          units: 2,
          kernelInitializer: [
            [1, 2],
            [3, 4],
          ],
          biasInitializer: constantly({ value: 5 }),
        });
        layers.lstm(g.placeholder('y', ['$n', 2, 3]), { units: 2, biasInitializer: ones() });
        layers.gru(g.placeholder('z', ['$n', 2, 3]), { units: 2, recurrentInitializer: zeros(), biasInitializer: 2 });
        layers.batchNorm(g.placeholder('w', ['$n', 2]), { movingMeanInitializer: 3, gammaInitializer: 4 });
      });
      expect([...values['dense/kernel']!.data]).to.deep.equal([1, 2, 3, 4]);
      for (const [name, value] of Object.entries({
        'dense/bias': 5,
        'lstm/bias': 1,
        'gru/recurrentKernel': 0,
        'gru/bias': 2,
        'gru/recurrentBias': 2,
        'batchNormalization/movingMean': 3,
        'batchNormalization/gamma': 4,
      }))
        all(values[name]!, value);
    });
  });

  describe('batchNormalization', () => {
    for (const backend of ['cpu', 'wasm']) {
      it(`moves its averages as tfjs-layers does, on ${backend}`, async () => {
        const g = new Graph();
        const x = g.placeholder('x', ['$n', 2, 3]);
        const { y, updates } = layers.batchNormalization(x, { training: true, momentum: 0.9 });
        expect(updates.map((u) => u.variable.node.label)).to.deep.equal([
          'batchNormalization/movingMean',
          'batchNormalization/movingVariance',
        ]);
        const point = drawPoint(g, { n: 4 });
        const step = await compile({ y }, { backend, updates });
        await runAt(step, point);
        await useTf('cpu');
        const layer = tf.layers.batchNormalization({ momentum: 0.9 });
        layer.build([4, 2, 3]);
        layer.setWeights(
          NORM.map((w) => {
            const { data, shape } = point[`batchNormalization/${w}`]!;
            return tf.tensor(data as Float32Array, [...shape]);
          }),
        );
        layer.apply(tf.tensor(point.x!.data as Float32Array, [4, 2, 3]), { training: true });
        for (const [i, w] of NORM.entries())
          expectClose((await step.variables.get(`batchNormalization/${w}`)).data, [
            ...layer.getWeights()[i]!.dataSync(),
          ]);
        step.dispose();
      });
    }

    it('moves nothing in use, and shares its variables with training', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 1]);
      const options = { name: 'norm', share: true, momentum: 0, epsilon: 0 };
      const trained = layers.batchNorm(x, { ...options, training: true });
      const used = layers.batchNorm(x, options);
      expect(used.updates).to.deep.equal([]);
      const step = await compile({ y: trained.y }, { backend: 'cpu', updates: trained.updates });
      const use = await compile({ y: used.y }, { variables: step.variables });
      const batch = { x: [[1], [3]] };
      expectClose((await use.run(batch)).y.data, [1, 3]);
      expectClose((await step.run(batch)).y.data, [-1, 1]);
      // momentum 0: the averages are the moments of the last batch, of mean 2 and variance 1
      expectClose((await use.run({ x: [[2], [4]] })).y.data, [0, 2]);
      step.dispose();
      use.dispose();
    });
  });

  describe('dropout', () => {
    it('in use, is its input', () => {
      const x = new Graph().placeholder('x', ['$n', 4]);
      expect(layers.dropout(x, { rate: 0.5 })).to.equal(x);
    });

    for (const backend of ['cpu', 'wasm']) {
      it(`in training, drops its share and scales up the others, on ${backend}`, async () => {
        const g = new Graph();
        const x = g.placeholder('x', ['$n', 100]);
        const y = layers.dropout(x, { rate: 0.25, training: true });
        const columns = layers.dropout(x, { rate: 0.5, noiseShape: [1, 100], training: true });
        const program = await compile({ y, columns }, { backend, seed: 1 });
        const feeds = { x: new Float32Array(2000).fill(3) };
        const first = await program.run(feeds);
        expect([...new Set(first.y.data)].sort()).to.deep.equal([0, 4]);
        expect([...first.y.data].filter((v) => v === 0).length / 2000).to.be.closeTo(0.25, 0.03);
        const [top, ...others] = first.columns.array() as number[][];
        for (const row of others) expect(row).to.deep.equal(top);
        expect([...new Set(top)].sort()).to.deep.equal([0, 6]);
        expect([...(await program.run(feeds)).y.data]).not.to.deep.equal([...first.y.data]);
        program.dispose();
      });
    }

    it('of attention, only in training', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 3, 4]);
      const options = { numHeads: 2, keyDim: 2, name: 'mha', share: true, dropout: 0.5 };
      const used = layers.multiHeadAttention(x, x, options);
      const trained = layers.multiHeadAttention(x, x, { ...options, training: true });
      const program = await compile({ used, trained }, { backend: 'cpu' });
      const point = drawPoint(g, { n: 2 });
      const [first, second] = [await runAt(program, point), await runAt(program, point)];
      expect([...first.used.data]).to.deep.equal([...second.used.data]);
      expect([...first.trained.data]).not.to.deep.equal([...second.trained.data]);
      program.dispose();
    });
  });

  describe('recurrent layers', () => {
    const KINDS = {
      simpleRNN: (x: Sym, options: layers.RecurrentOptions) => layers.simpleRNN(x, options),
      lstm: (x: Sym, options: layers.RecurrentOptions) => layers.lstm(x, options),
      gru: (x: Sym, options: layers.RecurrentOptions) => layers.gru(x, options),
    };

    for (const [name, build] of Object.entries(KINDS)) {
      it(`${name}: goes on from a state as if it had never stopped`, async () => {
        const g = new Graph();
        const whole = g.placeholder('whole', ['$n', 4, 3]);
        const [early, late] = [g.placeholder('early', ['$n', 2, 3]), g.placeholder('late', ['$n', 2, 3])];
        const options = { units: 2, name: 'cell', share: true };
        const { y, state } = build(whole, options);
        const first = build(early, options);
        const then = build(late, { ...options, initialState: first.state });
        expect(state[0]).to.equal(y);
        const program = await compile(
          {
            ...Object.fromEntries(state.map((s, i) => [`whole${i}`, s])),
            ...Object.fromEntries(then.state.map((s, i) => [`parts${i}`, s])),
          },
          { backend: 'wasm' },
        );
        const point = drawPoint(g, { n: 3 });
        const halves = [0, 1].map((half) => ({
          data: Float32Array.from({ length: 18 }, (_, i) => {
            const [row, rest] = [Math.floor(i / 6), i % 6];
            return point.whole!.data[12 * row + 6 * half + rest]!;
          }),
          shape: [3, 2, 3],
          dtype: 'float32' as const,
        }));
        const values = (await runAt(program, { ...point, early: halves[0]!, late: halves[1]! })) as Record<
          string,
          HostTensor
        >;
        for (const i of state.keys()) expectClose(values[`parts${i}`]!.data, [...values[`whole${i}`]!.data]);
        program.dispose();
      });

      it(`${name}: the last of its sequence is its output, and its state`, async () => {
        const g = new Graph();
        const x = g.placeholder('x', ['$n', 3, 2]);
        const options = { units: 2, name: 'cell', share: true };
        const last = build(x, options).y;
        const sequence = build(x, { ...options, returnSequences: true });
        const program = await compile({ last, all: sequence.y, state: sequence.state[0]! }, { backend: 'cpu' });
        const values = await runAt(program, drawPoint(g, { n: 2 }));
        const ends = (values.all.array() as number[][][]).map((rows) => rows.at(-1));
        expect(ends).to.deep.equal(values.last.array());
        expect(ends).to.deep.equal(values.state.array());
        program.dispose();
      });
    }

    for (const [name, build] of Object.entries(KINDS)) {
      it(`${name}: drops features of the input, the same in all steps, and only in training`, async () => {
        const g = new Graph();
        const x = g.placeholder('x', ['$n', 3, 6]);
        const options = { units: 4, name: 'cell', share: true, returnSequences: true };
        const outputs = {
          plain: build(x, options).y,
          used: build(x, { ...options, dropout: 0.5, recurrentDropout: 0.5 }).y,
          all: build(x, { ...options, dropout: 0.5, training: true }).y,
          inner: build(x, { ...options, recurrentDropout: 0.5, training: true }).y,
        };
        const program = await compile(outputs, { backend: 'cpu', seed: 3 });
        // one example, many times over: whatever differs between rows is the draw
        const row = Float32Array.from({ length: 18 }, (_, i) => Math.sin(i + 1));
        const rows = Float32Array.from({ length: 18 * 400 }, (_, i) => row[i % 18]!);
        const { plain, used, all, inner } = await program.run({ x: rows });
        expect([...used.data]).to.deep.equal([...plain.data]);
        const at = (values: HostTensor, step: number) =>
          Array.from({ length: 400 }, (_, r) => values.data[12 * r + 4 * step]!.toFixed(5));
        // six features that are there or not: at most 2^6 values, and more than a few
        expect(new Set(at(all, 0)).size).to.be.within(30, 64);
        expect(new Set(at(all, 2)).size, 'the same features in all steps').to.be.within(30, 64);
        expect(new Set(at(inner, 0)).size, 'nothing is dropped of the first state, zeros').to.equal(1);
        expect(new Set(at(inner, 1)).size, 'four units of the state').to.be.within(8, 16);
        expect(new Set(at(inner, 2)).size, 'the same units in all steps').to.be.within(8, 16);
        program.dispose();
      });
    }

    it('bidirectional: both directions, and their states', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 3, 2]);
      const initialState = ['a', 'b', 'c', 'd'].map((name) => g.placeholder(name, ['$n', 2]));
      const both = layers.bidirectional(x, {
        layer: layers.lstm,
        units: 2,
        returnSequences: true,
        mergeMode: 'ave',
        initialState,
      });
      const own = (name: string, goBackwards: boolean, from: number) =>
        g.scope('bidirectional', () =>
          layers.lstm(x, {
            units: 2,
            name,
            share: true,
            goBackwards,
            returnSequences: true,
            initialState: initialState.slice(from, from + 2),
          }),
        );
      const [first, second] = [own('forward', false, 0), own('backward', true, 2)];
      expect(both.forward).to.equal(first.y);
      expect(both.state).to.deep.equal([...first.state, ...second.state]);
      const program = await compile(
        { y: both.y, forward: first.y, backward: both.backward, raw: second.y },
        { backend: 'wasm' },
      );
      const values = await runAt(program, drawPoint(g, DIMS));
      const steps3 = (t: HostTensor) => t.array() as number[][][];
      expect(steps3(values.backward)).to.deep.equal(steps3(values.raw).map((rows) => [...rows].reverse()));
      expectClose(
        values.y.data,
        [...values.forward.data].map((v, i) => (v + values.backward.data[i]!) / 2),
      );
      program.dispose();
    });

    it('lstm: states as tfjs-layers has them', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 3, 2]);
      const initialState = [g.placeholder('h', ['$n', 2]), g.placeholder('c', ['$n', 2])];
      const { state } = layers.lstm(x, { units: 2, initialState });
      const point = drawPoint(g, { n: 3 });
      await useTf('cpu');
      const tensor = (name: string) => tf.tensor(point[name]!.data as Float32Array, [...point[name]!.shape]);
      const layer = tf.layers.lstm({ units: 2, recurrentActivation: sigmoid, returnState: true });
      layer.apply(tensor('x'));
      layer.setWeights(CELL.map((w) => tensor(`lstm/${w}`)));
      const [, h, c] = layer.apply(tensor('x'), {
        initialState: [tensor('h'), tensor('c')],
      } as never) as unknown as Tensor[];
      const program = await compile({ h: state[0]!, c: state[1]! }, { backend: 'wasm' });
      const values = await runAt(program, point);
      expectClose(values.h.data, [...h!.dataSync()]);
      expectClose(values.c.data, [...c!.dataSync()]);
      program.dispose();
    });
  });

  describe('masks of attention', () => {
    for (const backend of ['cpu', 'wasm']) {
      it(`of a batch are for all heads, on ${backend}`, async () => {
        const g = new Graph();
        const x = g.placeholder('x', ['$n', 3, 4]);
        const mask = g.placeholder('mask', ['$n', 3, 3], 'bool');
        const own = g.placeholder('own', ['$n', 2, 3, 3], 'bool');
        const options = { numHeads: 2, keyDim: 2, name: 'mha', share: true };
        const program = await compile(
          {
            shared: layers.multiHeadAttention(x, x, { ...options, attentionMask: mask }),
            own: layers.multiHeadAttention(x, x, { ...options, attentionMask: own }),
            causal: layers.multiHeadAttention(x, x, { ...options, attentionMask: mask, useCausalMask: true }),
          },
          { backend },
        );
        // two examples, as there are two heads; the second of the first sees nothing
        const rows = [
          [1, 1, 0, 0, 0, 0, 1, 0, 1],
          [1, 0, 0, 1, 1, 1, 0, 1, 1],
        ];
        const bools = (data: readonly number[], shape: readonly number[]): HostValue => ({
          data: Uint8Array.from(data),
          shape,
          dtype: 'bool',
        });
        const point = drawPoint(
          g,
          { n: 2 },
          {
            mask: bools(rows.flat(), [2, 3, 3]),
            own: bools(
              rows.flatMap((row) => [...row, ...row]),
              [2, 2, 3, 3],
            ),
          },
        );
        const values = await runAt(program, point);
        const renamed = Object.fromEntries(
          Object.entries(point).map(([name, v]) => [name.replace('mha/', 'multiHeadAttention/'), v]),
        );
        const byHand = (mask: (named: Named) => Tensor) =>
          referenceOf((named) => attentionByHand(named.x!, named.x!, named.x!, named, mask(named)), renamed);
        const expected = await byHand((named) => tf.cast(named.mask!, 'float32'));
        expect([...values.shared.data].every(Number.isFinite)).to.equal(true);
        // where nothing is seen the weights are equal here, and tf's those of the scores: compare the rows that see something
        const seeing = (data: ArrayLike<number>) => Array.from(data).filter((_, i) => i < 4 || i >= 8);
        expectClose(seeing(values.shared.data), seeing(expected.data));
        expect([...values.own.data]).to.deep.equal([...values.shared.data]);
        const causal = await byHand((named) =>
          tf.mul(tf.cast(named.mask!, 'float32'), tf.linalg.bandPart(tf.ones([3, 3]), -1, 0)),
        );
        expectClose(seeing(values.causal.data), seeing(causal.data));
        program.dispose();
      });
    }
  });

  describe('refuse, and say which layer it is', () => {
    const g = new Graph();
    const rows = g.placeholder('rows', ['$n', 3]);
    const unknown = g.placeholder('unknown', ['$n', '$k']);
    const sequences = g.placeholder('sequences', ['$n', 4, 3]);
    const images = g.placeholder('images', ['$n', 4, 4, 2]);
    const state = g.placeholder('state', ['$n', 5]);
    const as = (v: unknown) => v as never;

    const REFUSED: Record<string, [() => unknown, new (...args: never[]) => Error, string]> = {
      'a width that is unknown': [() => layers.dense(unknown, { units: 2 }), ShapeError, 'dense: axis -1'],
      'channels that are unknown': [
        () => layers.conv2d(g.placeholder('c', ['$n', 4, 4, '$c']), { filters: 1, kernelSize: 2 }),
        ShapeError,
        'conv2d: axis -1',
      ],
      'steps that are unknown': [
        () => layers.lstm(g.placeholder('t', ['$n', '$t', 2]), { units: 2 }),
        ShapeError,
        'lstm: it is unrolled',
      ],
      'features that are unknown': [() => layers.batchNorm(unknown), ShapeError, 'batchNorm: axis -1'],
      'features of a query that are unknown': [
        () => {
          const q = g.placeholder('q', ['$n', 2, '$f']);
          return layers.multiHeadAttention(q, q, { numHeads: 1, keyDim: 1 });
        },
        ShapeError,
        'multiHeadAttention: axis -1',
      ],
      'a vector': [() => layers.dense(g.placeholder('v', [3]), { units: 2 }), ShapeError, 'dense: an input of rank 2'],
      'images where sequences are due': [() => layers.gru(images, { units: 2 }), ShapeError, 'gru: an input of rank 3'],
      'sequences where images are due': [
        () => layers.conv2d(sequences, { filters: 1, kernelSize: 2, dataFormat: 'channelsFirst' }),
        ShapeError,
        'conv2d: an input of rank 4 is expected, [batch, channels, height, width]',
      ],
      'pooling of rows': [() => layers.maxPooling1d(rows), ShapeError, 'maxPooling1d: an input of rank 3'],
      'global pooling of sequences as images': [
        () => layers.globalMaxPooling2d(sequences),
        ShapeError,
        'globalMaxPooling2d: an input of rank 4',
      ],
      'an axis that is not there': [() => layers.batchNorm(rows, { axis: 2 }), ShapeError, 'has no axis 2'],
      'an axis of several that is not there': [
        () => layers.layerNorm(rows, { axis: [1, -3] }),
        ShapeError,
        'layerNorm: its input [$n, 3] has no axis -3',
      ],
      'units that are no count': [() => layers.dense(rows, { units: 1.5 }), AttributeError, 'dense: units'],
      'filters that are no count': [
        () => layers.conv2d(images, { filters: 0, kernelSize: 2 }),
        AttributeError,
        'conv2d: filters',
      ],
      'heads that are no count': [
        () => layers.multiHeadAttention(sequences, sequences, { numHeads: 0, keyDim: 1 }),
        AttributeError,
        'multiHeadAttention: numHeads',
      ],
      'a width of values that is no count': [
        () => layers.multiHeadAttention(sequences, sequences, { numHeads: 1, keyDim: 1, valueDim: -1 }),
        AttributeError,
        'multiHeadAttention: valueDim',
      ],
      'a window of too many sizes': [
        () => layers.conv2d(images, { filters: 1, kernelSize: [1, 2, 3] }),
        AttributeError,
        'conv2d: kernelSize is one number or 2, not [1,2,3]',
      ],
      'a stride of 0': [
        () => layers.depthwiseConv2d(images, { kernelSize: 2, strides: 0 }),
        AttributeError,
        'depthwiseConv2d: strides',
      ],
      'a pool of half a step': [
        () => layers.averagePooling2d(images, { poolSize: 0.5 }),
        AttributeError,
        'averagePooling2d: poolSize',
      ],
      'a padding of another name': [
        () => layers.conv2d(images, { filters: 1, kernelSize: 2, padding: as('full') }),
        AttributeError,
        "conv2d: padding is 'valid' or 'same', not \"full\"",
      ],
      'a format as ops have it': [
        () => layers.maxPooling2d(images, { dataFormat: as('NCHW') }),
        AttributeError,
        "maxPooling2d: dataFormat is 'channelsLast' or 'channelsFirst'",
      ],
      'an activation by name': [
        () => layers.dense(rows, { units: 2, activation: as('relu') }),
        AttributeError,
        'dense: activation is a function such as relu',
      ],
      'a recurrent activation by name': [
        () => layers.lstm(sequences, { units: 2, recurrentActivation: as('sigmoid') }),
        AttributeError,
        'lstm: recurrentActivation is a function',
      ],
      'two words on a bias': [
        () => layers.lstm(sequences, { units: 2, unitForgetBias: true, biasInitializer: 0 }),
        AttributeError,
        "lstm: 'unitForgetBias'",
      ],
      'one state where there are two': [
        () => layers.lstm(sequences, { units: 5, initialState: [state] }),
        AttributeError,
        'lstm: 2 states, and 1',
      ],
      'a state of another width': [
        () => layers.gru(sequences, { units: 2, initialState: [state] }),
        ShapeError,
        'gru: a state is [batch, 2], and one that is given is [$n, 5]',
      ],
      'ids that are floats': [
        () => layers.embedding(rows, { inputDim: 2, outputDim: 2 }),
        DTypeError,
        'embedding: ids are int32',
      ],
      'a mask of floats': [
        () => layers.multiHeadAttention(sequences, sequences, { numHeads: 1, keyDim: 1, attentionMask: state }),
        DTypeError,
        'multiHeadAttention: its attentionMask is bool',
      ],
      'all that a recurrent layer gives': [
        () => layers.dense({ y: sequences, state: [] } as never, { units: 1 }),
        AttributeError,
        'dense: x is a Sym, not { y, state }: take its y',
      ],
      'an initializer by its name': [
        () => layers.dense(rows, { units: 1, kernelInitializer: as('glorotNormal') }),
        AttributeError,
        "initializer such as glorotNormal(), of 'retrograph/initializers', not 'glorotNormal'",
      ],
      'a direction that is no layer': [
        () => layers.bidirectional(sequences, { layer: as('lstm'), units: 2 }),
        AttributeError,
        'bidirectional: layer is a function',
      ],
      'a merge of another name': [
        () => layers.bidirectional(sequences, { layer: layers.lstm, units: 2, mergeMode: as('average') }),
        AttributeError,
        "bidirectional: mergeMode is 'concat' or 'sum' or 'mul' or 'ave'",
      ],
      'groups that do not divide': [
        () => layers.groupNormalization(rows, { groups: 2 }),
        AttributeError,
        'groupNormalization: 2 groups do not divide 3 features',
      ],
      'groups of examples': [
        () => layers.groupNormalization(g.placeholder('known', [4, 2]), { groups: 2, axis: 0 }),
        AttributeError,
        'groupNormalization: axis 0 is the batch',
      ],
      'groups by default of few features': [
        () => layers.groupNormalization(rows),
        AttributeError,
        'groupNormalization: 32 groups do not divide 3 features',
      ],
      'no repetition': [
        () => layers.repeatVector(rows, { n: 0 }),
        AttributeError,
        'repeatVector: n is a positive integer',
      ],
      'a repeated sequence': [
        () => layers.repeatVector(sequences, { n: 2 }),
        ShapeError,
        'repeatVector: an input of rank 2',
      ],
      'an interpolation of another name': [
        () => layers.upSampling2d(images, { interpolation: as('cubic') }),
        AttributeError,
        "upSampling2d: interpolation is 'nearest' or 'bilinear'",
      ],
      'a projection of another name': [
        () => layers.multiHeadAttention(sequences, sequences, { numHeads: 1, keyDim: 1, useBias: as({ out: true }) }),
        AttributeError,
        "multiHeadAttention: projections are query, key, value, output, not 'out'",
      ],
      'a rate of 1, of the steps': [
        () => layers.lstm(sequences, { units: 2, recurrentDropout: 1 }),
        AttributeError,
        'a rate of 1',
      ],
      'a rate of 1': [() => layers.dropout(rows, { rate: 1 }), AttributeError, 'dropout: a rate of 1'],
      'a rate below 0, of attention': [
        () => layers.multiHeadAttention(sequences, sequences, { numHeads: 1, keyDim: 1, dropout: -0.1 }),
        AttributeError,
        'a rate of -0.1',
      ],
      'a value of no graph': [
        () => layers.dense(as([[1, 2]]), { units: 2 }),
        AttributeError,
        'dense: x is a Sym, not [[',
      ],
    };
    for (const [name, [build, type, message]] of Object.entries(REFUSED)) {
      it(name, () => {
        const before = g.variables().length;
        const error = caught(build);
        expect(error).to.be.instanceOf(type);
        expect(error.message).to.include(message);
        expect(g.variables(), 'no variable is left behind').to.have.lengthOf(before);
      });
    }

    it('an id that is none, when it is run', async () => {
      const g = new Graph();
      const y = layers.embedding(g.placeholder('ids', ['$n'], 'int32'), { inputDim: 3, outputDim: 2 });
      for (const backend of ['cpu', 'wasm']) {
        const program = await compile({ y }, { backend });
        const error = await program.run({ ids: [3] }).catch((e: unknown) => e);
        expect(error, backend).to.be.instanceOf(Error);
        program.dispose();
      }
    });
  });
});
