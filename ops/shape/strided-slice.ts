import type { Dim, OpDoc, Shape, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, attr, defineOp, dim, lift, requireAtLeast, reshape, ShapeError } from '../../engine/index.ts';
import { along, padMiddle, sliceMiddle } from './along.ts';
import { pad } from './pad.ts';
import { reverse } from './reverse.ts';
import { slice } from './slice.ts';

/** The attributes: an entry for each range, and masks whose bits change the meaning of entries. */
export interface StridedSliceAttrs {
  readonly begin: readonly number[];
  readonly end: readonly number[];
  readonly strides: readonly number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** The elements selected along one axis of x: `size` of them, the lowest at `low`, `step` apart; a negative step starts at the highest. */
interface Span {
  readonly low: Dim;
  readonly size: Dim;
  readonly step: number;
}

interface Selection {
  /** One for each axis of x. */
  readonly spans: readonly Span[];
  /** The result's shape, with new axes and without removed ones. */
  readonly shape: Shape;
}

const has = (mask: number, i: number): boolean => (mask & (1 << i)) !== 0;

/** Interprets the masks as TensorFlow's StridedSlice does. @throws AttributeError, ShapeError */
function selectionOf(x: Shape, spec: StridedSliceAttrs): Selection {
  const entries = spec.begin.map((_, i) => i);
  const real = entries.filter((i) => !has(spec.ellipsisMask, i) && !has(spec.newAxisMask, i)).length;
  if (real > x.length) throw new ShapeError(`${real} ranges for ${x.length} dimensions`);
  const spans: Span[] = [];
  const shape: Dim[] = [];
  const all = (count: number): void => {
    for (const d of x.slice(spans.length, spans.length + count)) {
      spans.push({ low: 0, size: d, step: 1 });
      shape.push(d);
    }
  };
  for (const i of entries) {
    if (has(spec.ellipsisMask, i)) all(x.length - real);
    else if (has(spec.newAxisMask, i)) shape.push(1);
    else {
      const shrinks = has(spec.shrinkAxisMask, i);
      const span = (shrinks ? element : range)(x[spans.length]!, spec, i);
      spans.push(span);
      if (!shrinks) shape.push(span.size);
    }
  }
  all(x.length - spans.length);
  return { spans, shape };
}

/** Selects one element; as in TensorFlow, its begin mask is ignored. */
function element(d: Dim, { begin, strides }: StridedSliceAttrs, i: number): Span {
  if (strides[i]! < 0) throw new AttributeError(`a stride of ${strides[i]} where one element is taken (entry ${i})`);
  return { low: fromFront(begin[i]!, d), size: 1, step: 1 };
}

function range(d: Dim, { begin, end, strides, beginMask, endMask }: StridedSliceAttrs, i: number): Span {
  const step = strides[i]!;
  const forward = step > 0;
  const [least, greatest] = forward ? [0, d] : [-1, dim.sub(d, 1)];
  const clip = (at: number): Dim => dim.min(dim.max(fromFront(at, d), least), greatest);
  const first = has(beginMask, i) ? (forward ? least : greatest) : clip(begin[i]!);
  const last = has(endMask, i) ? (forward ? greatest : least) : clip(end[i]!);
  const length = forward ? dim.sub(last, first) : dim.sub(first, last);
  const apart = Math.abs(step);
  const size = dim.max(dim.floorDiv(dim.add(length, apart - 1), apart), 0);
  if (forward) return { low: first, size, step };
  // for an empty selection, the formula may exceed the axis's end
  return { low: dim.min(dim.sub(first, dim.mul(dim.sub(size, 1), apart)), d), size, step };
}

const fromFront = (at: number, d: Dim): Dim => (at < 0 ? dim.add(d, at) : at);

/** The number of elements from the first selected one to the end of the last block of `step`, within x. */
const extent = (d: Dim, { low, size, step }: Span): Dim => dim.min(dim.mul(size, Math.abs(step)), dim.sub(d, low));

/** Selects a span of the middle axis: the first element of each block of `step`. */
function take(x: Sym, span: Span): Sym {
  const { low, size, step } = span;
  const [p, d, q] = x.shape as readonly [Dim, Dim, Dim];
  const apart = Math.abs(step);
  const there = extent(d, span);
  const part = sliceMiddle(x, low, there);
  const taken = apart === 1 ? part : firstOfEach(padMiddle(part, 0, dim.sub(dim.mul(size, apart), there)));
  return step < 0 ? reverse(taken, 1) : taken;

  function firstOfEach(blocks: Sym): Sym {
    return reshape(slice(reshape(blocks, [p, size, apart, q]), [0, 0, 0, 0], [p, size, 1, q]), [p, size, q]);
  }
}

/** The adjoint of `take`: puts elements back at their positions, with zeros elsewhere. `d` is the size of that axis. */
function spread(y: Sym, span: Span, d: Dim): Sym {
  const { low, size, step } = span;
  const [p, , q] = y.shape as readonly [Dim, Dim, Dim];
  const apart = Math.abs(step);
  const there = extent(d, span);
  const upwards = step < 0 ? reverse(y, 1) : y;
  const part = apart === 1 ? upwards : sliceMiddle(eachFirstOf(upwards), 0, there);
  return padMiddle(part, low, dim.sub(dim.sub(d, low), there));

  function eachFirstOf(elements: Sym): Sym {
    const blocks = pad(reshape(elements, [p, size, 1, q]), [
      [0, 0],
      [0, 0],
      [0, apart - 1],
      [0, 0],
    ]);
    return reshape(blocks, [p, dim.mul(size, apart), q]);
  }
}

const isWhole = (span: Span, d: Dim): boolean => span.step === 1 && span.low === 0 && span.size === d;

export const StridedSlice = defineOp({
  name: 'StridedSlice',
  inputs: ['x'],
  attrs: {
    begin: attr.ints(),
    end: attr.ints(),
    strides: attr.ints(),
    beginMask: attr.int(0),
    endMask: attr.int(0),
    ellipsisMask: attr.int(0),
    newAxisMask: attr.int(0),
    shrinkAxisMask: attr.int(0),
  },
  infer: ({ x }, spec) => {
    const { begin, end, strides, ellipsisMask, shrinkAxisMask } = spec;
    if (begin.length !== end.length || begin.length !== strides.length)
      throw new AttributeError(`${begin.length} begins, ${end.length} ends and ${strides.length} strides`);
    if (strides.includes(0)) throw new AttributeError('a stride of 0 leads nowhere');
    if ((ellipsisMask & (ellipsisMask - 1)) !== 0) throw new AttributeError('more than one ellipsis');
    const { spans, shape } = selectionOf(x.shape, spec);
    if (shrinkAxisMask !== 0) {
      spans.forEach(({ low, size }, axis) => {
        if (size !== 1) return;
        requireAtLeast(low, 0, `the place of the element along axis ${axis}`);
        requireAtLeast(x.shape[axis]!, dim.add(low, 1), `axis ${axis} and the end of what is taken`);
      });
    }
    return [{ dtype: x.dtype, shape }];
  },
  lowering: [
    {
      kind: 'kernel',
      // the kernels confuse axes if one is removed: they use its stride for the next. With steps of 1, it is a plain slice
      when: ({ x }, spec) =>
        spec.shrinkAxisMask === 0 && selectionOf(x.shape, spec).spans.some(({ step }) => step !== 1),
    },
    {
      kind: 'composite',
      expand: ({ x }, spec) => {
        const { spans, shape } = selectionOf(x.shape, spec);
        const taken = spans.reduce(
          (part, span, axis) => (isWhole(span, x.shape[axis]!) ? part : along(part, axis, (x3) => take(x3, span))),
          x,
        );
        return reshape(taken, shape);
      },
    },
  ],
  traits: { linear: ['x'], routes: { x: 'part' } },
  simplify: ({ x }, spec): Sym | undefined => {
    const { spans, shape } = selectionOf(x.shape, spec);
    if (spans.some(({ step }) => step !== 1)) return undefined;
    if (x.rank === 0) return reshape(x, shape);
    const part = slice(
      x,
      spans.map(({ low }) => low),
      spans.map(({ size }) => size),
    );
    return reshape(part, shape);
  },
  gradient: {
    x: ({ x }, { dy, attrs }) => {
      const { spans } = selectionOf(x.shape, attrs);
      const taken = reshape(
        dy,
        spans.map(({ size }) => size),
      );
      // starts with the last axis, which moves the fewest elements
      return spans.reduceRight(
        (part, span, axis) =>
          isWhole(span, x.shape[axis]!) ? part : along(part, axis, (y3) => spread(y3, span, x.shape[axis]!)),
        taken,
      );
    },
  },
});

/**
 * Selects every `strides[i]`-th element from `begin[i]` to `end[i]`, excluded, along each axis. Negative positions count from the end;
 * negative strides go backwards. Bit i of a mask changes entry i: its begin or end is ignored, it represents all axes without an entry
 * (`ellipsisMask`), it inserts an axis of size 1, or it selects one element and removes the axis.
 * @throws AttributeError for a stride of 0 and a second ellipsis
 * @throws ShapeError for too many entries, and for an element that does not exist
 */
export function stridedSlice(
  x: SymLike,
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[] = begin.map(() => 1),
  beginMask = 0,
  endMask = 0,
  ellipsisMask = 0,
  newAxisMask = 0,
  shrinkAxisMask = 0,
): Sym {
  return StridedSlice.node(
    { x: lift(x) },
    { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask },
  );
}

export const doc: OpDoc = {
  summary: 'Every n-th element of a part, forwards or backwards.',
  forward: 'y_i = x_{b + i s}',
  gradient: { x: '\\bar x_{b + i s} = \\bar y_i, \\; 0 \\text{ elsewhere}' },
  source: 'TensorFlow, StridedSlice; the adjoint of taking elements is putting them back among zeros',
};
