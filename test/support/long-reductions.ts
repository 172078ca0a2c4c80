/**
 * Sums of many positive terms, by every op that makes them and along every axis: relative errors of at most 1e-6 + 1e-7 log2(n), against
 * double precision.
 */
import { expect } from 'chai';
import { LONG } from '../../backends/long-reductions.ts';
import { type Backend, compile, type DimLike, Graph, gradients, type Sym, sizeOf } from '../../engine/index.ts';
import * as ops from '../../ops/index.ts';
import { globalNorm } from '../../plugins/optimizers/index.ts';

type Shape = readonly number[];

/** A reduction of values in these shapes, all positive. */
interface Case {
  readonly shapes: readonly Shape[];
  readonly f: (...xs: Sym[]) => Sym;
  /** What it is in double precision. */
  readonly of: (...xs: Float32Array[]) => ArrayLike<number>;
  /** How many terms each result has. */
  readonly terms: number;
}
type Cases = Readonly<Record<string, Case>>;

const equal = (): number => 0.1;
const DATA: Readonly<Record<string, (i: number) => number>> = {
  equal,
  'of many sizes': (i) => ((i * 2654435761) % 4294967296) / 4294967296 + 2 ** -10,
};

/** Calls for all indices of a shape, with the offsets that they have where axes are `strides` apart. */
function forEach(shape: Shape, strides: readonly Shape[], visit: (...offsets: number[]) => void): void {
  const offsets = strides.map(() => 0);
  const step = (axis: number): void => {
    if (axis === shape.length) {
      visit(...offsets);
      return;
    }
    for (let i = 0; i < shape[axis]!; i++) {
      step(axis + 1);
      strides.forEach((stride, k) => {
        offsets[k]! += stride[axis]!;
      });
    }
    strides.forEach((stride, k) => {
      offsets[k]! -= stride[axis]! * shape[axis]!;
    });
  };
  step(0);
}

const stridesOf = (shape: Shape): Shape => shape.map((_, i) => sizeOf(shape.slice(i + 1)));
/** The strides of a value without some axes. */
const without = (shape: Shape, axis: Shape): Shape => {
  const rest = stridesOf(shape.map((d, i) => (axis.includes(i) ? 1 : d)));
  return rest.map((stride, i) => (axis.includes(i) ? 0 : stride));
};

const subsets = (rank: number): readonly Shape[] =>
  Array.from({ length: 2 ** rank - 1 }, (_, bits) =>
    Array.from({ length: rank }, (_, i) => i).filter((i) => ((bits + 1) & (1 << i)) !== 0),
  );

/** Sums and means of values of up to four dimensions over all sets of axes with many elements. */
function sums(n: number): Cases {
  const shapes: readonly Shape[] = [
    [n],
    [n, 1],
    [1, n],
    [n, 3],
    [3, n],
    [n >> 4, 2, 16],
    [2, n >> 1, 3],
    [n >> 5, 4, 8, 2],
  ];
  return Object.fromEntries(
    shapes.flatMap((shape) =>
      subsets(shape.length)
        .filter((axis) => sizeOf(axis.map((a) => shape[a]!)) > LONG)
        .flatMap((axis) =>
          Object.entries({ sum: ops.sum, mean: ops.mean }).map(([name, reduce]): [string, Case] => {
            const terms = sizeOf(axis.map((a) => shape[a]!));
            const of = (x: Float32Array): Float64Array => {
              const y = new Float64Array(x.length / terms);
              forEach(shape, [stridesOf(shape), without(shape, axis)], (from, to) => {
                y[to]! += x[from]! / (name === 'mean' ? terms : 1);
              });
              return y;
            };
            return [`${name} of [${shape}] over [${axis}]`, { shapes: [shape], f: (x) => reduce(x, axis), of, terms }];
          }),
        ),
    ),
  );
}

/** Of elements x, from their sum and the sum of their squares. */
const fromSums =
  (f: (x: Sym) => Sym, of: (sum: number, squares: number, n: number) => number) =>
  (n: number): Case => ({
    shapes: [[n]],
    f,
    of: (x) => {
      const total = (g: (v: number) => number): number => x.reduce((sum, v) => sum + g(v), 0);
      return [of(total((v) => v), total((v) => v * v), n)]; // biome-ignore format: as it is
    },
    terms: n,
  });
