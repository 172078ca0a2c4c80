/**
 * Random graphs of all that a graph can hold. A graph is a list of instructions, each a list of numbers of which remainders are taken: any
 * list is a graph, and a shorter list, or smaller numbers, are a simpler one. An instruction that does not fit is left out.
 */
import fc from 'fast-check';
import {
  assign,
  customGradient,
  type DimLike,
  type DType,
  evaluateDim,
  Graph,
  gradients,
  isDifferentiable,
  isSym,
  map,
  product,
  RetrographError,
  type Sym,
  select,
  type Update,
  vjp,
} from '../../engine/index.ts';
import * as ops from '../../ops/index.ts';

/** The op, then what it chooses. */
type Instruction = readonly number[];

export interface GraphCase {
  readonly instructions: readonly Instruction[];
  readonly dims: { readonly b: number; readonly n: number };
  /** What is fed, and what variables hold at first. */
  readonly fed: 'smooth' | 'whole numbers' | 'zeros' | 'not finite';
  readonly seed: number;
  /** Differentiated so many times. */
  readonly order: number;
  /** Whether dims are given to `compile`. */
  readonly known: boolean;
  /** Whether on the native backend too, which takes longest. */
  readonly native: boolean;
}

export const graphCases = (maxLength: number): fc.Arbitrary<GraphCase> =>
  fc.record({
    instructions: fc.array(fc.array(fc.nat(999), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength }),
    dims: fc.record({ b: fc.nat(4), n: fc.nat(3) }),
    fed: fc.constantFrom('smooth', 'smooth', 'whole numbers', 'zeros', 'not finite'),
    seed: fc.nat(1_000_000),
    order: fc.constantFrom(1, 1, 1, 2),
    known: fc.boolean(),
    native: fc.constantFrom(false, false, true),
  });

export interface RandomGraph {
  readonly graph: Graph;
  /** The last values, `loss`, which is made of them, and its gradients by all that is fed and all variables. */
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly updates: readonly Update[];
  /** What the loss is differentiated by. */
  readonly xs: Readonly<Record<string, Sym>>;
}

interface Given {
  readonly dtype: DType;
  readonly shape: readonly DimLike[];
}
const of = (dtype: DType, ...shape: readonly DimLike[]): Given => ({ dtype, shape });

/** What graphs are fed. */
export const FED: Readonly<Record<string, Given>> = {
  s: of('float32'),
  x: of('float32', '$b', 3),
  y: of('float32', '$b', 3),
  m: of('float32', 3, 3),
  v: of('float32', 3),
  l: of('float32', '$n'),
  t: of('float32', '$b', '$n', 2),
  image: of('float32', '$b', 4, 4, 2),
  z: of('complex64', '$b', 3),
  c: of('complex64', 3),
  i: of('int32', '$b'),
  k: of('int32', 3),
  p: of('bool', '$b', 3),
};
export const VARIABLES: Readonly<Record<string, Given>> = {
  w: of('float32', 3, 3),
  u: of('float32', 3),
  count: of('int32'),
};

/** Elements that a value has at most. */
const MOST = 400;
const RANK = 4;

/** Nothing fits. */
class Unfit extends Error {}

type Fits = (s: Sym) => boolean;

/** What an instruction chooses by its numbers, among the values that there are. */
class Chooser {
  readonly values: readonly Sym[];
  readonly #numbers: Instruction;
  readonly #left: Instruction[];
  #at = 1;

  /** @param left the instructions that follow */
  constructor(values: readonly Sym[], numbers: Instruction, left: Instruction[]) {
    this.values = values;
    this.#numbers = numbers;
    this.#left = left;
  }

