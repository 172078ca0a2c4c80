/**
 * Discrete Fourier transforms as real matrix products. A composite length is split into factors (Cooley and Tukey, "An algorithm for the
 * machine calculation of complex Fourier series", 1965); a large prime becomes a convolution whose length is a power of two (Bluestein,
 * 1970). The cost grows with the sum of a length's factors, and no table with the square of the length.
 */
import { Constant, type Dim, dim, fill, type Parts, reshape, type Sym } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { transpose } from '../matrix/transpose.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';

/** The sign of the exponent: -1 forward, +1 inverse. */
export type Sign = 1 | -1;

export interface Limits {
  /** The longest transform that is one product with its matrix. */
  readonly direct: number;
  /** The largest prime length that is one product. */
  readonly prime: number;
}
/** The fastest measured limits on cpu and wasm, for 8 to 64 rows. */
const LIMITS: Limits = { direct: 64, prime: 512 };

/** The first `bins` of y_k = sum over j of x_j exp(sign 2 pi i j k / n), unnormalized, for each row of x, of shape [rows, n]. */
export function transform(x: Parts, rows: Dim, n: number, bins: number, sign: Sign, limits = LIMITS): Parts {
  if (n === 0) return { re: fill([rows, 0], 0), im: fill([rows, 0], 0) };
  const divisor = n <= limits.direct ? 1 : largestDivisor(n);
  if (divisor > 1) return byFactors(x, rows, [divisor, n / divisor], bins, sign, limits);
  return n <= Math.max(limits.direct, limits.prime)
    ? byMatrix(x, n, bins, sign)
    : byChirp(x, rows, n, bins, sign, limits);
}

/** The largest divisor that is at most the square root; 1 for a prime. */
function largestDivisor(n: number): number {
  let d = Math.floor(Math.sqrt(n));
  while (n % d !== 0) d--;
  return d;
}

function byMatrix({ re, im }: Parts, n: number, bins: number, sign: Sign): Parts {
  const w = table(n, bins, sign, n);
  return { re: sub(matMul(re, w.re), matMul(im, w.im)), im: add(matMul(re, w.im), matMul(im, w.re)) };
}

/**
 * With j = b j1 + j2 and k = k1 + a k2: transforms over j1 for each j2, multiplies by exp(sign 2 pi i j2 k1 / n), and transforms over j2
 * for each k1, with only as many k2 as `bins` needs.
 */
function byFactors(
  x: Parts,
  rows: Dim,
  [a, b]: readonly [number, number],
  bins: number,
  sign: Sign,
  limits: Limits,
): Parts {
  const outer = Math.ceil(bins / a);
  const over = (n: number, count: Dim) => (s: Sym) => reshape(s, [count, n]);
  const swapped = (from: readonly [number, number]) => (s: Sym) => transpose(reshape(s, [rows, ...from]), [0, 2, 1]);

  const columns = both(both(x, swapped([a, b])), over(a, dim.mul(rows, b)));
  const inner = both(transform(columns, dim.mul(rows, b), a, a, sign, limits), (s) => reshape(s, [rows, b, a]));
  const turned = both(both(product(inner, table(b, a, sign, a * b)), swapped([b, a])), over(b, dim.mul(rows, a)));
  const last = transform(turned, dim.mul(rows, a), b, outer, sign, limits);
  return both(last, (s) => firstColumns(reshape(swapped([a, outer])(s), [rows, a * outer]), bins));
}

/** With j k = (j^2 + k^2 - (k - j)^2) / 2: a convolution with exp(-sign pi i j^2 / n), by transforms of length 2^p. */
function byChirp(x: Parts, rows: Dim, n: number, bins: number, sign: Sign, limits: Limits): Parts {
  const m = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const chirp = (j: number): Complex => root(j * j, 2 * n, sign);
  const modulated = both(
    product(
      x,
      constants([n], (j) => chirp(j)),
    ),
    (s) =>
      pad(s, [
        [0, 0],
        [0, m - n],
      ]),
  );
  const kernel = hostTransform(
    Array.from({ length: m }, (_, j): Complex => {
      const distance = Math.min(j, m - j);
      const { re, im } = chirp(distance);
      return distance < n ? { re: re / m, im: -im / m } : { re: 0, im: 0 };
    }),
  );
  const spectrum = product(
    transform(modulated, rows, m, m, -1, limits),
    constants([m], (k) => kernel[k]!),
  );
  const convolved = both(transform(spectrum, rows, m, bins, 1, limits), (s) => firstColumns(s, bins));
  return product(
    convolved,
    constants([bins], (k) => chirp(k)),
  );
}

const both = ({ re, im }: Parts, f: (part: Sym) => Sym): Parts => ({ re: f(re), im: f(im) });

const product = (a: Parts, b: Parts): Parts => ({
  re: sub(mul(a.re, b.re), mul(a.im, b.im)),
  im: add(mul(a.re, b.im), mul(a.im, b.re)),
});

const firstColumns = (x: Sym, count: number): Sym =>
  x.shape[1] === count ? x : slice(x, [0, 0], [x.shape[0]!, count]);

// ---- on the host, in double precision

interface Complex {
  readonly re: number;
  readonly im: number;
}

const RIGHT_ANGLES: readonly Complex[] = [
  { re: 1, im: 0 },
  { re: 0, im: 1 },
  { re: -1, im: 0 },
  { re: 0, im: -1 },
];

/** exp(sign 2 pi i k / n). Reduces k first, since large angles lose precision; exact at right angles. */
function root(k: number, n: number, sign: Sign): Complex {
  const reduced = k % n;
  const { re, im } =
    (4 * reduced) % n === 0
      ? RIGHT_ANGLES[(4 * reduced) / n]!
      : { re: Math.cos((2 * Math.PI * reduced) / n), im: Math.sin((2 * Math.PI * reduced) / n) };
  return { re, im: sign * im };
}

/** exp(sign 2 pi i j k / n) for j < rows, k < columns. */
const table = (rows: number, columns: number, sign: Sign, n: number): Parts =>
  constants([rows, columns], (at) => root(Math.floor(at / columns) * (at % columns), n, sign));

function constants(shape: readonly number[], element: (at: number) => Complex): Parts {
  const size = shape.reduce((total, d) => total * d, 1);
  const [re, im] = [new Float32Array(size), new Float32Array(size)];
  for (let at = 0; at < size; at++) {
    const z = element(at);
    re[at] = z.re;
    im[at] = z.im;
  }
  const node = (data: Float32Array): Sym => Constant.node({}, { dtype: 'float32', shape, data });
  return { re: node(re), im: node(im) };
}

/** The forward transform for a length that is a power of two. */
function hostTransform(x: readonly Complex[]): readonly Complex[] {
  const n = x.length;
  if (n === 1) return x;
  const even = hostTransform(x.filter((_, j) => j % 2 === 0));
  const odd = hostTransform(x.filter((_, j) => j % 2 === 1));
  return x.map((_, k) => {
    const [e, o, w] = [even[k % (n / 2)]!, odd[k % (n / 2)]!, root(k, n, -1)];
    return { re: e.re + w.re * o.re - w.im * o.im, im: e.im + w.re * o.im + w.im * o.re };
  });
}
