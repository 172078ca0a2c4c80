/**
 * What tfjs is known to do wrong, each beside what is right: every row is held to finite differences in double precision, on cpu and on
 * wasm, and tfjs's own function and its gradients are asked for the same row. Should a later tfjs be right, the row says so.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { evaluate, Graph, gradients, hvp, type Sym } from '../../engine/index.ts';
import * as ops from '../../ops/index.ts';
import { complexUniform, distinct, type Sample, type SampleInput, uniform, values } from '../../ops/sample.ts';
import { drawInputs } from '../../plugins/gradcheck/draw.ts';
import { gradcheck, loadJudge, type RowResult } from '../../plugins/gradcheck/index.ts';
import { toDouble } from '../../plugins/gradcheck/judge.ts';
import { expectClose } from '../support/values.ts';

/** What both libraries have: a row is one function, built by ours and run by tfjs. */
// biome-ignore lint/suspicious/noExplicitAny: the functions of two libraries, with tensors of their own
type Library = any;
// biome-ignore lint/suspicious/noExplicitAny: a Sym of ours or a tensor of tfjs
type Value = any;
type Verdicts = NonNullable<RowResult['tfjs']>;

/** What tf.grad gives along a cotangent of ones. */
interface Numbers {
  readonly right: readonly number[];
  readonly tfjs: readonly number[];
}

interface Fault {
  readonly what: string;
  readonly inputs: readonly SampleInput[];
  readonly y: (lib: Library, ...inputs: Value[]) => Value;
  /** tfjs's function, where it is not the same as ours by name. */
  readonly theirs?: Fault['y'];
  /** What tfjs makes of it; its value is right unless told. */
  readonly tfjs: Partial<Verdicts>;
  /** Why its gradient is not even asked for. */
  readonly hangs?: string;
  /** Why finite differences cannot judge it: the numbers do. */
  readonly kink?: string;
  /** The gradient of the sum by one of the inputs, by default the first. */
  readonly first?: Numbers;
  readonly by?: number;
  /** The second derivative along a direction of ones. */
  readonly second?: Numbers;
  /** The shape of the value. */
  readonly shape?: { readonly right: readonly number[]; readonly tfjs: readonly (number | undefined)[] };
}

const RIGHT: Partial<Verdicts> = { first: 'right', second: 'right' };
const WRONG: Partial<Verdicts> = { first: 'wrong', second: 'wrong' };
/** The gradient of what is linear does not depend on x: to ask tf.grads for its derivative throws, too. */
const WRONG_THEN_THROWS: Partial<Verdicts> = { first: 'wrong', second: 'throws' };
const THROWS: Partial<Verdicts> = { first: 'throws', second: 'throws' };
const HANGS: Partial<Verdicts> = { first: 'hangs', second: 'hangs' };
const SECOND_WRONG: Partial<Verdicts> = { first: 'right', second: 'wrong' };
const SECOND_THROWS: Partial<Verdicts> = { first: 'right', second: 'throws' };
const ON_A_KINK: Partial<Verdicts> = { first: 'none', second: 'none' };

const integers = (v: Parameters<typeof values>[0]): SampleInput => values(v, 'int32');
const grid = (height: number, width = height): SampleInput => uniform([1, height, width, 1]);
const E = Math.E;
/** tf's number for it, too. */
const { SUM } = ops.losses.Reduction;

const fault = (
  what: string,
  inputs: readonly SampleInput[],
  y: Fault['y'],
  tfjs: Partial<Verdicts>,
  more: Partial<Fault> = {},
): Fault => ({ what, inputs, y, tfjs, ...more });

/** In a product, the term that tfjs drops is missed. */
const timesItself =
  (name: string): Fault['y'] =>
  (lib, x) =>
    lib.mul(lib[name](x), x);

const lstm = (lib: Library, kernel: Value) => (x: Value, c: Value, h: Value) =>
  lib.basicLSTMCell(1, kernel, [0.1, 0.2, 0.3, 0.4], x, c, h);

