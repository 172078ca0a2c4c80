/**
 * Matrices in plain float64 arrays: what the closed forms are written in. Nothing here knows the engine.
 *
 * A shape that does not fit throws, as it would on paper: several printed formulas are shown wrong that way.
 */

/** A number, a vector, a matrix, or more of them stacked. */
export type Tensor = number | readonly Tensor[];
export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export function shapeOf(t: Tensor): readonly number[] {
  return typeof t === 'number' ? [] : [t.length, ...shapeOf(t[0] ?? 0)];
}

export function flatten(t: Tensor): readonly number[] {
  return typeof t === 'number' ? [t] : t.flatMap(flatten);
}

/** A tensor of any rank, by its entries: `tensor([2, 2, 3], (i, j, k) => ...)`. */
export function tensor(shape: readonly number[], entry: (...index: number[]) => number): Tensor {
  const [size, ...rest] = shape;
  if (size === undefined) return entry();
  return Array.from({ length: size }, (_, i) => tensor(rest, (...index) => entry(i, ...index)));
}

export function matrix(rows: number, columns: number, entry: (i: number, j: number) => number): Matrix {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)));
}

/** m[i][j], or an error where there is no such entry. */
export function at(m: Matrix, i: number, j: number): number {
  const value = m[i]?.[j];
  if (value === undefined) throw new RangeError(`no entry (${i}, ${j}) in a ${sizeOf(m)} matrix`);
  return value;
}

export const rowsOf = (m: Matrix): number => m.length;
export const columnsOf = (m: Matrix): number => m[0]?.length ?? 0;
const sizeOf = (m: Matrix): string => `${rowsOf(m)}x${columnsOf(m)}`;

export const row = (...values: Vector): Matrix => [values];
export const column = (...values: Vector): Matrix => values.map((value) => [value]);
export const identity = (n: number): Matrix => matrix(n, n, (i, j) => (i === j ? 1 : 0));
export const fill = (rows: number, columns: number, value: number): Matrix => matrix(rows, columns, () => value);

/** The square matrix with a row's or a column's entries on its diagonal. */
export function diagonal(m: Matrix): Matrix {
  const values = m.flat();
  return matrix(values.length, values.length, (i, j) => (i === j ? (values[i] ?? 0) : 0));
}

export const transpose = (m: Matrix): Matrix => matrix(columnsOf(m), rowsOf(m), (i, j) => at(m, j, i));
export const map = (m: Matrix, f: (value: number) => number): Matrix => m.map((values) => values.map(f));
export const scale = (factor: number, m: Matrix): Matrix => map(m, (value) => factor * value);

/** The matrix product of two or more, from the left. */
export function matmul(first: Matrix, ...others: readonly Matrix[]): Matrix {
  return others.reduce((a, b) => {
    if (columnsOf(a) !== rowsOf(b)) throw new RangeError(`there is no product of ${sizeOf(a)} and ${sizeOf(b)}`);
    return matrix(rowsOf(a), columnsOf(b), (i, j) =>
      (a[i] ?? []).reduce((sum, value, k) => sum + value * at(b, k, j), 0),
    );
  }, first);
}

/** Entry by entry; one row or one column is repeated to fit, as it is in array libraries. */
export function zip(a: Matrix, b: Matrix, f: (a: number, b: number) => number): Matrix {
  const broadcast = (m: number, n: number): number => {
    if (m !== n && m !== 1 && n !== 1) throw new RangeError(`${sizeOf(a)} and ${sizeOf(b)} do not fit entry by entry`);
    return m === 1 ? n : m;
  };
  const entry = (m: Matrix, i: number, j: number): number => at(m, rowsOf(m) === 1 ? 0 : i, columnsOf(m) === 1 ? 0 : j);
  return matrix(broadcast(rowsOf(a), rowsOf(b)), broadcast(columnsOf(a), columnsOf(b)), (i, j) =>
    f(entry(a, i, j), entry(b, i, j)),
  );
}

export const add = (a: Matrix, b: Matrix): Matrix => zip(a, b, (x, y) => x + y);
export const sub = (a: Matrix, b: Matrix): Matrix => zip(a, b, (x, y) => x - y);
/** The Hadamard product: a number times a number, entry by entry. */
export const hadamard = (a: Matrix, b: Matrix): Matrix => zip(a, b, (x, y) => x * y);

export const total = (m: Matrix): number => m.flat().reduce((sum, value) => sum + value, 0);
/** The sum of all rows, as one row. */
export const sumRows = (m: Matrix): Matrix => matmul(fill(1, rowsOf(m), 1), m);

/** x of A x = B, by elimination with pivots. */
export function solve(A: Matrix, B: Matrix): Matrix {
  const rows = A.map((values, i) => [...values, ...(B[i] ?? [])]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    rows.splice(k, n, ...rows.slice(k).sort((a, b) => Math.abs(b[k] ?? 0) - Math.abs(a[k] ?? 0)));
    const lead = at(rows, k, k);
    const head = (rows[k] ?? []).map((value) => value / lead);
    for (let i = 0; i < n; i++) {
      const factor = at(rows, i, k);
      rows[i] = i === k ? head : (rows[i] ?? []).map((value, j) => value - factor * (head[j] ?? 0));
    }
  }
  return rows.map((values) => values.slice(n));
}

/** Central differences, of fourth order, of a number by every entry of a matrix: the judge of the closed forms. */
export function differences(f: (m: Matrix) => number, m: Matrix, step = 1e-4): Matrix {
  return matrix(rowsOf(m), columnsOf(m), (i, j) => {
    const shifted = (by: number): number => {
      const move = (value: number, k: number, l: number): number => (k === i && l === j ? value + by * step : value);
      return f(m.map((values, k) => values.map((value, l) => move(value, k, l))));
    };
    return (8 * (shifted(1) - shifted(-1)) - (shifted(2) - shifted(-2))) / (12 * step);
  });
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const relu = (x: number): number => Math.max(x, 0);

/** Activation functions beside their derivatives. */
export const activations = {
  sigmoid: { g: sigmoid, slope: (x: number): number => sigmoid(x) * (1 - sigmoid(x)) },
  tanh: { g: Math.tanh, slope: (x: number): number => 1 - Math.tanh(x) ** 2 },
  relu: { g: relu, slope: (x: number): number => (x > 0 ? 1 : 0) },
  linear: { g: (x: number): number => x, slope: (): number => 1 },
} as const;

/** The softmax of all entries together: of one row, or of one column. */
export function softmax(m: Matrix): Matrix {
  const powers = map(m, Math.exp);
  return scale(1 / total(powers), powers);
}

/** Numbers in [0, 1) that a seed decides (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A matrix of numbers in [-1, 1), each exact in float32, so that the engine and the closed form see the same ones. */
export function uniform(random: () => number, rows: number, columns: number, bound = 1): Matrix {
  return matrix(rows, columns, () => Math.fround(bound * (2 * random() - 1)));
}