const { losses } = ops;
const MADE_OF_SUMS = {
  'a norm of order 1': fromSums((x) => ops.norm(x, 1), (s) => s),
  'a norm': fromSums((x) => ops.norm(x), (_, q) => Math.sqrt(q)),
  globalNorm: fromSums((x) => globalNorm([x, x]), (_, q) => Math.sqrt(2 * q)),
  logSumExp: fromSums((x) => ops.exp(ops.logSumExp(ops.log(x))), (s) => s),
  absoluteDifference: fromSums((x) => losses.absoluteDifference(ops.zerosLike(x), x), (s, _, n) => s / n),
  meanSquaredError: fromSums((x) => losses.meanSquaredError(ops.zerosLike(x), x), (_, q, n) => q / n),
  halfSquaredError: fromSums((x) => losses.halfSquaredError(ops.zerosLike(x), x), (_, q) => q / 2),
  'a weighted loss': fromSums(
    (x) => losses.computeWeightedLoss(x, ops.onesLike(x), losses.Reduction.MEAN),
    (s, _, n) => s / n,
  ),
}; // biome-ignore format: as it is

/** A contraction: of indices by letter, `to` those of the result. */
function contraction(sizes: Readonly<Record<string, number>>, left: string, right: string, to: string) {
  const shapeOf = (letters: string): Shape => [...letters].map((l) => sizes[l]!);
  const all = [...new Set([...to, ...left, ...right])];
  const stridesIn = (letters: string): Shape =>
    all.map((l) => (letters.includes(l) ? stridesOf(shapeOf(letters))[letters.indexOf(l)]! : 0));
  return {
    shapes: [shapeOf(left), shapeOf(right)],
    of: (a: Float32Array, b: Float32Array): Float64Array => {
      const y = new Float64Array(sizeOf(shapeOf(to)));
      forEach(shapeOf(all.join('')), [stridesIn(left), stridesIn(right), stridesIn(to)], (i, j, k) => {
        y[k]! += a[i]! * b[j]!;
      });
      return y;
    },
    terms: sizeOf(all.filter((l) => !to.includes(l)).map((l) => sizes[l]!)),
  };
}

/** Matrix products, transposed, batched, of vectors, with a bias; and what is made of them. */
function products(n: number): Cases {
  const cases: Record<string, Case> = {};
  for (const [m, p] of [[1, 1], [1, 5], [5, 1], [3, 8], [8, 9]] as const) // biome-ignore format: as it is
    for (const transposeA of [false, true])
      for (const transposeB of [false, true])
        cases[`matMul of ${m} by ${p}${transposeA ? ', a transposed' : ''}${transposeB ? ', b transposed' : ''}`] = {
          ...contraction({ m, n, p }, transposeA ? 'nm' : 'mn', transposeB ? 'pn' : 'np', 'mp'),
          f: (a, b) => ops.matMul(a, b, transposeA, transposeB),
        };
  const sizes = { b: 2, c: 3, m: 2, n, p: 3 };
  cases['matMul of a batch'] = { ...contraction(sizes, 'bmn', 'bnp', 'bmp'), f: (a, b) => ops.matMul(a, b) };
  cases['matMul of a broadcast batch'] = { ...contraction(sizes, 'bmn', 'np', 'bmp'), f: (a, b) => ops.matMul(a, b) };
  cases['dot of vectors'] = { ...contraction(sizes, 'n', 'n', ''), f: (a, b) => ops.dot(a, b) };
  cases['dot of a matrix and a vector'] = { ...contraction(sizes, 'mn', 'n', 'm'), f: (a, b) => ops.dot(a, b) };
  cases.einsum = {
    ...contraction({ ...sizes, n: n >> 1, q: 2 }, 'mnq', 'qpn', 'mp'),
    f: (a, b) => ops.einsum('mnq,qpn->mp', a, b),
  };
  cases['a product with a bias and an activation'] = {
    ...contraction(sizes, 'mn', 'np', 'mp'),
    f: (a, b) => ops.relu(ops.add(ops.matMul(a, b), ops.zeros([3]))),
  };
  cases['the gradient of the weights of a layer'] = {
    ...contraction(sizes, 'nm', 'np', 'mp'),
    f: (x, dy) => gradientOf([2, 3], (w) => ops.mul(ops.matMul(x, w), dy)),
  };
  return cases;
}