const SECTIONS: Readonly<Record<string, readonly Fault[]>> = {
  'silently wrong, first order:': [
    fault('avgPool with padding counts it', [grid(3)], (lib, x) => lib.avgPool(x, 2, 2, 'same'), WRONG_THEN_THROWS, {
      first: { right: [0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1], tfjs: Array(9).fill(0.25) },
    }),
    fault(
      'avgPool3d with padding counts it',
      [uniform([1, 1, 3, 3, 1])],
      (lib, x) => lib.avgPool3d(x, [1, 2, 2], [1, 2, 2], 'same'),
      WRONG_THEN_THROWS,
      { first: { right: [0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1], tfjs: Array(9).fill(0.25) } },
    ),
    fault(
      'cumsum on an axis that is not the last, of a square',
      [uniform([2, 2])],
      (lib, x) =>
        lib.mul(lib.cumsum(x, 0), [
          [1, 10],
          [100, 1000],
        ]),
      WRONG_THEN_THROWS,
      { first: { right: [101, 1010, 100, 1000], tfjs: [101, 100, 1010, 1000] } },
    ),
    fault(
      'mirrorPad, reflected, leaves the borders out',
      [uniform([4])],
      (lib, x) => lib.mirrorPad(x, [[1, 1]], 'reflect'),
      WRONG_THEN_THROWS,
      { first: { right: [1, 2, 2, 1], tfjs: [1, 1, 1, 1] } },
    ),
    fault(
      'mirrorPad, symmetric, leaves the borders out',
      [uniform([4])],
      (lib, x) => lib.mirrorPad(x, [[1, 1]], 'symmetric'),
      WRONG_THEN_THROWS,
      { first: { right: [2, 1, 1, 2], tfjs: [1, 1, 1, 1] } },
    ),
    fault('max of equal elements', [values([1, 3, 3, 2])], (lib, x) => lib.max(x), ON_A_KINK, {
      kink: 'a tie',
      first: { right: [0, 0.5, 0.5, 0], tfjs: [0, 1, 1, 0] },
    }),
    fault('min of equal elements', [values([1, 3, 1, 2])], (lib, x) => lib.min(x), ON_A_KINK, {
      kink: 'a tie',
      first: { right: [0.5, 0, 0.5, 0], tfjs: [1, 0, 1, 0] },
    }),
    fault(
      'norm of order Infinity of equal elements',
      [values([1, -3, 3])],
      (lib, x) => lib.norm(x, Infinity),
      ON_A_KINK,
      {
        kink: 'a tie',
        first: { right: [0, -0.5, 0.5], tfjs: [0, -1, 1] },
      },
    ),
    fault(
      'resizeBilinear with halfPixelCenters takes no account of them',
      [grid(3)],
      (lib, x) => lib.image.resizeBilinear(x, [2, 2], false, true),
      WRONG_THEN_THROWS,
    ),
    fault(
      'resizeNearestNeighbor with halfPixelCenters takes no account of them',
      [grid(1, 3)],
      (lib, x) => lib.image.resizeNearestNeighbor(x, [1, 1], false, true),
      WRONG_THEN_THROWS,
      { first: { right: [0, 1, 0], tfjs: [1, 0, 0] } },
    ),
    fault(
      "conv2d with dimRoundingMode 'ceil'",
      [values([Array(4).fill(Array(4).fill([1]))]), uniform([3, 3, 1, 1])],
      (lib, x, filter) => lib.conv2d(x, filter, 2, 0, 'NHWC', 1, 'ceil'),
      WRONG_THEN_THROWS,
      { by: 1, first: { right: [4, 4, 2, 4, 4, 2, 2, 2, 1], tfjs: Array(9).fill(1) } },
    ),
    fault(
      'softmaxCrossEntropy by its labels',
      [values([[1, 0]])],
      (lib, labels) => lib.losses.softmaxCrossEntropy(labels, [[1, 2]]),
      WRONG,
      { first: { right: [Math.log(1 + E), Math.log(1 + E) - 1], tfjs: [E / (1 + E), -E / (1 + E)] } },
    ),
    fault(
      'floorDiv is a step function',
      [values([5.3])],
      (lib, x) => lib.cast(lib.floorDiv(x, 2), 'float32'),
      WRONG_THEN_THROWS,
      {
        first: { right: [0], tfjs: [0.5] },
      },
    ),
    fault(
      'a cast to int32 and back is a step function',
      [values([5.3])],
      (lib, x) => lib.cast(lib.cast(x, 'int32'), 'float32'),
      WRONG_THEN_THROWS,
      { first: { right: [0], tfjs: [1] } },
    ),
    fault('pow(x, 0) at 0', [values([0, 2])], (lib, x) => lib.pow(x, 0), ON_A_KINK, {
      kink: 'NaN in tfjs',
      first: { right: [0, 0], tfjs: [Number.NaN, 0] },
    }),
    fault('norm at 0', [values([0, 0])], (lib, x) => lib.norm(x), ON_A_KINK, {
      kink: 'a cone',
      first: { right: [0, 0], tfjs: [Number.NaN, Number.NaN] },
    }),
  ],

  'throws or hangs on what is legal:': [
    ...['maximum', 'minimum', 'squaredDifference'].map((name) =>
      fault(
        `${name} with broadcasting`,
        [distinct([2, 3]), values([0.02, 0.07, -0.02])],
        (lib, x, z) => lib[name](x, z),
        THROWS,
      ),
    ),
    fault(
      'matMul of a batch and a batch of one',
      [uniform([2, 2, 3]), uniform([1, 3, 2])],
      (lib, x, z) => lib.matMul(x, z),
      THROWS,
    ),
    fault('matMul, 3-D by 2-D', [uniform([2, 2, 3]), uniform([3, 2])], (lib, x, z) => lib.matMul(x, z), THROWS),
    fault(
      'cumsum on an axis that is not the last, of no square',
      [uniform([2, 3])],
      (lib, x) => lib.cumsum(x, 0),
      THROWS,
    ),
    fault('prod along a negative axis', [uniform([2, 3], 0.5, 1.5)], (lib, x) => lib.prod(x, -1), THROWS),
    fault(
      'batchNorm without scale',
      [uniform([2, 3]), uniform([3]), uniform([3], 0.5, 1), uniform([3])],
      (lib, x, mean, variance, offset) => lib.batchNorm(x, mean, variance, offset),
      THROWS,
    ),
    fault('unstack into one piece', [uniform([1, 3])], (lib, x) => lib.unstack(x), THROWS),
    fault('split into one piece', [uniform([2, 3])], (lib, x) => lib.split(x, 1, 1), THROWS),
    fault(
      'resizeBilinear where height and width differ',
      [grid(2, 3)],
      (lib, x) => lib.image.resizeBilinear(x, [3, 4]),
      THROWS,
    ),
    fault(
      'resizeNearestNeighbor of [1, 1] to [3, 3], corners aligned',
      [grid(1)],
      (lib, x) => lib.image.resizeNearestNeighbor(x, [3, 3], true),
      HANGS,
      { hangs: 'it never ends' },
    ),
    fault(
      'gather with batchDims 2',
      [
        uniform([1, 2, 3]),
        integers([
          [
            [2, 0],
            [1, 1],
          ],
        ]),
      ],
      (lib, x, indices) => lib.gather(x, indices, 2, 2),
      THROWS,
    ),
    ...['add', 'sub', 'mul', 'div', 'pow', 'mod', 'atan2'].map((name) =>
      fault(
        `${name} of [1, n] with [0, n]`,
        [uniform([1, 3], 0.5, 1), uniform([0, 3], 0.5, 1)],
        (lib, x, z) => lib[name](x, z),
        THROWS,
      ),
    ),
  ],

  // complex results by their absolute values: those lead back to them in tfjs, though by wrong numbers; real and imag do not
  'no gradient, though differentiable:': [
    fault('cumprod', [uniform([3])], (lib, x) => lib.cumprod(x), THROWS),
    fault('einsum', [uniform([2, 3]), uniform([3, 2])], (lib, x, z) => lib.einsum('ij,jk->ik', x, z), THROWS),
    fault('stridedSlice', [uniform([5])], (lib, x) => lib.stridedSlice(x, [0], [5], [2]), THROWS),
    fault(
      'gatherND',
      [
        uniform([2, 3]),
        integers([
          [0, 2],
          [1, 0],
        ]),
      ],
      (lib, x, indices) => lib.gatherND(x, indices),
      THROWS,
    ),
    fault(
      'scatterND',
      [uniform([2]), integers([[2], [0]])],
      (lib, x, indices) => lib.scatterND(indices, x, [4]),
      THROWS,
    ),
    fault(
      'tensorScatterUpdate',
      [uniform([4]), uniform([2]), integers([[2], [0]])],
      (lib, x, updates, indices) => lib.tensorScatterUpdate(x, indices, updates),
      THROWS,
    ),
    fault(
      'sparseToDense',
      [uniform([2]), integers([2, 0])],
      (lib, x, indices) => lib.sparseToDense(indices, x, [4]),
      THROWS,
    ),
    fault('depthToSpace', [uniform([1, 1, 2, 4])], (lib, x) => lib.depthToSpace(x, 2), THROWS),
    fault('topk, values', [distinct([4])], (lib, x) => lib.topk(x, 2).values, THROWS),
    fault('diag', [uniform([3])], (lib, x) => lib.diag(x), THROWS),
    fault(
      'maxPoolWithArgmax',
      [distinct([1, 3, 3, 1])],
      (lib, x) => lib.maxPoolWithArgmax(x, 2, 1, 'valid').result,
      THROWS,
    ),
    fault(
      'conv3dTranspose',
      [uniform([1, 1, 2, 2, 1]), uniform([1, 2, 2, 1, 1])],
      (lib, x, filter) => lib.conv3dTranspose(x, filter, [1, 1, 3, 3, 1], 1, 'valid'),
      THROWS,
    ),
    fault(
      'cropAndResize',
      [grid(3)],
      (lib, x) => lib.image.cropAndResize(x, [[0.1, 0.2, 0.8, 0.9]], [0], [2, 2]),
      THROWS,
    ),
    fault('flipLeftRight', [grid(2, 3)], (lib, x) => lib.image.flipLeftRight(x), THROWS),
    fault('rotateWithOffset', [grid(3)], (lib, x) => lib.image.rotateWithOffset(x, 0.5), THROWS),
    fault(
      'transform',
      [grid(3)],
      (lib, x) => lib.image.transform(x, [[1, 0.2, 0.1, -0.1, 1, 0.3, 0, 0]], 'bilinear'),
      THROWS,
    ),
    fault('complex', [uniform([2]), uniform([2])], (lib, x, z) => lib.abs(lib.complex(x, z)), THROWS),
    fault('real', [complexUniform([2])], (lib, z) => lib.real(z), THROWS),
    fault('imag', [complexUniform([2])], (lib, z) => lib.imag(z), THROWS),
    fault(
      'complexAbs: not missing, but that of a real number',
      [complexUniform([2], 0.5, 1)],
      (lib, z) => lib.abs(z),
      WRONG_THEN_THROWS,
    ),
    fault('fft', [complexUniform([4])], (lib, z) => lib.abs(lib.spectral.fft(z)), THROWS),
    fault('ifft', [complexUniform([4])], (lib, z) => lib.abs(lib.spectral.ifft(z)), THROWS),
    fault('rfft', [uniform([4])], (lib, x) => lib.abs(lib.spectral.rfft(x)), THROWS),
    fault('irfft', [complexUniform([1, 3])], (lib, z) => lib.spectral.irfft(z), THROWS),
    fault('stft', [uniform([6])], (lib, x) => lib.abs(lib.signal.stft(x, 4, 2)), THROWS),
    ...['sparseSegmentSum', 'sparseSegmentMean'].map((name) =>
      fault(
        name,
        [uniform([3, 2]), integers([2, 0, 1]), integers([0, 0, 1])],
        (lib, x, indices, segments) => lib.sparse[name](x, indices, segments, { numSegments: 2 }),
        THROWS,
      ),
    ),
    fault('bincount, weights', [uniform([4]), integers([1, 0, 1, 2])], (lib, w, x) => lib.bincount(x, w, 3), THROWS),
    fault(
      'denseBincount, weights',
      [uniform([4]), integers([1, 0, 1, 2])],
      (lib, w, x) => lib.denseBincount(x, w, 3),
      THROWS,
    ),
    fault(
      'conv1d with dilation',
      [uniform([1, 4, 1]), uniform([2, 1, 1])],
      (lib, x, filter) => lib.conv1d(x, filter, 1, 'valid', 'NWC', 2),
      THROWS,
    ),
    fault(
      'conv2d with dilation',
      [grid(4), uniform([2, 2, 1, 1])],
      (lib, x, filter) => lib.conv2d(x, filter, 1, 'valid', 'NHWC', 2),
      THROWS,
    ),
    fault(
      'depthwiseConv2d with dilation',
      [grid(4), uniform([2, 2, 1, 1])],
      (lib, x, filter) => lib.depthwiseConv2d(x, filter, 1, 'valid', 'NHWC', 2),
      THROWS,
    ),
    fault(
      'separableConv2d with dilation',
      [grid(4), uniform([2, 2, 1, 1]), uniform([1, 1, 1, 1])],
      (lib, x, depthwise, pointwise) => lib.separableConv2d(x, depthwise, pointwise, 1, 'valid', 2),
      THROWS,
    ),
    fault(
      'conv3d with dilation',
      [uniform([1, 1, 3, 3, 1]), uniform([1, 2, 2, 1, 1])],
      (lib, x, filter) => lib.conv3d(x, filter, 1, 'valid', 'NDHWC', [1, 2, 2]),
      THROWS,
    ),
    fault(
      'fused conv2d, dilated',
      [grid(4), uniform([2, 2, 1, 1])],
      (lib, x, filter) => lib.conv2d(x, filter, 1, 'valid', 'NHWC', 2),
      THROWS,
      {
        theirs: (tf, x, filter) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', dilations: 2 }),
      },
    ),
    fault(
      'fused depthwiseConv2d, dilated',
      [grid(4), uniform([2, 2, 1, 1])],
      (lib, x, filter) => lib.depthwiseConv2d(x, filter, 1, 'valid', 'NHWC', 2),
      THROWS,
      {
        theirs: (tf, x, filter) => tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid', dilations: 2 }),
      },
    ),
    fault(
      'fused conv2d, NCHW',
      [uniform([1, 1, 3, 3]), uniform([2, 2, 1, 1])],
      (lib, x, filter) => lib.conv2d(x, filter, 1, 'valid', 'NCHW'),
      THROWS,
      {
        theirs: (tf, x, filter) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', dataFormat: 'NCHW' }),
      },
    ),
    fault(
      'fused conv2d, NCHW, with an activation',
      [uniform([1, 1, 3, 3]), uniform([2, 2, 1, 1])],
      (lib, x, filter) => lib.elu(lib.conv2d(x, filter, 1, 'valid', 'NCHW')),
      THROWS,
      {
        theirs: (tf, x, filter) =>
          tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', dataFormat: 'NCHW', activation: 'elu' }),
      },
    ),
    fault('tile of rank 0', [uniform([])], (lib, x) => lib.tile(x, []), THROWS),
    fault('tile of rank 5', [uniform([1, 2, 1, 1, 1])], (lib, x) => lib.tile(x, [2, 2, 1, 1, 2]), THROWS),
    fault('divNoNan', [uniform([2]), uniform([2], 0.5, 1)], (lib, x, z) => lib.divNoNan(x, z), THROWS),
    fault('linalg.qr', [uniform([3, 2], 0.5, 1)], (lib, x) => lib.linalg.qr(x), THROWS),
    fault(
      'bandPart of one matrix, which it unstacks into one piece',
      [uniform([3, 3])],
      (lib, x) => lib.linalg.bandPart(x, 1, 0),
      THROWS,
    ),
    fault(
      'bandPart of several matrices: it has a gradient after all',
      [uniform([2, 3, 3])],
      (lib, x) => lib.square(lib.linalg.bandPart(x, 1, 0)),
      RIGHT,
    ),
    fault(
      'ensureShape: it gives back its input, and so has a gradient after all',
      [uniform([2])],
      (lib, x) => lib.square(lib.ensureShape(x, [2])),
      RIGHT,
    ),
    ...['absoluteDifference', 'hingeLoss', 'huberLoss', 'logLoss', 'meanSquaredError', 'sigmoidCrossEntropy'].map(
      (name) =>
        fault(`${name}, weights`, [uniform([2], 0.5, 2)], (lib, w) => lib.losses[name]([1, 0], [0.3, 0.4], w), THROWS),
    ),
    fault(
      'cosineDistance, weights',
      [uniform([2, 1], 0.5, 2)],
      (lib, w) =>
        lib.losses.cosineDistance(
          [
            [1, 0],
            [0, 1],
          ],
          [
            [0.6, 0.8],
            [1, 0],
          ],
          1,
          w,
        ),
      THROWS,
    ),
    fault(
      'softmaxCrossEntropy, weights',
      [uniform([2], 0.5, 2)],
      (lib, w) =>
        lib.losses.softmaxCrossEntropy(
          [
            [1, 0],
            [0, 1],
          ],
          [
            [1, 2],
            [3, 5],
          ],
          w,
        ),
      THROWS,
    ),
    fault(
      'computeWeightedLoss, weights: it counts those that are not 0',
      [uniform([2], 0.5, 2)],
      (lib, w) => lib.losses.computeWeightedLoss([1, 3], w),
      THROWS,
    ),
    fault(
      'computeWeightedLoss, weights, summed: it has a gradient after all, as it counts no weights',
      [uniform([2], 0.5, 2)],
      (lib, w) => lib.square(lib.losses.computeWeightedLoss([1, 3], w, SUM)),
      RIGHT,
    ),
    fault(
      'where of a comparison: it goes on into the condition',
      [distinct([3])],
      (lib, x) => lib.where(lib.greater(x, 0), lib.square(x), lib.mul(x, 3)),
      THROWS,
    ),
  ],

  'second order, silently wrong:': [
    fault('exp(x) x', [values([0.5, 1])], timesItself('exp'), SECOND_WRONG, {
      second: { right: [2.5 * Math.exp(0.5), 3 * E], tfjs: [2 * Math.exp(0.5), 2 * E] },
    }),
    fault('sigmoid(x) x', [uniform([3])], timesItself('sigmoid'), SECOND_WRONG),
    fault('tanh(x) x', [uniform([3])], timesItself('tanh'), SECOND_WRONG),
    fault('softmax(x) x', [uniform([3])], timesItself('softmax'), SECOND_WRONG),
    fault('logSoftmax(x) x', [uniform([3])], timesItself('logSoftmax'), SECOND_WRONG),
    fault('pow by its exponent', [uniform([3])], (lib, x) => lib.mul(lib.pow([1.5, 2, 3], x), x), SECOND_WRONG),
    fault(
      'sigmoidCrossEntropy',
      [uniform([3])],
      (lib, x) => lib.losses.sigmoidCrossEntropy([1, 0, 1], x),
      SECOND_WRONG,
    ),
    fault(
      'the square of softmaxCrossEntropy',
      [uniform([1, 3])],
      (lib, x) => lib.square(lib.losses.softmaxCrossEntropy([[1, 0, 0]], x)),
      SECOND_WRONG,
    ),
    fault(
      'basicLSTMCell',
      [uniform([3, 4])],
      (lib, kernel) => lstm(lib, kernel)([[0.5, -0.3]], [[0.7]], [[0.2]]),
      SECOND_WRONG,
    ),
    fault(
      'multiRNNCell',
      [uniform([3, 4])],
      (lib, kernel) => lib.multiRNNCell([lstm(lib, kernel)], [[0.5, -0.3]], [[[0.7]]], [[[0.2]]])[0],
      SECOND_WRONG,
    ),
  ],

  // what is linear is squared: tf.grads would throw for it in any case
  'second order, throws:': [
    ...['elu', 'selu', 'leakyRelu', 'relu6'].map((name) =>
      fault(name, [distinct([3])], (lib, x) => lib.square(lib[name](x)), SECOND_THROWS),
    ),
    fault('clipByValue', [distinct([3], 0.3)], (lib, x) => lib.square(lib.clipByValue(x, -0.5, 0.5)), SECOND_THROWS),
    fault('prelu', [distinct([3]), uniform([3])], (lib, x, alpha) => lib.prelu(x, alpha), SECOND_THROWS),
    ...['maximum', 'minimum'].map((name) =>
      fault(
        name,
        [distinct([3]), values([0.02, 0.07, -0.02])],
        (lib, x, z) => lib.square(lib[name](x, z)),
        SECOND_THROWS,
      ),
    ),
    ...['max', 'min', 'logSumExp'].map((name) =>
      fault(name, [distinct([3])], (lib, x) => lib.square(lib[name](x)), SECOND_THROWS),
    ),
    fault('prod', [uniform([3], 0.5, 1)], (lib, x) => lib.prod(x), SECOND_THROWS),
    fault('pow', [uniform([3], 0.5, 1), uniform([3])], (lib, x, z) => lib.pow(x, z), SECOND_THROWS),
    fault('norm of order Infinity', [distinct([3])], (lib, x) => lib.square(lib.norm(x, Infinity)), SECOND_THROWS),
    fault(
      'conv1d',
      [uniform([1, 4, 1]), uniform([2, 1, 1])],
      (lib, x, f) => lib.conv1d(x, f, 1, 'valid'),
      SECOND_THROWS,
    ),
    fault('conv2d', [grid(3), uniform([2, 2, 1, 1])], (lib, x, f) => lib.conv2d(x, f, 1, 'valid'), SECOND_THROWS),
    fault(
      'conv2dTranspose',
      [grid(2), uniform([2, 2, 1, 1])],
      (lib, x, f) => lib.conv2dTranspose(x, f, [1, 3, 3, 1], 1, 'valid'),
      SECOND_THROWS,
    ),
    fault(
      'depthwiseConv2d',
      [grid(3), uniform([2, 2, 1, 1])],
      (lib, x, f) => lib.depthwiseConv2d(x, f, 1, 'valid'),
      SECOND_THROWS,
    ),
    fault(
      'separableConv2d',
      [grid(3), uniform([2, 2, 1, 1]), uniform([1, 1, 1, 1])],
      (lib, x, f, pointwise) => lib.separableConv2d(x, f, pointwise, 1, 'valid'),
      SECOND_THROWS,
    ),
    fault(
      'conv3d',
      [uniform([1, 1, 3, 3, 1]), uniform([1, 2, 2, 1, 1])],
      (lib, x, f) => lib.conv3d(x, f, 1, 'valid'),
      SECOND_THROWS,
    ),
    fault(
      'fused conv2d',
      [grid(3), uniform([2, 2, 1, 1])],
      (lib, x, f) => lib.conv2d(x, f, 1, 'valid'),
      SECOND_THROWS,
      { theirs: (tf, x, filter) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid' }) },
    ),
    fault(
      'fused depthwiseConv2d',
      [grid(3), uniform([2, 2, 1, 1])],
      (lib, x, f) => lib.depthwiseConv2d(x, f, 1, 'valid'),
      SECOND_THROWS,
      { theirs: (tf, x, filter) => tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid' }) },
    ),
    ...['avgPool', 'maxPool'].map((name) =>
      fault(name, [distinct([1, 3, 3, 1])], (lib, x) => lib.square(lib[name](x, 2, 1, 'valid')), SECOND_THROWS),
    ),
    ...['avgPool3d', 'maxPool3d'].map((name) =>
      fault(
        name,
        [distinct([1, 2, 2, 2, 1])],
        (lib, x) => lib.square(lib[name](x, [1, 2, 2], 1, 'valid')),
        SECOND_THROWS,
      ),
    ),
    ...['avg', 'max'].map((type) =>
      fault(
        `pool, ${type}`,
        [distinct([1, 3, 3, 1])],
        (lib, x) => lib.square(lib.pool(x, [2, 2], type, 'valid')),
        SECOND_THROWS,
      ),
    ),
    ...['resizeBilinear', 'resizeNearestNeighbor'].map((name) =>
      fault(name, [grid(2)], (lib, x) => lib.square(lib.image[name](x, [3, 3])), SECOND_THROWS),
    ),
    fault(
      'localResponseNormalization',
      [uniform([1, 1, 2, 3])],
      (lib, x) => lib.localResponseNormalization(x, 1),
      SECOND_THROWS,
    ),
    fault(
      'dilation2d',
      [
        distinct([1, 3, 3, 1]),
        values([
          [[0.01], [0.02]],
          [[0.03], [0.04]],
        ]),
      ],
      (lib, x, f) => lib.dilation2d(x, f, 1, 'valid'),
      SECOND_THROWS,
    ),
    fault('huberLoss', [values([0.3, 2.4])], (lib, x) => lib.losses.huberLoss([1, 0], x), SECOND_THROWS),
  ],

  'wrong forward:': [
    ...['cumsum', 'cumprod'].map((name) =>
      fault(
        `${name} along a negative axis: no shape`,
        [uniform([3])],
        (lib, x) => lib[name](x, -1),
        { forward: 'wrong', ...THROWS },
        { shape: { right: [3], tfjs: [undefined] } },
      ),
    ),
    fault(
      "padding by a number takes the filter's height for its width too",
      [grid(5), uniform([2, 3, 1, 1])],
      (lib, x, f) => lib.conv2d(x, f, 1, 1),
      { forward: 'wrong', ...THROWS },
      { shape: { right: [1, 6, 5, 1], tfjs: [1, 6, 6, 1] } },
    ),
    fault(
      'padding by a number takes the stride down for the stride across too',
      [grid(5), uniform([2, 2, 1, 1])],
      (lib, x, f) => lib.conv2d(x, f, [1, 2], 1),
      { forward: 'wrong', ...THROWS },
      { shape: { right: [1, 6, 3, 1], tfjs: [1, 6, 6, 1] } },
    ),
  ],
};

/** The stated numbers: ours on both backends, and tfjs's own beside them. */
async function checkNumbers(f: Fault): Promise<void> {
  const { y, theirs = y, by = 0, first, second, shape } = f;
  if (first === undefined && second === undefined && shape === undefined) return;
  const drawn = drawInputs(sampleOf(f), 0);
  const feeds = Object.fromEntries(drawn.map(({ name, value }) => [name, value]));
  for (const backend of [cpu, wasm]) {
    const g = new Graph();
    const xs = drawn.map(({ name, shape, dtype }) => g.placeholder(name, shape, dtype));
    const value: Sym = y(ops, ...xs);
    const total = ops.sum(value);
    const x = xs[by]!;
    const results = await evaluate({ value, first: gradients(total, x), second: hvp(total, x, 1) }, feeds, { backend });
    if (shape) expect(results.value.shape, backend.name).to.deep.equal(shape.right);
    if (first) expectClose(results.first.data, first.right);
    if (second) expectClose(results.second.data, second.right);
  }

  const { tf } = await loadJudge();
  tf.tidy(() => {
    const xs = drawn.map(({ value: { data, shape, dtype } }) => tf.tensor(toDouble(data), [...shape], dtype));
    const total = (x: Tensor): Tensor => tf.sum(theirs(tf, ...xs.with(by, x)));
    const slope = tf.grad(total);
    const curvature = tf.grad((x) => tf.sum(slope(x)));
    const at = xs[by]!;
    if (shape) expect(theirs(tf, ...xs).shape).to.deep.equal(shape.tfjs);
    if (first) expectClose(slope(at).dataSync(), first.tfjs);
    if (second) expectClose(curvature(at).dataSync(), second.tfjs);
  });
}

const sampleOf = ({ what, inputs, y, theirs = y, tfjs, hangs, kink }: Fault): Sample => ({
  inputs: Object.fromEntries(inputs.map((input, i) => [`x${i}`, input])),
  build: (own) => y(ops, ...Object.values(own)),
  reference: null,
  tfjs: (tf, given) => theirs(tf, ...given),
  note: what,
  ...(hangs !== undefined && { tfGradHangs: hangs }),
  ...(kink !== undefined && { notDifferentiable: kink }),
  ...((tfjs.first === 'wrong' || tfjs.first === 'throws') && { tfGradIsWrong: what }),
});

for (const [section, faults] of Object.entries(SECTIONS)) {
  describe(`tfjs, ${section}`, () => {
    before(() => Promise.all([cpu.start(), wasm.start()]));

    for (const f of faults) {
      it(f.what, async () => {
        const { rows } = await gradcheck({ ops: [{ op: undefined, samples: [sampleOf(f)] }], backends: [cpu, wasm] });
        expect(rows.map(({ backend, status, faults }) => ({ backend, status, faults }))).to.deep.equal(
          [cpu, wasm].map(({ name }) => ({ backend: name, status: 'ok', faults: [] })),
        );
        for (const { tfjs } of rows) expect(tfjs).to.deep.equal({ forward: 'right', ...f.tfjs });
        await checkNumbers(f);
      });
    }
  });
}