  number(below: number): number {
    return this.#numbers[this.#at++ % this.#numbers.length]! % Math.max(1, below);
  }
  flag(): boolean {
    return this.number(2) === 1;
  }
  among<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Unfit();
    return list[this.number(list.length)]!;
  }
  /** The last that fits, by the number 0. */
  value(...fits: readonly Fits[]): Sym {
    return this.among([...this.values].reverse().filter((s) => fits.every((f) => f(s))));
  }
  float(...fits: readonly Fits[]): Sym {
    return this.value(isFloat, ...fits);
  }
  axis(s: Sym): number {
    return this.number(s.rank);
  }
  /** Some axes, or all. */
  axes(s: Sym): number[] | null {
    const kept = this.number(2 ** Math.min(s.rank, RANK));
    const chosen = Array.from({ length: s.rank }, (_, i) => i).filter((i) => (kept >> i) % 2 === 0);
    return chosen.length === s.rank ? null : chosen;
  }
  /**
   * A function by some of the instructions that follow, which may use all values that there are.
   * @param closed but for those that it could be differentiated by
   */
  function(most: number, closed = false): (...args: readonly Sym[]) => Sym {
    const own = this.#left.splice(0, most);
    const values = closed ? this.values.filter((s) => !isContinuous(s)) : this.values;
    return (...args) => obey([...values, ...args], [...own]).at(-1)!;
  }
}

const isFloat: Fits = (s) => s.dtype === 'float32';
const isComplex: Fits = (s) => s.dtype === 'complex64';
const isInteger: Fits = (s) => s.dtype === 'int32';
const isBool: Fits = (s) => s.dtype === 'bool';
const isNumber: Fits = (s) => s.dtype !== 'bool';
const isContinuous: Fits = (s) => isDifferentiable(s.dtype);
const isLarge: Fits = (s) => s.rank > 0;
const ofRank =
  (rank: number): Fits =>
  (s) =>
    s.rank === rank;
const isLike =
  (x: Sym): Fits =>
  (s) =>
    s.rank === x.rank && s.shape.every((d, i) => d === x.shape[i]);
/** To a value of another shape, or of the same, without unknown dims that may differ. */
const broadcasts =
  (x: Sym): Fits =>
  (s) =>
    x.shape.every((d, i) => {
      const other = s.shape[i - x.rank + s.rank];
      return other === undefined || d === 1 || other === 1 || d === other;
    });
const fixed = (s: Sym, axis: number): number => {
  const size = s.shape[axis];
  if (typeof size !== 'number' || size === 0) throw new Unfit();
  return size;
};

type Maker = (choose: Chooser) => Sym | readonly Sym[];

const unary =
  (f: (x: Sym) => Sym): Maker =>
  (choose) =>
    f(choose.float());
const binary =
  (f: (x: Sym, y: Sym) => Sym): Maker =>
  (choose) => {
    const x = choose.float();
    return f(x, choose.float(broadcasts(x)));
  };
/** Along an axis. */
const along =
  (f: (x: Sym, axis: number, flag: boolean, choose: Chooser) => Sym | readonly Sym[]): Maker =>
  (choose) => {
    const x = choose.value(isNumber, isLarge);
    return f(x, choose.axis(x), choose.flag(), choose);
  };
const alongFloats =
  (f: (x: Sym, axis: number, flag: boolean, choose: Chooser) => Sym | readonly Sym[]): Maker =>
  (choose) => {
    const x = choose.float(isLarge);
    return f(x, choose.axis(x), choose.flag(), choose);
  };
const reduction =
  (f: (x: Sym, axes: number[] | null, keepDims: boolean) => Sym, fits: Fits = isFloat): Maker =>
  (choose) => {
    const x = choose.value(fits);
    return f(x, choose.axes(x), choose.flag());
  };
/** What int32 holds: of other numbers, a cast has no defined value. */
const finite = (x: Sym): Sym => ops.clipByValue(withoutNaN(x), -1e4, 1e4);
/** For what makes something else of NaN: on some backend, or in double precision, where kernels are tfjs's own. */
const withoutNaN = (x: Sym): Sym => select(ops.isNaN(x), 0, x);

const { image, losses } = ops;

/** Numbers that passes look for. */
const NUMBERS = [0, 1, -1, 2, 0.5, -0.25, 3, 1e-3, -0];

