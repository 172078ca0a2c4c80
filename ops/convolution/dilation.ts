/** Shared by the morphological dilation and its gradients: finds the first greatest sum of each window. */
import type { Dim, Shape, Sym, TensorType } from '../../engine/index.ts';
import {
  AttributeError,
  addN,
  broadcastTo,
  dim,
  fill,
  formatShape,
  requireEqual,
  reshape,
  ShapeError,
  select,
  zeroCotangent,
} from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { greater } from '../comparison/greater.ts';
import { add } from '../elementwise/add.ts';
import { gate } from '../elementwise/unary.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';
import { padding, perAxis, requireFloats, requireWindows } from './convolution.ts';
import type { Padding, PerAxis, WindowAttrs, Windows } from './geometry.ts';
import { explicitPad, toList, windowsOf } from './geometry.ts';
import { every, spread } from './taps.ts';

export const dilationAttrs = {
  strides: /* @__PURE__ */ perAxis(2),
  pad: /* @__PURE__ */ padding(),
  dilations: /* @__PURE__ */ perAxis(2),
};
export interface DilationAttrs {
  readonly strides: readonly number[];
  readonly pad: Padding;
  readonly dilations: readonly number[];
}

/** The arguments of builders after their operands, in order. */
export type DilationArguments = readonly [strides: PerAxis, pad: Padding, dilations?: PerAxis | undefined];
export const toDilationAttrs = ([strides, pad, dilations = 1]: DilationArguments): DilationAttrs => ({
  strides: toList(strides, 2),
  pad,
  dilations: toList(dilations, 2),
});

const asWindowAttrs = (attrs: DilationAttrs): WindowAttrs => ({ ...attrs, dataFormat: 'NHWC' });

export const dilationWindows = (x: Shape, filter: Shape, attrs: DilationAttrs): readonly Windows[] =>
  windowsOf(x, filter.slice(0, 2), asWindowAttrs(attrs));

/** The type of a dilation's output. @throws ShapeError, DTypeError, AttributeError */
export function inferDilation(x: TensorType, filter: TensorType, attrs: DilationAttrs): TensorType {
  requireFloats({ x, filter });
  if (x.shape.length !== 4) throw new ShapeError(`an input of rank ${x.shape.length}, not 4`);
  if (filter.shape.length !== 3) throw new ShapeError(`a filter of rank ${filter.shape.length}, not 3`);
  const [height, width, channels] = filter.shape;
  if (typeof height !== 'number' || typeof width !== 'number')
    throw new ShapeError(`a filter of ${formatShape(filter.shape)}: its height and width must be known`);
  requireEqual(x.shape[3]!, channels!, 'the channels of the input and of the filter');
  const counts = requireWindows(x.shape, [height, width], asWindowAttrs(attrs));
  for (const { before, after, reach } of dilationWindows(x.shape, filter.shape, attrs))
    for (const p of [before, after])
      if (typeof p === 'number' && typeof reach === 'number' && p >= reach)
        throw new AttributeError(`pad of ${p} for a filter that reaches over ${reach}: some windows would be empty`);
  return { dtype: 'float32', shape: [x.shape[0]!, ...counts, channels!] };
}

/** The positions in a filter of this height and width, in row-major order. */
function tapsOf([height, width]: Shape): readonly (readonly [row: number, column: number])[] {
  return Array.from({ length: height as number }, (_, row) =>
    Array.from({ length: width as number }, (_, column) => [row, column] as const),
  ).flat();
}

/** For each element of the filter, the input element of each window that it is added to. */
function partsOf(x: Sym, filter: Shape, attrs: DilationAttrs, outside: number): readonly Sym[] {
  const windows = dilationWindows(x.shape, filter, attrs);
  const [h, w] = windows as readonly [Windows, Windows];
  const padded = pad(x, explicitPad(windows, 'NHWC'), outside);
  return tapsOf(filter).map(([row, column]) =>
    every(every(padded, 1, row * h.dilation, h.stride, h.count), 2, column * w.dilation, w.stride, w.count),
  );
}

