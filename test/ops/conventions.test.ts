/** docs/conventions.md, line by line, on cpu and wasm: what holds where mathematics leaves a choice. */
import { expect } from 'chai';
import {
  type Backend,
  type DType,
  evaluate,
  Graph,
  gradients,
  IndexError,
  type NestedArray,
  NoPathError,
  ShapeError,
  type Sym,
} from '../../engine/index.ts';
import * as ops from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { HERE } from '../support/here.ts';
import { caught, expectClose } from '../support/values.ts';

const {
  abs,
  add,
  argMax,
  argMin,
  atan2,
  cast,
  clipByValue,
  cumsum,
  div,
  divNoNan,
  elu,
  exp,
  floorDiv,
  gather,
  gatherND,
  greater,
  hardSigmoid,
  leakyRelu,
  log,
  logSumExp,
  max,
  maximum,
  maxPool,
  maxPool3d,
  maxPoolWithArgmax,
  mean,
  min,
  minimum,
  mod,
  mul,
  norm,
  oneHot,
  pow,
  prod,
  relu,
  relu6,
  reshape,
  round,
  scatterND,
  select,
  selu,
  sign,
  slice,
  softmax,
  sparseToDense,
  sqrt,
  square,
  step,
  sub,
  sum,
  tensorScatterUpdate,
  topk,
  unsortedSegmentSum,
  where,
} = ops;

const [NAN, INF] = [Number.NaN, Infinity];

interface Case {
  /** In the page's words. */
  readonly what: string;
  readonly y: (x: Sym, z: Sym) => Sym;
  readonly x: NestedArray;
  /** A second operand; integers where x is. */
  readonly z?: NestedArray;
  readonly dtype?: DType;
  readonly value?: readonly number[];
  /** The gradient of the sum of y by x. */
  readonly dx?: readonly number[];
  readonly dz?: readonly number[];
  /** The second derivative: the gradient by x of the sum of that gradient. */
  readonly ddx?: readonly number[];
}

/** One image of one channel, by its rows. */
const image = (...rows: readonly number[][]): NestedArray[] => [rows.map((row) => row.map((x) => [x]))];

