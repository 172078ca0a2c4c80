/**
 * Pooling as a composite, one axis after the other. The padded axis is viewed as rows as long as the stride, in which the windows' elements
 * at one position are a slice; windows are reduced position by position. Axes are reduced from last to first, so that in a tie the first
 * element in row-major order wins.
 */
import type { Dim, DType, Shape, Sym } from '../../engine/index.ts';
import { addN, dim, dimValue, fill, iota, product, reshape, select, zeroCotangent } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { maximum } from '../elementwise/maximum.ts';
import { mul } from '../elementwise/multiply.ts';
import { withItem } from '../shape/axis.ts';
import { concat } from '../shape/concat.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';
import { type PoolAttrs, type Window, windowsOf } from './geometry.ts';

/** A padded axis as rows as long as the stride. */
interface Grid {
  readonly outer: Dim;
  readonly inner: Dim;
  readonly rows: Dim;
  readonly length: Dim;
  /** For each position in a window, the row and column of the first window's element. */
  readonly at: readonly { readonly row: number; readonly column: number }[];
  readonly lastRow: number;
}

function gridOf(shape: Shape, { axis, size, stride, dilation, count }: Window): Grid {
  const lastRow = Math.floor(((size - 1) * dilation) / stride);
  const rows = dim.add(count, lastRow);
  return {
    outer: product(shape.slice(0, axis)),
    inner: product(shape.slice(axis + 1)),
    rows,
    length: dim.mul(rows, stride),
    at: Array.from({ length: size }, (_, k) => ({
      row: Math.floor((k * dilation) / stride),
      column: (k * dilation) % stride,
    })),
    lastRow,
  };
}

const along = (before: Dim, after: Dim) =>
  [
    [0, 0],
    [before, after],
    [0, 0],
  ] as const;
const shortage = (wanted: Dim, there: Dim): Dim => dim.max(0, dim.sub(wanted, there));

/** For each position in the windows, the windows' elements there: values with the windows along the axis, and `outside` for padding. */
function elements(x: Sym, window: Window, outside: number): readonly Sym[] {
  const { axis, extent, before, count } = window;
  const { outer, inner, rows, length, at } = gridOf(x.shape, window);
  const padded = pad(
    reshape(x, [outer, extent, inner]),
    along(before, shortage(length, dim.add(before, extent))),
    outside,
  );
  const grid = reshape(slice(padded, 0, [outer, length, inner]), [outer, rows, dim.mul(inner, window.stride)]);
  const shape = withItem(x.shape, axis, count);
  return at.map(({ row, column }) =>
    reshape(slice(grid, [0, row, dim.mul(column, inner)], [outer, count, inner]), shape),
  );
}

/** The adjoint of `elements`: sums each element over the windows that contain it. */
function scatter(parts: readonly Sym[], window: Window): Sym {
  const { axis, extent, stride, before, count } = window;
  const { shape } = parts[0]!;
  const { outer, inner, rows, length, at, lastRow } = gridOf(shape, window);
  const columns = Array.from({ length: stride }, (_, column) => {
    const there = at.flatMap((place, k) =>
      place.column === column
        ? [pad(reshape(parts[k]!, [outer, count, inner]), along(place.row, lastRow - place.row))]
        : [],
    );
    return there.length === 0 ? fill([outer, rows, inner], 0) : addN(there);
  });
  const grid = reshape(columns.length === 1 ? columns[0]! : concat(columns, 2), [outer, length, inner]);
  const reached = pad(grid, along(0, shortage(dim.add(before, extent), length)));
  return reshape(slice(reached, [0, before, 0], [outer, extent, inner]), withItem(shape, axis, extent));
}

// ---- averages

const isPadded = ({ before, after }: Window): boolean => before !== 0 || after !== 0;

/** The number of elements of the input in each window; broadcasts against the output. */
function counts(windows: readonly Window[], rank: number): Sym {
  const whole = windows.filter((w) => !isPadded(w)).reduce((n, { size }) => n * size, 1);
  return windows.filter(isPadded).reduce<Sym>(
    (counted, window) => {
      const ones = addN(elements(fill([window.extent], 1), { ...window, axis: 0 }, 0));
      // a dilated window may contain only padding
      const atLeastOne = window.dilation > 1 ? maximum(ones, 1) : ones;
      return mul(
        counted,
        reshape(atLeastOne, [window.count, ...Array.from({ length: rank - 1 - window.axis }, () => 1)]),
      );
    },
    fill([], whole),
  );
}

/** Whether no window contains padding. */
export const areWhole = (shape: Shape, attrs: PoolAttrs): boolean => !windowsOf(shape, attrs).some(isPadded);

/** The average of each window; padding is not counted. */
export function averageWindows(x: Sym, attrs: PoolAttrs): Sym {
  const windows = windowsOf(x.shape, attrs);
  const sums = windows.reduceRight((sum, window) => addN(elements(sum, window, 0)), x);
  return div(sums, counts(windows, x.rank));
}