const MAKES: Readonly<Record<string, Maker>> = {
  tanh: unary(ops.tanh),
  add: binary(ops.add),
  mul: binary((x, y) => ops.mul(ops.tanh(x), y)),
  addNumber: (choose) => ops.add(choose.float(), choose.among(NUMBERS)),
  mulNumber: (choose) => ops.mul(choose.float(), choose.among(NUMBERS)),
  neg: unary(ops.neg),
  sub: binary(ops.sub),
  square: unary((x) => ops.square(ops.tanh(x))),
  sigmoid: unary(ops.sigmoid),
  sin: unary(ops.sin),
  cos: unary(ops.cos),
  exp: unary((x) => ops.exp(ops.sin(x))),
  rawExp: unary(ops.exp),
  log: unary((x) => ops.log(ops.add(ops.abs(x), 0.5))),
  rawLog: unary(ops.log),
  log1p: unary((x) => ops.log1p(ops.square(x))),
  sqrt: unary((x) => ops.sqrt(ops.add(ops.square(x), 1))),
  rawSqrt: unary(ops.sqrt),
  rsqrt: unary((x) => ops.rsqrt(ops.add(ops.abs(x), 0.3))),
  reciprocal: unary((x) => ops.reciprocal(ops.add(ops.abs(x), 0.3))),
  rawReciprocal: unary(ops.reciprocal),
  abs: unary(ops.abs),
  relu: unary(ops.relu),
  relu6: unary(ops.relu6),
  elu: unary(ops.elu),
  selu: unary(ops.selu),
  gelu: unary(ops.gelu),
  mish: unary(ops.mish),
  silu: unary(ops.silu),
  softplus: unary(ops.softplus),
  softsign: unary(ops.softsign),
  logSigmoid: unary(ops.logSigmoid),
  hardSwish: unary(ops.hardSwish),
  hardSigmoid: unary(ops.hardSigmoid),
  leakyRelu: unary(ops.leakyRelu),
  erf: unary(ops.erf),
  atan: unary(ops.atan),
  asinh: unary(ops.asinh),
  sinh: unary((x) => ops.sinh(ops.tanh(x))),
  cosh: unary((x) => ops.cosh(ops.tanh(x))),
  expm1: unary((x) => ops.expm1(ops.tanh(x))),
  floor: unary(ops.floor),
  ceil: unary(ops.ceil),
  round: unary(ops.round),
  sign: unary(ops.sign),
  step: unary((x) => ops.step(x)),
  clip: unary((x) => ops.clipByValue(x, -0.5, 1)),
  stopGradient: unary(ops.stopGradient),
  div: binary((x, y) => ops.div(x, ops.add(ops.square(y), 1))),
  rawDiv: binary(ops.div),
  divNoNan: binary(ops.divNoNan),
  maximum: binary(ops.maximum),
  minimum: binary(ops.minimum),
  squaredDifference: binary(ops.squaredDifference),
  // the sign of a 0 is nothing that is held, and at 0 the angle of a quotient is what that says
  atan2: binary((y, x) => ops.atan2(select(ops.equal(y, 0), 1, y), x)),
  pow: binary((x, y) => ops.pow(ops.add(ops.abs(x), 0.5), ops.tanh(y))),
  powNumber: (choose) => ops.pow(choose.float(), choose.among([0, 1, 2, 3, 0.5, -1, -2])),
  mod: binary((x, y) => ops.mod(finite(x), ops.add(ops.abs(finite(y)), 1))),
  floorDiv: binary((x, y) => ops.floorDiv(finite(x), ops.add(ops.abs(finite(y)), 1))),
  prelu: binary(ops.prelu),
  addN: (choose) => {
    const x = choose.float();
    return ops.addN([x, choose.float(isLike(x)), choose.float(isLike(x))]);
  },

  sum: reduction(ops.sum, isNumber),
  mean: reduction(ops.mean),
  max: reduction(ops.max),
  min: reduction(ops.min),
  prod: reduction((x, axes, keepDims) => ops.prod(ops.tanh(x), axes, keepDims)),
  logSumExp: reduction(ops.logSumExp),
  norm: reduction((x, axes, keepDims) => ops.euclideanNorm(x, axes, keepDims)),
  normOne: reduction((x, axes, keepDims) => ops.norm(x, 1, axes === null || axes.length > 2 ? 0 : axes, keepDims)),
  variance: reduction((x, axes, keepDims) => ops.moments(x, axes, keepDims).variance),
  argMax: alongFloats((x, axis) => ops.argMax(withoutNaN(x), axis)),
  argMin: alongFloats((x, axis) => ops.argMin(withoutNaN(x), axis)),
  cumsum: along((x, axis, flag, choose) => {
    if (isComplex(x)) throw new Unfit();
    return ops.cumsum(x, axis, flag, choose.flag());
  }),
  cumprod: alongFloats((x, axis, flag, choose) => ops.cumprod(ops.tanh(x), axis, flag, choose.flag())),
  softmax: alongFloats((x) => ops.softmax(x)),
  logSoftmax: alongFloats((x) => ops.logSoftmax(x)),
  layerNorm: alongFloats((x, axis) => ops.layerNorm(x, null, null, axis)),
  topk: alongFloats((x, _, __, choose) => {
    const { values, indices } = ops.topk(x, 1 + choose.number(fixed(x, x.rank - 1)));
    return [values, indices];
  }),

  concat: along((x, axis, _, choose) => ops.concat([x, choose.value((s) => s.dtype === x.dtype, isLike(x))], axis)),
  stack: (choose) => {
    const x = choose.value(isNumber, (s) => s.rank < RANK);
    const other = choose.value((s) => s.dtype === x.dtype, isLike(x));
    return ops.stack([x, other, x], choose.number(x.rank + 1));
  },
  unstack: along((x, axis) => {
    if (fixed(x, axis) > 4) throw new Unfit();
    return ops.unstack(x, axis);
  }),
  split: along((x, axis, _, choose) => {
    const size = fixed(x, axis);
    if (size < 2) throw new Unfit();
    const first = 1 + choose.number(size - 1);
    return ops.split(x, [first, size - first], axis);
  }),
  slice: along((x, axis, _, choose) => {
    const size = fixed(x, axis);
    const begin = choose.number(size);
    const sizes = x.shape.map((__, i) => (i === axis ? 1 + choose.number(size - begin) : -1));
    return ops.slice(
      x,
      sizes.map((__, i) => (i === axis ? begin : 0)),
      sizes,
    );
  }),
  stridedSlice: along((x, axis, flag, choose) => {
    const size = fixed(x, axis);
    const at = <T>(there: T, elsewhere: T): T[] => x.shape.map((_, i) => (i === axis ? there : elsewhere));
    const others = x.shape.reduce((mask: number, _, i) => (i === axis ? mask : mask | (1 << i)), 0);
    const [begin, end, stride] = flag ? [size - 1, -size - 1, -1 - choose.number(2)] : [choose.number(size), size, 2];
    return ops.stridedSlice(x, at(begin, 0), at(end, 0), at(stride, 1), others, others);
  }),
  reverse: along((x, axis) => ops.reverse(x, axis)),
  transpose: (choose) => {
    const x = choose.value(isNumber, (s) => s.rank > 1);
    const by = 1 + choose.number(x.rank - 1);
    const turned = x.shape.map((_, i) => (i + by) % x.rank);
    return ops.transpose(x, choose.flag() ? turned : turned.reverse());
  },
  flatten: (choose) => ops.reshape(choose.value(isNumber), [-1]),
  reshape: (choose) => {
    const x = choose.value(isNumber, isLarge);
    const [first, ...rest] = x.shape;
    return ops.reshape(x, choose.flag() ? [first!, -1] : [-1, rest.at(-1) ?? 1]);
  },
  expandDims: (choose) => {
    const x = choose.value(isNumber, (s) => s.rank < RANK);
    return ops.expandDims(x, choose.number(x.rank + 1));
  },
  squeeze: (choose) => {
    const x = choose.value(isNumber, (s) => s.shape.includes(1));
    return ops.squeeze(x, [x.shape.indexOf(1)]);
  },
  tile: along((x, axis, _, choose) =>
    ops.tile(
      x,
      x.shape.map((__, i) => (i === axis ? choose.among([2, 1, 3, 0]) : 1)),
    ),
  ),
  broadcast: (choose) => {
    const x = choose.value(isNumber, (s) => s.rank < RANK);
    return ops.broadcastTo(x, [choose.among<DimLike>([2, '$b', '$n', 1]), ...x.shape]);
  },
  pad: along((x, axis, flag, choose) => {
    const sides = [choose.number(3), choose.number(2)] as const;
    const value = isComplex(x) || !flag ? 0 : 1;
    return ops.pad(
      x,
      x.shape.map((_, i) => (i === axis ? sides : ([0, 0] as const))),
      value,
    );
  }),
  mirrorPad: along((x, axis, flag) => {
    if (fixed(x, axis) < 2 || isComplex(x)) throw new Unfit();
    return ops.mirrorPad(
      x,
      x.shape.map((_, i) => (i === axis ? ([1, 1] as const) : ([0, 0] as const))),
      flag ? 'reflect' : 'symmetric',
    );
  }),
  gather: along((x, axis, _, choose) => {
    const size = fixed(x, axis);
    const indices = choose.value(isInteger, (s) => s.rank < 2);
    return ops.gather(x, ops.mod(ops.abs(indices), size), axis);
  }),
  gatherNumbers: along((x, axis, _, choose) => {
    const size = fixed(x, axis);
    return ops.gather(x, ops.tensor1d([choose.number(size), choose.number(size)], 'int32'), axis);
  }),
  gatherWild: along((x, axis, _, choose) => ops.gather(x, choose.value(isInteger), axis)),
  oneHot: (choose) =>
    ops.cast(
      ops.oneHot(
        choose.value(isInteger, (s) => s.rank < RANK),
        3,
      ),
      'float32',
    ),
  segmentSum: (choose) => {
    const x = choose.float(isLarge);
    const ids = choose.value(isInteger, ofRank(1), (s) => s.shape[0] === x.shape[0]);
    return ops.unsortedSegmentSum(x, ids, 1 + choose.number(4));
  },
  scatter: (choose) => {
    const x = choose.float(isLarge);
    const at = choose.value(isInteger, ofRank(1), (s) => s.shape[0] === x.shape[0]);
    return ops.scatterND(ops.expandDims(ops.mod(ops.abs(at), 3), 1), x, [3, ...x.shape.slice(1)]);
  },
  scatterUpdate: (choose) => {
    const x = choose.float(isLarge);
    const at = ops.tensor2d([[choose.number(fixed(x, 0))]], [1, 1], 'int32');
    return ops.tensorScatterUpdate(
      x,
      at,
      ops.slice(x, new Array(x.rank).fill(0), [1, ...new Array(x.rank - 1).fill(-1)]),
    );
  },

  matMul: (choose) => {
    const x = choose.float((s) => s.rank === 2 || s.rank === 3);
    const [rows, columns] = x.shape.slice(-2);
    const transposed = choose.flag();
    const inner = transposed ? rows : columns;
    const other = choose.float(ofRank(2), (s) => s.shape.includes(inner!));
    return ops.matMul(ops.tanh(x), other, transposed, other.shape[0] !== inner);
  },
  fusedMatMul: (choose) => {
    const x = choose.float(ofRank(2));
    const other = choose.float(ofRank(2), (s) => s.shape[0] === x.shape[1]);
    const bias = choose.float(ofRank(1), (s) => s.shape[0] === other.shape[1]);
    const f = choose.among([ops.relu, ops.tanh, ops.sigmoid, ops.elu]);
    return f(ops.add(ops.matMul(x, other), bias));
  },
  einsum: (choose) => {
    const x = choose.float(ofRank(2));
    const other = choose.float(ofRank(2), (s) => s.shape[0] === x.shape[0]);
    return ops.einsum(choose.among(['ij,ik->jk', 'ij,ik->kji', 'ij,ik->j', 'ij,ik->ik', 'ij,ik->']), x, other);
  },
  outerProduct: (choose) => ops.outerProduct(choose.float(ofRank(1)), choose.float(ofRank(1))),
  solve: (choose) => {
    const a = choose.float(ofRank(2), (s) => s.shape[0] === 3 && s.shape[1] === 3);
    return ops.linalg.solve(ops.add(ops.tanh(finite(a)), ops.mul(ops.eye(3), 4)), choose.float(isLike(a)));
  },
  conv2d: (choose) => {
    const x = choose.float(ofRank(4), (s) => s.shape[3] === 2);
    return ops.conv2d(x, ops.sin(ops.reshape(ops.iota(16), [2, 2, 2, 2])), 1, choose.flag() ? 'same' : 'valid');
  },
  depthwise: (choose) => {
    const x = choose.float(ofRank(4), (s) => s.shape[3] === 2);
    return ops.depthwiseConv2d(x, ops.sin(ops.reshape(ops.iota(8), [2, 2, 2, 1])), 1, choose.flag() ? 'same' : 'valid');
  },
  maxPool: (choose) => {
    // on node a window of negative infinities has the least finite number: docs/conventions.md
    const x = ops.maximum(withoutNaN(choose.float(ofRank(4))), -1e30);
    return ops.maxPool(x, 2, 1 + choose.number(2), choose.flag() ? 'same' : 'valid');
  },
  avgPool: (choose) => ops.avgPool(choose.float(ofRank(4)), 2, 1 + choose.number(2), choose.flag() ? 'same' : 'valid'),
  resize: (choose) => image.resizeBilinear(finite(choose.float(ofRank(4))), [3, 2], choose.flag()),

  greater: (choose) => {
    const x = choose.float();
    const f = choose.among([ops.greater, ops.less, ops.equal, ops.notEqual, ops.lessEqual]);
    return f(x, choose.flag() ? 0 : choose.float(broadcasts(x)));
  },
  isNaN: (choose) => choose.among([ops.isNaN, ops.isFinite, ops.isInf])(choose.float()),
  logical: (choose) => {
    const x = choose.value(isBool);
    const f = choose.among([ops.logicalAnd, ops.logicalOr, ops.logicalXor]);
    return f(x, choose.flag() ? ops.logicalNot(x) : choose.value(isBool, broadcasts(x)));
  },
  all: (choose) => {
    const x = choose.value(isBool);
    return choose.among([ops.all, ops.any])(x, choose.axes(x));
  },
  where: (choose) => {
    const x = choose.value(isNumber);
    const condition = choose.value(isBool, broadcasts(x));
    const other = choose.value((s) => s.dtype === x.dtype, broadcasts(x), broadcasts(condition));
    return choose.flag() ? ops.where(condition, x, other) : ops.where(condition, other, x);
  },
  whereSafe: (choose) => {
    const x = choose.float();
    const f = choose.among([ops.log, ops.sqrt, ops.reciprocal, ops.rsqrt]);
    return ops.where(ops.greater(x, 0), f(x), choose.number(2));
  },
  toInteger: (choose) => ops.cast(finite(choose.float()), 'int32'),
  integers: (choose) => {
    const x = choose.value(isInteger);
    const f = choose.among([ops.add, ops.sub, ops.mul, ops.maximum, ops.mod, ops.floorDiv]);
    return f(x, choose.flag() ? ops.scalar(choose.number(4), 'int32') : choose.value(isInteger, broadcasts(x)));
  },
  toFloat: (choose) =>
    ops.cast(
      choose.value((s) => isInteger(s) || isBool(s)),
      'float32',
    ),
  toBool: (choose) =>
    ops.cast(
      choose.value(isNumber, (s) => !isComplex(s)),
      'bool',
    ),

  complex: (choose) => {
    const x = choose.float();
    return ops.complex(x, choose.float(broadcasts(x)));
  },
  parts: (choose) => choose.among([ops.real, ops.imag, ops.complexAbs])(choose.value(isComplex)),
  conj: (choose) => ops.conj(choose.value(isComplex)),
  complexes: (choose) => {
    const z = choose.value(isComplex);
    return choose.among([ops.add, ops.mul, ops.sub])(z, choose.value(isContinuous, broadcasts(z)));
  },
  fft: (choose) =>
    choose.among([ops.fft, ops.ifft])(choose.value(isComplex, isLarge, (s) => (s.shape.at(-1) as number) > 0)),
  rfft: (choose) => ops.rfft(choose.float(isLarge, (s) => (s.shape.at(-1) as number) > 1)),
  huber: binary((x, y) => losses.huberLoss(x, y)),

  map: (choose) => {
    const x = choose.value(isNumber, isLarge);
    const other = choose.value(isNumber, isLarge, (s) => s.shape[0] === x.shape[0]);
    return map([x, other], choose.function(3));
  },
  custom: (choose) => {
    const x = choose.float();
    const other = choose.float(broadcasts(x));
    const f = customGradient(
      (a: Sym, b: Sym) => ops.mul(ops.sin(a), b),
      [([a, b], { dy }) => ops.mul(dy, ops.mul(ops.cos(a!), b!)), ([a], { dy }) => ops.mul(dy, ops.sin(a!))],
    );
    return f(x, other);
  },
  /** Differentiated by the engine's own rules, within a rule of the user's. */
  customAgain: (choose) => {
    const x = choose.float();
    const f = choose.function(2, true);
    return customGradient(f, [([a], { dy }) => vjp([f(a!)], [dy], [a!], { unconnected: 'zeros' })[0]])(x);
  },
};
const MAKERS = Object.values(MAKES);