/** The gradient of the sum of f's result by an argument of this shape. */
function gradientOf(shape: Shape, f: (w: Sym) => Sym): Sym {
  const w = ops.fill(shape, 1);
  return gradients(ops.sum(f(w)), [w])[0]!;
}

/** Gradients of filters, by many images or by large ones: of windows of one element, so that each is a contraction of whole images. */
function filterGradients(n: number): Cases {
  const side = 2 ** Math.floor(Math.log2(n) / 2);
  const cases: Record<string, Case> = {};
  const images = {
    'many small images': [n >> 4, 4, 4],
    'a large image': [1, side, Math.floor(n / side)],
    'a long image': [1, 1, n],
  };
  for (const [of, [b, h, w]] of Object.entries(images)) {
    const sizes = { b: b!, h: h!, w: w!, c: 2, o: 3 };
    cases[`the gradient of a filter by ${of}`] = {
      ...contraction(sizes, 'bhwc', 'bhwo', 'co'),
      f: (x, dy) => gradientOf([1, 1, 2, 3], (filter) => ops.mul(ops.conv2d(x, filter, 1, 'valid'), dy)),
    };
    cases[`the gradient of a depthwise filter by ${of}`] = {
      ...contraction(sizes, 'bhwc', 'bhwco', 'co'),
      f: (x, dy) =>
        gradientOf([1, 1, 2, 3], (filter) =>
          ops.mul(ops.depthwiseConv2d(x, filter, 1, 'valid'), ops.reshape(dy, [b!, h!, w!, 6])),
        ),
    };
  }
  cases['the gradient of a filter of sequences'] = {
    ...contraction({ b: 2, w: n >> 1, c: 2, o: 3 }, 'bwc', 'bwo', 'co'),
    f: (x, dy) => gradientOf([1, 2, 3], (filter) => ops.mul(ops.conv1d(x, filter, 1, 'valid'), dy)),
  };
  cases['the gradient of a filter of volumes'] = {
    ...contraction({ b: n >> 6, d: 4, h: 4, w: 4, c: 2, o: 3 }, 'bdhwc', 'bdhwo', 'co'),
    f: (x, dy) => gradientOf([1, 1, 1, 2, 3], (filter) => ops.mul(ops.conv3d(x, filter, 1, 'valid'), dy)),
  };
  return cases;
}

interface Geometry {
  readonly stride: number;
  readonly dilation: number;
  readonly pad: number;
}