const SECTIONS: Readonly<Record<string, readonly Case[]>> = {
  'ties and choices': [
    { what: 'maximum', y: maximum, x: [1, 2], z: [1, 2], dx: [0.5, 0.5], dz: [0.5, 0.5] },
    { what: 'minimum', y: minimum, x: [1, 2], z: [1, 2], dx: [0.5, 0.5], dz: [0.5, 0.5] },
    { what: 'max', y: (x) => max(x), x: [1, 3, 3, 2], value: [3], dx: [0, 0.5, 0.5, 0] },
    { what: 'min', y: (x) => min(x), x: [1, 1, 1, 2], value: [1], dx: [1 / 3, 1 / 3, 1 / 3, 0] },
    { what: 'norm of order Infinity', y: (x) => norm(x, INF), x: [1, -3, 3], value: [3], dx: [0, -0.5, 0.5] },
    { what: 'argMax', y: (x) => argMax(x), x: [1, 3, 3, 2], value: [1] },
    { what: 'argMin', y: (x) => argMin(x), x: [2, 1, 1, 2], value: [1] },
    { what: 'topk, positions', y: (x) => topk(x, 3).indices, x: [1, 3, 3, 2], value: [1, 2, 3] },
    { what: 'topk, gradient', y: (x) => topk(x, 1).values, x: [1, 3, 3, 2], dx: [0, 1, 0, 0] },
    {
      what: 'values written to one place',
      y: (x) => sparseToDense([1, 0, 1], x, [3]),
      x: [5, 6, 7],
      value: [6, 7, 0],
      dx: [0, 1, 1],
    },
    {
      what: 'updates of one place',
      y: (x, z) => tensorScatterUpdate(x, [[1], [1]], z),
      x: [1, 2, 3],
      z: [8, 9],
      value: [1, 9, 3],
      dx: [1, 0, 1],
      dz: [0, 1],
    },
    {
      what: 'values added to one place',
      y: (x) => scatterND([[1], [1]], x, [2]),
      x: [8, 9],
      value: [0, 17],
      dx: [1, 1],
    },
  ],
  'ties in pooling windows': [
    {
      what: 'maxPool: the first in row-major order',
      y: (x) => square(maxPool(x, 2, 1, 'valid')),
      x: image([3, 5], [5, 5]),
      value: [25],
      dx: [0, 10, 0, 0],
      ddx: [0, 2, 0, 0],
    },
    {
      what: 'maxPool: overlapping windows, each its first',
      y: (x) => maxPool(x, 2, 1, 'valid'),
      x: image([0, 0, 0], [0, 0, 0], [0, 0, 0]),
      dx: [1, 1, 0, 1, 1, 0, 0, 0, 0],
    },
    {
      what: 'maxPool: negative ones beside padding',
      y: (x) => square(maxPool(x, 2, 2, 'same')),
      x: image([-1, -1, -1], [-1, -1, -1], [-1, -1, -1]),
      value: [1, 1, 1, 1],
      dx: [-2, 0, -2, 0, 0, 0, -2, 0, -2],
      ddx: [2, 0, 2, 0, 0, 0, 2, 0, 2],
    },
    {
      what: 'maxPool: after a relu',
      y: (x) => maxPool(relu(add(x, 1)), 2, 1, 'valid'),
      x: image([-3, 0], [-2, 0]),
      value: [1],
      dx: [0, 1, 0, 0],
    },
    {
      what: 'maxPool3d: depth before rows before columns',
      y: (x) => square(maxPool3d(x, 2, 1, 'valid')),
      x: [[...image([3, 3], [3, 5]), ...image([5, 5], [5, 5])]],
      value: [25],
      dx: [0, 0, 0, 10, 0, 0, 0, 0],
      ddx: [0, 0, 0, 2, 0, 0, 0, 0],
    },
    {
      what: 'maxPoolWithArgmax, positions',
      y: (x) => maxPoolWithArgmax(x, 2, 1, 'valid').indexes,
      x: image([3, 5, 5], [5, 5, 5]),
      value: [1, 1],
    },
    {
      what: 'maxPoolWithArgmax, gradient',
      y: (x) => square(maxPoolWithArgmax(x, 2, 1, 'valid').result),
      x: image([3, 5, 5], [5, 5, 5]),
      value: [25, 25],
      dx: [0, 20, 0, 0, 0, 0],
      ddx: [0, 4, 0, 0, 0, 0],
    },
  ],
  'kinks and jumps': [
    { what: 'relu at 0', y: relu, x: [0], dx: [0] },
    { what: 'relu6 at 0 and 6', y: relu6, x: [0, 6], dx: [0, 0] },
    { what: 'hardSigmoid at its kinks', y: hardSigmoid, x: [-2.5, 2.5], dx: [0, 0] },
    { what: 'leakyRelu at 0', y: (x) => leakyRelu(x, 0.25), x: [0], dx: [0.25] },
    { what: 'prelu at 0', y: (x) => ops.prelu(x, 0.25), x: [0], dx: [0.25] },
    { what: 'hardSwish at its kinks', y: (x) => ops.hardSwish(x), x: [-3, 3], dx: [0, 1] },
    { what: 'elu at 0', y: elu, x: [0], dx: [1] },
    { what: 'selu at 0', y: selu, x: [0], dx: [1.7580993408473766] },
    { what: 'abs at 0', y: abs, x: [0, -0], dx: [0, 0] },
    { what: 'clipByValue at its bounds', y: (x) => clipByValue(x, -1, 1), x: [-1, 1, 2], dx: [1, 1, 0] },
    { what: 'maximum with a constant, in a tie', y: (x) => maximum(x, 0), x: [0], dx: [0.5] },
    { what: 'step', y: (x) => step(x), x: [-1, 0, 1], value: [0, 0, 1], dx: [0, 0, 0] },
    { what: 'floor', y: ops.floor, x: [-1, 0.5], value: [-1, 0], dx: [0, 0] },
    { what: 'ceil', y: ops.ceil, x: [-1, 0.5], value: [-1, 1], dx: [0, 0] },
    { what: 'floorDiv', y: (x) => floorDiv(x, 2), x: [4, 5], value: [2, 2], dx: [0, 0] },
    { what: 'sign', y: sign, x: [-2, 0, 2], value: [-1, 0, 1], dx: [0, 0, 0] },
    { what: 'round', y: round, x: [0.5, 1.5, 2.5, -0.5], value: [0, 2, 2, 0], dx: [0, 0, 0, 0] },
    { what: 'mod', y: (x) => mod(x, 2), x: [3], value: [1], dx: [1] },
  ],
  'smooth functions of kinks': [
    { what: 'the square of a norm at 0', y: (x) => square(norm(x)), x: [0, 0], value: [0], dx: [0, 0], ddx: [2, 2] },
    { what: 'the square of abs at 0', y: (x) => square(abs(x)), x: [0], dx: [0], ddx: [2] },
    { what: 'huberLoss at 0', y: (x) => ops.losses.huberLoss([0], x), x: [0], dx: [0], ddx: [1] },
  ],
  'powers, roots and quotients at 0': [
    { what: '0 ** 0', y: pow, x: [0], z: [0], value: [1], dx: [0], dz: [0] },
    { what: 'pow(x, 0)', y: (x) => pow(x, 0), x: [0, -2], value: [1, 1], dx: [0, 0], ddx: [0, 0] },
    { what: 'a power of infinity', y: pow, x: [INF, INF], z: [-1e-9, 1e-9], value: [0, INF], dx: [0, 0] },
    { what: 'x ** 2 at 0', y: pow, x: [0], z: [2], value: [0], dx: [0], dz: [0] },
    { what: 'pow of a negative base, by its exponent', y: pow, x: [-2], z: [3], value: [-8], dx: [12], dz: [0] },
    { what: 'square at 0', y: square, x: [0], dx: [0], ddx: [2] },
    { what: 'sqrt at 0', y: sqrt, x: [0, 4], value: [0, 2], dx: [INF, 0.25] },
    { what: 'norm at 0', y: (x) => norm(x), x: [0, 0], value: [0], dx: [0, 0] },
    { what: 'euclideanNorm at 0', y: (x) => ops.euclideanNorm(x), x: [0, 0], value: [0], dx: [0, 0] },
    { what: 'divNoNan by 0', y: divNoNan, x: [1, 0], z: [0, 0], value: [0, 0], dx: [0, 0], dz: [0, 0] },
    { what: 'div by 0', y: div, x: [1, -1, 0], z: [0, 0, 0], value: [INF, -INF, NAN] },
    { what: 'log at and below 0', y: log, x: [0, -1], value: [-INF, NAN] },
    { what: 'atan2 at 0', y: atan2, x: [0], z: [0], value: [0] },
  ],
  'where-safe gradients': [
    {
      what: 'log where it is defined',
      y: (x) => where(greater(x, 0), log(x), 0),
      x: [-1, 0, 2],
      dx: [0, 0, 0.5],
      ddx: [0, 0, -0.25],
    },
    {
      what: 'along a chain of elementwise ops',
      y: (x) => where(greater(x, 0), exp(sqrt(mul(x, x))), 0),
      x: [0],
      dx: [0],
      ddx: [0],
    },
    {
      what: 'through what adds up',
      y: (x) => where(greater(x, 0), cumsum(sqrt(x)), 0),
      x: [0],
      dx: [0],
    },
    {
      what: 'the limit: an op that weighs its inputs ends the mask',
      y: (x) => where(greater(x, 0), prod(sqrt(x)), 0),
      x: [0],
      dx: [NAN],
    },
    {
      what: 'what a slice leaves out',
      y: (x) => slice(sqrt(x), [0], [1]),
      x: [4, 0],
      dx: [0.25, 0],
    },
    {
      what: 'a NaN that a slice leaves out, below which no slope is infinite',
      y: (x) => slice(square(x), [0], [1]),
      x: [4, NAN],
      dx: [8, NAN],
    },
  ],
  'no elements': [
    { what: 'sum', y: (x) => sum(x, 1), x: [[], []], value: [0, 0] },
    { what: 'prod', y: (x) => prod(x, 1), x: [[], []], value: [1, 1] },
    { what: 'mean', y: (x) => mean(x, 1), x: [[], []], value: [NAN, NAN] },
    { what: 'max', y: (x) => max(x, 1), x: [[], []], value: [-INF, -INF] },
    { what: 'min', y: (x) => min(x, 1), x: [[], []], value: [INF, INF] },
    { what: 'logSumExp', y: (x) => logSumExp(x, 1), x: [[], []], value: [-INF, -INF] },
    { what: 'norm', y: (x) => norm(x, 2, 1), x: [[], []], value: [0, 0] },
    {
      what: 'sparseSegmentMean of no rows',
      y: (x) => ops.sparse.sparseSegmentMean(x, [0], [1]),
      x: [[5, 6]],
      value: [0, 0, 5, 6],
    },
    {
      what: 'a product of matrices over nothing',
      y: (x) => ops.matMul(x, ops.zeros([0, 2])),
      x: [[], []],
      value: [0, 0, 0, 0],
    },
    {
      what: 'the average of a dilated window beside all there is',
      y: (x) => ops.pool(x, 2, 'avg', 'same', 2),
      x: image([3]),
      value: [0],
      dx: [0],
    },
    {
      what: 'the maximum of a dilated window beside all there is',
      y: (x) => ops.pool(x, 2, 'max', 'same', 2),
      x: image([3]),
      value: [-INF],
      dx: [0],
    },
  ],
  'the ends of float32': [
    { what: 'tanh, saturated', y: ops.tanh, x: [10], value: [1], dx: [0] },
    { what: 'sigmoid, saturated', y: ops.sigmoid, x: [20], value: [1], dx: [0] },
    {
      what: 'sigmoidCrossEntropy, saturated',
      y: (x) => ops.losses.sigmoidCrossEntropy([1], x),
      x: [20],
      value: [2.0611536e-9],
      dx: [0],
    },
    { what: 'elu, saturated', y: elu, x: [-20], value: [-1], dx: [0] },
    {
      what: 'two powers of two as factors, one of which would lose digits on the way',
      y: (x) => mul(mul(mul(x, 2 ** -60), 2 ** 60), 1e30),
      x: [1e-30],
      value: [1],
    },
    { what: 'a pole', y: sqrt, x: [0], dx: [INF], ddx: [-INF] },
    { what: '1 to any power', y: pow, x: [1, 1, 1, -1, -1], z: [NAN, INF, -INF, INF, -INF], value: [1, 1, 1, 1, 1] },
    {
      what: 'mod of little, and by an infinity',
      y: mod,
      x: [-1e-30, 1e-30, -1, 1, -1],
      z: [1, -1, INF, INF, -INF],
      value: [1, -1, INF, 1, -1],
    },
    { what: 'softsign of infinities', y: ops.softsign, x: [INF, -INF, NAN], value: [1, -1, NAN], dx: [0, 0, NAN] },
    { what: 'gelu, saturated', y: (x) => ops.gelu(x), x: [-6, 20], value: [0, 20], dx: [0, 1] },
  ],
  'NaN and infinities': [
    {
      what: 'maximum',
      y: maximum,
      x: [NAN, 1, INF],
      z: [1, NAN, -INF],
      value: [NAN, NAN, INF],
      dx: [1, 1, 1],
      dz: [1, 1, 0],
    },
    { what: 'minimum', y: minimum, x: [NAN, 1, INF], z: [1, NAN, -INF], value: [NAN, NAN, -INF] },
    { what: 'max', y: (x) => mul(max(x), 3), x: [1, NAN, 2], value: [NAN], dx: [1, 1, 1] },
    { what: 'clipByValue', y: (x) => clipByValue(x, -1, 1), x: [NAN, INF, -INF], value: [NAN, 1, -1], dx: [1, 0, 0] },
    { what: 'relu6', y: relu6, x: [NAN, INF, -INF], value: [NAN, 6, 0] },
    { what: 'min', y: (x) => min(x), x: [1, NAN, 2], value: [NAN] },
    { what: 'relu', y: relu, x: [NAN, INF, -INF], value: [NAN, INF, 0], dx: [NAN, 1, 0] },
    { what: 'leakyRelu', y: (x) => leakyRelu(x, 0.5), x: [NAN, INF, -INF], value: [NAN, INF, -INF] },
    { what: 'topk', y: (x) => topk(x, 4).indices, x: [1, INF, NAN, -INF, INF], value: [2, 1, 4, 0] },
    { what: 'topk, its values', y: (x) => topk(x, 2).values, x: [1, INF, NAN], value: [NAN, INF] },
    { what: 'sign', y: sign, x: [NAN, INF, -INF], value: [NAN, 1, -1] },
    { what: 'abs', y: ops.abs, x: [NAN, INF, -INF], value: [NAN, INF, INF], dx: [NAN, 1, -1] },
    { what: 'a comparison', y: (x) => greater(x, x), x: [NAN], value: [0] },
    { what: 'notEqual', y: (x) => ops.notEqual(x, x), x: [NAN, INF], value: [1, 0] },
    { what: '0 * NaN and 0 * Infinity', y: mul, x: [0, 0], z: [NAN, INF], value: [NAN, NAN] },
    {
      what: 'logSumExp of -Infinity and large numbers',
      y: (x) => logSumExp(x),
      x: [-INF, 1000, 1000],
      value: [1000 + Math.log(2)],
    },
    { what: 'softmax of large numbers', y: (x) => softmax(x), x: [1000, 1000, -INF], value: [0.5, 0.5, 0] },
    { what: 'logSoftmax of large numbers', y: (x) => ops.logSoftmax(x), x: [1000, 0], value: [0, -1000] },
    { what: 'sigmoid of large numbers', y: ops.sigmoid, x: [1000, -1000], value: [1, 0], dx: [0, 0] },
    { what: 'softplus of large numbers', y: ops.softplus, x: [1000, -1000], value: [1000, 0], dx: [1, 0] },
    {
      what: 'softmaxCrossEntropy of large numbers',
      y: (x) => ops.losses.softmaxCrossEntropy([[0, 1]], x),
      x: [[1000, 0]],
      value: [1000],
      dx: [1, -1],
    },
    {
      what: 'sigmoidCrossEntropy of large numbers',
      y: (x) => ops.losses.sigmoidCrossEntropy([1, 0], x),
      x: [-1000, 1000],
      value: [1000],
      dx: [-0.5, 0.5],
    },
    { what: 'a sum', y: (x) => sum(x), x: [NAN, 1], value: [NAN] },
    {
      what: 'a weight of 0 takes nothing of a loss',
      y: (x, z) => ops.losses.computeWeightedLoss(x, z, ops.losses.Reduction.SUM),
      x: [NAN, INF, 3, 4],
      z: [0, 0, 0, 2],
      value: [8],
      dx: [0, 0, 0, 2],
      dz: [0, 0, 3, 4],
    },
    {
      what: 'a label of 0 takes nothing of its logit',
      y: (x) => ops.losses.softmaxCrossEntropy([[0, 1, 0]], x),
      x: [[-INF, 0, 0]],
      value: [Math.log(2)],
      dx: [0, -0.5, 0.5],
    },
    {
      what: 'a label that is hit takes nothing of its logit',
      y: (x) => ops.losses.sigmoidCrossEntropy([0, 1], x),
      x: [-INF, INF],
      value: [0],
      dx: [0, 0],
    },
    { what: 'norm of large numbers', y: (x) => norm(mul(x, 1e30)), x: [3e-30, -4], value: [Math.fround(4e30)] },
    { what: 'norm of Infinity', y: (x) => norm(x), x: [INF, 1], value: [INF] },
    { what: 'norm of NaN', y: (x) => norm(x), x: [NAN, INF], value: [NAN] },
    { what: 'inTopK of NaN', y: (x) => ops.inTopK(x, [0], 1), x: [[NAN, 1]], value: [0] },
    { what: 'inTopK below NaN', y: (x) => ops.inTopK(x, [1], 1), x: [[NAN, 1]], value: [0] },
    { what: 'where', y: (x) => where(greater(x, 0), x, 5), x: [NAN, 1], value: [5, 1] },
    {
      what: 'select takes no part of what it does not choose',
      y: (x) => select(greater(x, 0), x, 0),
      x: [NAN, 1],
      value: [0, 1],
    },
  ],
  integers: [
    { what: 'a quotient by 0', y: floorDiv, dtype: 'int32', x: [7, -7, 0], z: [0, 0, 0], value: [0, 0, 0] },
    { what: 'a remainder by 0', y: mod, dtype: 'int32', x: [7, -7, 0], z: [0, 0, 0], value: [0, 0, 0] },
    {
      what: 'floorDiv rounds down',
      y: floorDiv,
      dtype: 'int32',
      x: [7, -7, 7, -7],
      z: [2, 2, -2, -2],
      value: [3, -4, -4, 3],
    },
    {
      what: 'mod has the sign of the divisor',
      y: mod,
      dtype: 'int32',
      x: [7, -7, 7, -7],
      z: [3, 3, -3, -3],
      value: [1, 2, -2, -1],
    },
    { what: 'a sum wraps', y: add, dtype: 'int32', x: [2147483647], z: [1], value: [-2147483648] },
    { what: 'a difference wraps', y: sub, dtype: 'int32', x: [-2147483648], z: [1], value: [2147483647] },
    { what: 'a product wraps', y: mul, dtype: 'int32', x: [65537], z: [65537], value: [131073] },
    { what: 'a reduction wraps', y: (x) => sum(x), dtype: 'int32', x: [2147483647, 2], value: [-2147483647] },
    { what: 'a power wraps', y: pow, dtype: 'int32', x: [3], z: [20], value: [-808182895] },
    {
      what: '32 bits are exact',
      y: add,
      dtype: 'int32',
      x: [16777216, 2147483646],
      z: [1, 1],
      value: [16777217, 2147483647],
    },
    { what: 'a float is truncated', y: (x) => cast(x, 'int32'), x: [2.7, -2.7], value: [2, -2] },
    { what: 'a bool is x != 0', y: (x) => cast(x, 'bool'), x: [0.5, 0, -2], value: [1, 0, 1] },
  ],
  indices: [
    {
      what: 'oneHot of an index out of range',
      y: (x) => oneHot(x, 2),
      dtype: 'int32',
      x: [1, -1, 2],
      value: [0, 1, 0, 0, 0, 0],
    },
    {
      what: 'unsortedSegmentSum of a negative id',
      y: (x) => unsortedSegmentSum(x, [1, -1, 1], 2),
      x: [1, 2, 3],
      value: [0, 4],
      dx: [1, 0, 1],
    },
    {
      what: 'bincount of what is out of range',
      y: (x) => ops.bincount(x, [], 2),
      dtype: 'int32',
      x: [0, -1, 5, 0],
      value: [2, 0],
    },
    {
      what: 'denseBincount of what is out of range',
      y: (x) => ops.denseBincount(x, [], 2),
      dtype: 'int32',
      x: [0, -1, 5, 0],
      value: [2, 0],
    },
    {
      what: 'confusionMatrix of what is no class',
      y: (x) => ops.confusionMatrix(x, [0, 1, 1], 2),
      dtype: 'int32',
      x: [0, -1, 5],
      value: [1, 0, 0, 0],
    },
    {
      what: 'sparseSoftmaxCrossEntropy of what is no class',
      y: (x) => ops.losses.sparseSoftmaxCrossEntropy([-1, 2], x, null, ops.Reduction.NONE),
      x: [
        [1, 2],
        [3, 4],
      ],
      value: [0, 0],
      dx: [0, 0, 0, 0],
    },
    {
      what: 'a negative axis',
      y: (x) => sum(x, -1),
      x: [
        [1, 2],
        [3, 4],
      ],
      value: [3, 7],
    },
  ],
};