/** The adjoint of `averageWindows`, for an input of this shape. */
export function shareAverages(dy: Sym, shape: Shape, attrs: PoolAttrs): Sym {
  const windows = windowsOf(shape, attrs);
  return windows.reduce<Sym>(
    (shares, window) =>
      scatter(
        Array.from({ length: window.size }, () => shares),
        window,
      ),
    div(dy, counts(windows, dy.rank)),
  );
}

/**
 * The same by `grad`, which divides by the window's size, as kernels do: pads the input, and scales up the cotangents of windows that
 * contain padding.
 */
export function shareAsWhole<A extends PoolAttrs>(
  dy: Sym,
  shape: Shape,
  attrs: A,
  grad: (dy: Sym, input: Sym, attrs: A) => Sym,
): Sym {
  const windows = windowsOf(shape, attrs);
  const padded = windows.reduce<Shape>(
    (s, { axis, extent, before, after }) => withItem(s, axis, dim.add(dim.add(before, extent), after)),
    shape,
  );
  const size = attrs.filterSize.reduce((n, k) => n * k, 1);
  const scaled = mul(dy, div(size, counts(windows, shape.length)));
  const begin = windows.reduce<Shape>(
    (b, { axis, before }) => withItem(b, axis, before),
    shape.map(() => 0),
  );
  return slice(grad(scaled, fill(padded, 0), { ...attrs, pad: 'valid', dimRoundingMode: undefined }), begin, shape);
}

// ---- maxima

/** One axis reduced: the maximum of each window, and for each position but the first whether its element is greater than all before it. */
interface Fold {
  readonly window: Window;
  readonly best: Sym;
  readonly wins: readonly Sym[];
}

const LOWEST: Readonly<Partial<Record<DType, number>>> = { float32: -Infinity, int32: -(2 ** 31) };

/**
 * For each position but the first, the windows with only padding at earlier positions: there, the element wins even if it is not greater.
 * Undefined if no window begins in padding.
 */
function begins(window: Window, rank: number): readonly Sym[] | undefined {
  if (window.before === 0) return undefined;
  const { axis, count, extent } = window;
  const [first, ...others] = elements(fill([extent], 1), { ...window, axis: 0 }, 0);
  let before = first!;
  return others.map((there) => {
    const begin = greater(there, before);
    before = maximum(before, there);
    return reshape(begin, [count, ...Array.from({ length: rank - 1 - axis }, () => 1)]);
  });
}

/** The folds, from the last axis to the first. */
function foldMaxima(x: Sym, attrs: PoolAttrs): readonly Fold[] {
  let value = x;
  return [...windowsOf(x.shape, attrs)].reverse().map((window) => {
    const [first, ...others] = elements(value, window, LOWEST[x.dtype]!);
    const beginning = begins(window, x.rank);
    const wins: Sym[] = [];
    value = others.reduce((best, element, k) => {
      const larger = greater(element, best);
      const win = beginning === undefined ? larger : logicalOr(larger, beginning[k]!);
      wins.push(win);
      return select(win, element, best);
    }, first!);
    return { window, best: value, wins };
  });
}

export const maxWindows = (x: Sym, attrs: PoolAttrs): Sym => foldMaxima(x, attrs).at(-1)!.best;

/** For one fold, the elements of `v`, which has the input's shape, at the windows' maxima. */
const choose = (v: Sym, { window, wins }: Fold): Sym =>
  elements(v, window, 0).reduce((chosen, element, k) => select(wins[k - 1]!, element, chosen));

/** The elements of `v` at the maxima of the windows of `x`. */
export const takeAtMaxima = (v: Sym, x: Sym, attrs: PoolAttrs): Sym => foldMaxima(x, attrs).reduce(choose, v);

/** The adjoint of `takeAtMaxima`: puts each window's cotangent at its maximum. */
export function putAtMaxima(dy: Sym, x: Sym, attrs: PoolAttrs): Sym {
  const nothing = zeroCotangent({ dtype: 'float32', shape: [] });
  return foldMaxima(x, attrs).reduceRight((g, { window, wins }) => {
    let rest = g;
    // the last winner is the maximum: earlier ones get no cotangent
    const later = wins.toReversed().map((win) => {
      const part = select(win, rest, nothing);
      rest = select(win, nothing, rest);
      return part;
    });
    return scatter([rest, ...later.reverse()], window);
  }, dy);
}

/** The position of each window's maximum in the flattened input. */
export function positionsOfMaxima(x: Sym, attrs: PoolAttrs, includeBatch: boolean): Sym {
  const folds = foldMaxima(x, attrs);
  const [batch, height, width, channels] = x.shape as readonly [Dim, Dim, Dim, Dim];
  const index = (axis: number): Sym =>
    reshape(
      iota(x.shape[axis]!),
      x.shape.map((d, i) => (i === axis ? d : 1)),
    );
  const times = (a: Sym, d: Dim): Sym => mul(a, dimValue(d, 'int32'));
  const image = add(add(times(index(1), dim.mul(width, channels)), times(index(2), channels)), index(3));
  const flat = add(
    includeBatch ? add(image, times(index(0), dim.mul(height, dim.mul(width, channels)))) : image,
    fill([batch, height, width, channels], 0, 'int32'),
  );
  return folds.reduce(choose, flat);
}