/** For each element of the filter, a mask of the windows in which it meets an element of the image; undefined if there is no padding. */
function insideOf([, height, width]: Shape, filter: Shape, attrs: DilationAttrs): readonly Sym[] | undefined {
  const image = [1, height!, width!, 1];
  const padded = dilationWindows(image, filter, attrs).some(({ before, after }) => before !== 0 || after !== 0);
  return padded ? partsOf(fill(image, 1), filter, attrs, 0).map((part) => greater(part, 0)) : undefined;
}

/** The filter's elements in row-major order, each a vector over the channels. */
const elementsOf = (filter: Sym): readonly Sym[] =>
  tapsOf(filter.shape).map(([row, column]) => reshape(slice(filter, [row, column], [1, 1]), [filter.shape[2]!]));

interface Greatest {
  readonly value: Sym;
  /** The index of the filter's element that gives it, in row-major order; the first in a tie. */
  readonly at: Sym;
}

export function greatestOf(x: Sym, filter: Sym, attrs: DilationAttrs): Greatest {
  const elements = elementsOf(filter);
  const inside = insideOf(x.shape, filter.shape, attrs);
  const [first, ...rest] = partsOf(x, filter.shape, attrs, -Infinity).map((part, t) => {
    const sum = add(part, elements[t]!);
    return inside === undefined ? sum : select(broadcastTo(inside[t]!, sum.shape), sum, fill(sum.shape, -Infinity));
  });
  return rest.reduce<Greatest>(
    ({ value, at }, candidate, i) => {
      const better = greater(candidate, value);
      return { value: select(better, candidate, value), at: select(better, int(i + 1), at) };
    },
    { value: first!, at: fill(first!.shape, 0, 'int32') },
  );
}

const int = (n: number): Sym => fill([], n, 'int32');

/** For each element of the filter, dy where it gives the greatest sum, else 0. */
export const sharesOf = (at: Sym, filter: Shape, dy: Sym): readonly Sym[] =>
  tapsOf(filter).map((_, t) => gate(equal(at, int(t)), dy));

/** Selects for each window one of the candidates, which are one per element of the filter: the adjoint of `sharesOf`. */
const chosen = (at: Sym, candidates: readonly Sym[]): Sym =>
  candidates.reduce(
    (y, candidate, t) => select(equal(at, int(t)), candidate, y),
    zeroCotangent({ dtype: 'float32', shape: at.shape }),
  );

/** Of values shaped like the input, those at the greatest sums. */
export const inputAtGreatest = (values: Sym, at: Sym, filter: Shape, attrs: DilationAttrs): Sym =>
  chosen(at, partsOf(values, filter, attrs, 0));

/** Of values shaped like the filter, those at the greatest sums. */
export const filterAtGreatest = (values: Sym, at: Sym): Sym => chosen(at, elementsOf(values));

/** Adds parts shaped like dy, one per element of the filter, to the input elements: the adjoint of `partsOf`. */
export function placed(parts: readonly Sym[], input: Shape, filter: Shape, attrs: DilationAttrs): Sym {
  const windows = dilationWindows(input, filter, attrs);
  const [h, w] = windows as readonly [Windows, Windows];
  const padded = ({ before, size, after }: Windows): Dim => dim.add(dim.add(before, size), after);
  const [height, width] = filter as readonly number[];
  const rows = Array.from({ length: height! }, (_, row) => {
    const columns = parts.slice(row * width!, (row + 1) * width!);
    const wide = addN(columns.map((part, column) => spread(part, 2, column * w.dilation, w.stride, padded(w))));
    return spread(wide, 1, row * h.dilation, h.stride, padded(h));
  });
  return slice(addN(rows), [0, h.before, w.before, 0], input);
}