for (const backend of HERE) {
  describe(`conventions on ${backend.name}:`, () => {
    for (const [section, cases] of Object.entries(SECTIONS)) {
      describe(section, () => {
        for (const c of cases) it(c.what, () => check(c, backend));
      });
    }

    it('an index out of range is an error', async () => {
      const at = (build: (x: Sym, i: Sym) => Sym, i: NestedArray) => {
        const g = new Graph();
        const y = build(g.placeholder('x', [3]), g.placeholder('i', shapeOf(i), 'int32'));
        return failure(() => evaluate({ y }, { x: [1, 2, 3], i }, { backend }));
      };
      for (const index of [3, -1]) {
        const rows = [[index]];
        expect(await at((x, i) => gather(x, i), [index])).to.be.instanceOf(IndexError);
        expect(await at((x, i) => gatherND(x, i), rows)).to.be.instanceOf(IndexError);
        expect(await at((x, i) => scatterND(i, ops.slice(x, 0, 1), [3]), rows)).to.be.instanceOf(IndexError);
        expect(await at((x, i) => sparseToDense(i, ops.slice(x, 0, 1), [3]), rows)).to.be.instanceOf(IndexError);
        expect(await at((x, i) => tensorScatterUpdate(x, i, ops.slice(x, 0, 1)), rows)).to.be.instanceOf(IndexError);
      }
    });

    it('an index into nothing is an error', async () => {
      const g = new Graph();
      const x = g.placeholder('x', [0, 2]);
      const i = g.placeholder('i', [1], 'int32');
      const nothing = { data: new Float32Array(0), shape: [0, 2], dtype: 'float32' } as const;
      for (const y of [gather(x, i), gatherND(x, reshape(i, [1, 1]))])
        expect(await failure(() => evaluate({ y }, { x: nothing, i: [0] }, { backend }))).to.be.instanceOf(IndexError);
    });

    it('an index out of range in one number is an error, though the place that it comes to exists', async () => {
      const g = new Graph();
      const [x, i] = [g.placeholder('x', [2, 3]), g.placeholder('i', [1, 2], 'int32')];
      const one = reshape(ops.slice(x, 0, [1, 1]), [1]);
      for (const y of [
        gatherND(x, i),
        scatterND(i, one, [2, 3]),
        sparseToDense(i, one, [2, 3]),
        tensorScatterUpdate(x, i, one),
      ]) {
        const feeds = {
          x: [
            [1, 2, 3],
            [4, 5, 6],
          ],
          i: [[0, 4]],
        };
        const error = await failure(() => evaluate({ y, x }, feeds, { backend }));
        expect(error).to.be.instanceOf(IndexError);
      }
    });

    it('argMax of nothing is an error', () => {
      const x = new Graph().placeholder('x', [2, 0]);
      expect(caught(() => argMax(x, 1))).to.be.instanceOf(ShapeError);
    });

    it('a pooling window of padding alone is an error', () => {
      const x = new Graph().placeholder('x', [1, 1, 1, 1]);
      const around: [[number, number], [number, number], [number, number], [number, number]] = [
        [0, 0],
        [2, 2],
        [2, 2],
        [0, 0],
      ];
      expect(caught(() => maxPool(x, 1, 1, around))).to.be.instanceOf(ShapeError);
    });

    it('the gradient ends at integers and bools: zero along them, no path where there is none', async () => {
      const g = new Graph();
      const x = g.placeholder('x', [2]);
      const truncated = sum(mul(cast(cast(x, 'int32'), 'float32'), 3));
      const compared = sum(cast(greater(x, 0), 'float32'));
      const { a, b } = await evaluate(
        { a: gradients(truncated, x), b: gradients(compared, x) },
        { x: [1.5, 2] },
        { backend },
      );
      expectClose(a.data, [0, 0]);
      expectClose(b.data, [0, 0]);
      expect(caught(() => gradients(sum(g.placeholder('z', [2])), x))).to.be.instanceOf(NoPathError);
    });
  });
}