/** The values, and those that the instructions make of them. */
function obey(given: readonly Sym[], left: Instruction[], keeps: Fits = () => true): Sym[] {
  const values = [...given];
  for (let numbers = left.shift(); numbers !== undefined; numbers = left.shift()) {
    try {
      const made = MAKERS[numbers[0]! % MAKERS.length]!(new Chooser(values, numbers, left));
      values.push(...(isSym(made) ? [made] : made).filter(keeps));
    } catch (e) {
      if (!(e instanceof Unfit || e instanceof RetrographError)) throw e;
    }
  }
  return values;
}

export function buildGraph({ instructions, dims, order }: GraphCase): RandomGraph {
  const graph = new Graph();
  const feeds = Object.entries(FED).map(([name, { dtype, shape }]) => graph.placeholder(name, shape, dtype));
  const variables = Object.entries(VARIABLES).map(([name, { dtype, shape }]) =>
    graph.variable(name, shape, 0, { dtype }),
  );
  const given = [...feeds, ...variables];
  const isSmall = (s: Sym): boolean => s.rank <= RANK && evaluateDim(product(s.shape), dims) <= MOST;
  const values = obey(given, [...instructions], isSmall);

  const last = values.slice(-3).map((s) => graph.adopt(s));
  const loss = lossOf(last);
  const names = [...Object.keys(FED), ...Object.keys(VARIABLES)];
  const xs = Object.fromEntries(names.map((name, i) => [name, given[i]!] as const).filter(([, s]) => isContinuous(s)));
  const first = gradients(loss, xs, { unconnected: 'zeros' });
  const finalLoss = order === 1 ? loss : lossOf(Object.values(first));
  const grads = order === 1 ? first : gradients(finalLoss, xs, { unconnected: 'zeros' });
  const named = (prefix: string, syms: Readonly<Record<string, Sym>>) =>
    Object.fromEntries(Object.entries(syms).map(([name, s]) => [prefix + name, s]));
  const updates = variables.map((w) => {
    const made = values.slice(given.length).reverse();
    const value = made.find((s) => s.dtype === w.dtype && isLike(w)(s) && s !== w);
    return assign(w, value ?? (isFloat(w) ? ops.mul(w, 0.5) : ops.add(w, ops.scalar(1, 'int32'))));
  });
  return {
    graph,
    // what is fed binds all dims, whatever is needed of it
    outputs: {
      x: graph.find('x'),
      l: graph.find('l'),
      ...named('y', Object.fromEntries(last.map((s, k) => [k, s]))),
      loss: finalLoss,
      ...named('d_', grads),
    },
    updates,
    xs,
  };
}

/** A scalar of all elements that are finite, each with a weight of its own: as smooth as they are. */
function lossOf(values: readonly Sym[]): Sym {
  const parts = values.flatMap((s) => (isComplex(s) ? [ops.real(s), ops.imag(s)] : isFloat(s) ? [s] : []));
  const weighted = parts.map((s, k) => {
    const flat = ops.reshape(s, [-1]);
    const weights = ops.cos(ops.add(ops.iota(flat.shape[0]!), k + 0.5));
    return ops.sum(ops.mul(select(ops.isFinite(flat), flat, 0), weights));
  });
  return weighted.reduce((a, b) => ops.add(a, b), ops.scalar(0) as Sym);
}