/** Gradients of filters of 3 by 2 elements whose windows are apart, dilated, padded: the loops of the definition. */
function windowedFilterGradients(n: number): Cases {
  const [h, w, c, o] = [16, 16, 2, 3];
  const [kh, kw] = [3, 2];
  const geometries: readonly Geometry[] = [
    { stride: 1, dilation: 1, pad: 1 },
    { stride: 2, dilation: 1, pad: 0 },
    { stride: 1, dilation: 2, pad: 2 },
  ];
  return Object.fromEntries(
    geometries.flatMap(({ stride, dilation, pad }) => {
      const count = (size: number, taps: number): number =>
        Math.floor((size + 2 * pad - (taps - 1) * dilation - 1) / stride) + 1;
      const [oh, ow] = [count(h, kh), count(w, kw)];
      const b = Math.ceil(n / (oh * ow));
      /** @param each whether channels have filters of their own */
      const of =
        (each: boolean) =>
        (x: Float32Array, dy: Float32Array): Float64Array => {
          const y = new Float64Array(kh * kw * c * o);
          forEach([b, oh, ow, kh, kw], [[1, 0, 0, 0, 0], [0, stride, 0, dilation, 0], [0, 0, stride, 0, dilation], [oh * ow, ow, 1, 0, 0], [0, 0, 0, kw, 1]], (image, row, column, out, tap) => {
            const [i, j] = [row - pad, column - pad];
            if (i < 0 || i >= h || j < 0 || j >= w) return;
            for (let p = 0; p < c; p++)
              for (let q = 0; q < o; q++)
                y[(tap * c + p) * o + q]! +=
                  x[((image * h + i) * w + j) * c + p]! * dy[each ? (out * c + p) * o + q : out * o + q]!;
          });
          return y;
        }; // biome-ignore format: as it is
      const terms = b * oh * ow;
      const title = `windows ${stride} apart, dilated by ${dilation}, in a padding of ${pad}`;
      const args = [stride, pad, 'NHWC', dilation] as const;
      return [
        [
          `the gradient of a filter of ${title}`,
          {
            shapes: [[b, h, w, c], [b, oh, ow, o]],
            f: (x, dy) => gradientOf([kh, kw, c, o], (filter) => ops.mul(ops.conv2d(x, filter, ...args), dy)),
            of: of(false),
            terms,
          },
        ],
        [
          `the gradient of a depthwise filter of ${title}`,
          {
            shapes: [[b, h, w, c], [b, oh, ow, c * o]],
            f: (x, dy) => gradientOf([kh, kw, c, o], (filter) => ops.mul(ops.depthwiseConv2d(x, filter, ...args), dy)),
            of: of(true),
            terms,
          },
        ],
      ] satisfies [string, Case][]; // biome-ignore format: as it is
    }),
  );
}

/** All of them, with about n terms, those of gradients of filters aside. */
export const longReductions = (n: number, ofFilters = n): Cases => ({
  ...sums(n),
  ...Object.fromEntries(Object.entries(MADE_OF_SUMS).map(([name, of]) => [name, of(n)])),
  ...products(n),
  ...filterGradients(ofFilters),
  ...windowedFilterGradients(ofFilters),
});

/** Dims of this size and larger are unknown, where some are. */
const UNKNOWN = 100;

/** The largest relative error of a case on a backend, and the largest that it may have. */
async function errorsOf(
  { shapes, f, of, terms }: Case,
  at: (i: number) => number,
  dimOf: (size: number) => DimLike,
  backend: Backend,
) {
  const g = new Graph();
  const xs = shapes.map((shape, i) => g.placeholder(`x${i}`, shape.map(dimOf)));
  const data = shapes.map((shape, k) => Float32Array.from({ length: sizeOf(shape) }, (_, i) => at(i + k)));
  const program = await compile({ y: f(...xs) }, { backend });
  try {
    const feeds = shapes.map((shape, i) => [`x${i}`, { data: data[i]!, shape, dtype: 'float32' as const }]);
    const y = (await program.run(Object.fromEntries(feeds))).y.data;
    const expected = Array.from(of(...data));
    expect(y.length).to.equal(expected.length);
    const error = Math.max(...expected.map((value, i) => Math.abs((y[i] as number) / value - 1)));
    return { error, allowed: 1e-6 + 1e-7 * Math.log2(terms) };
  } finally {
    program.dispose();
  }
}

const unknown = (size: number): DimLike => (size < UNKNOWN ? size : `$d${size}`);
const SIZES: Readonly<Record<string, (size: number) => DimLike>> = { known: (size) => size, unknown };

/**
 * Tests of all cases on a backend.
 * @param whole of all data, of known sizes and unknown; else of equal terms, whose roundings add up, and of unknown sizes
 */
export function describeLongReductions(cases: Cases, whole: boolean, backend: () => Promise<Backend> | Backend): void {
  const [data, sizes] = whole ? [DATA, SIZES] : [{ equal }, { unknown }];
  for (const [name, of] of Object.entries(cases))
    it(name, async function () {
      this.timeout(120_000);
      for (const [terms, at] of Object.entries(data))
        for (const [known, dimOf] of Object.entries(sizes)) {
          const { error, allowed } = await errorsOf(of, at, dimOf, await backend());
          expect(error, `terms: ${terms}; sizes: ${known}`).to.be.at.most(allowed);
        }
    });
}