function shapeOf(values: NestedArray): readonly number[] {
  const shape: number[] = [];
  for (let v: unknown = values; Array.isArray(v); v = v[0]) shape.push(v.length);
  return shape;
}

async function check(
  { y: build, x, z: given, dtype = 'float32', value, dx, dz, ddx }: Case,
  backend: Backend,
): Promise<void> {
  const z = given ?? x;
  const g = new Graph();
  const [a, b] = [g.placeholder('x', shapeOf(x), dtype), g.placeholder('z', shapeOf(z), dtype)];
  // builders refuse an argument that they do not have
  const y = build(...((given === undefined ? [a] : [a, b]) as [Sym, Sym]));
  const first = (): Sym => gradients(sum(y), a, { unconnected: 'zeros' });
  const wanted: Record<string, readonly number[] | undefined> = { value, dx, dz, ddx };
  const outputs: Record<string, Sym> = {
    ...(value && { value: y }),
    ...(dx && { dx: first() }),
    ...(dz && { dz: gradients(sum(y), b, { unconnected: 'zeros' }) }),
    ...(ddx && { ddx: gradients(sum(first()), a, { unconnected: 'zeros' }) }),
  };
  // what no output needs is no feed
  const feeds = { ...(uses(outputs, a) && { x }), ...(uses(outputs, b) && { z }) };
  const results = await evaluate(outputs, feeds, { backend });
  for (const [name, result] of Object.entries(results)) expectClose(result.data, wanted[name]!);
}

/** Whether any output depends on an input. */
function uses(outputs: Readonly<Record<string, Sym>>, input: Sym): boolean {
  const seen = new Set<Sym['node']>();
  const visit = ({ node }: Sym): boolean => {
    if (node === input.node) return true;
    if (seen.has(node)) return false;
    seen.add(node);
    return node.inputs.some(visit);
  };
  return Object.values(outputs).some(visit);
}
