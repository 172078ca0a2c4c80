/** Convolutions and poolings of random sizes, strides, dilations and paddings, against loops over windows. */
import fc from 'fast-check';
import * as ops from '../../../ops/index.ts';
import { distinct, uniform } from '../../../ops/sample.ts';
import {
  accumulate,
  holds,
  indicesOf,
  reader,
  row,
  type Shape,
  type Tensor,
  type Tf,
  tabulate,
} from '../../support/properties.ts';

type Pair = readonly [before: number, after: number];
type Rounding = 'floor' | 'round' | 'ceil';
type PadKind = 'same' | 'valid' | 'number' | 'pairs';

/** One spatial axis: its size, and the windows along it. */
interface Axis {
  readonly size: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: Pair;
}
interface Windows {
  readonly kind: PadKind;
  readonly rounding: Rounding | undefined;
  readonly axes: readonly Axis[];
}

const reachOf = ({ taps, dilation }: Axis): number => (taps - 1) * dilation + 1;

interface WindowOptions {
  /** The largest size and dilation. */
  readonly size?: number;
  readonly dilation?: number;
  /** Whether there are rounding modes, and paddings in pairs. */
  readonly rounds?: boolean;
  readonly pairs?: boolean;
}
/** Windows that fit: an axis that is too short is made longer. */
const windows = (
  rank: number,
  { size = 5, dilation = 2, rounds = true, pairs = true }: WindowOptions = {},
): fc.Arbitrary<Windows> => {
  const axis = fc.record({
    size: fc.nat(size),
    taps: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: dilation })),
    pad: fc.tuple(fc.nat(2), fc.nat(2)),
  });
  return fc
    .record({
      kind: fc.constantFrom<PadKind>('same', 'valid', 'number', ...(pairs ? (['pairs'] as const) : [])),
      rounding: rounds
        ? fc.option(fc.constantFrom<Rounding>('floor', 'round', 'ceil'), { nil: undefined })
        : fc.constant(undefined),
      axes: fc.array(axis, { minLength: rank, maxLength: rank }),
      number: fc.nat(2),
    })
    .map(({ kind, rounding, axes, number }) => ({
      kind,
      rounding: kind === 'number' || kind === 'pairs' ? rounding : undefined,
      axes: axes.map((a) => {
        const pad: Pair = kind === 'pairs' ? a.pad : kind === 'number' ? [number, number] : [0, 0];
        const least = kind === 'same' ? 0 : reachOf(a) - pad[0] - pad[1];
        return { ...a, pad, size: Math.max(a.size, least) };
      }),
    }));
};

const ROUND: Readonly<Record<Rounding, (n: number) => number>> = {
  floor: Math.floor,
  // half up
  round: (n) => Math.floor(n + 0.5),
  ceil: Math.ceil,
};

/** How many windows there are along an axis, and how far the first begins before it. */
function placed(axis: Axis, { kind, rounding = 'floor' }: Windows): { readonly n: number; readonly before: number } {
  const { size, stride, pad } = axis;
  if (kind === 'same') {
    const n = Math.ceil(size / stride);
    return { n, before: Math.floor(Math.max(0, (n - 1) * stride + reachOf(axis) - size) / 2) };
  }
  return { n: ROUND[rounding]((size + pad[0] + pad[1] - reachOf(axis)) / stride) + 1, before: pad[0] };
}

/** The argument `pad`, for values with their channels last or first. */
function padArgument({ kind, axes }: Windows, first: boolean) {
  if (kind === 'same' || kind === 'valid') return kind;
  const none: Pair = [0, 0];
  if (kind === 'number') return axes[0]!.pad[0];
  const pairs = axes.map(({ pad }) => pad);
  return first ? [none, none, ...pairs] : [none, ...pairs, none];
}

const tapsOf = ({ axes }: Windows): number[] => axes.map(({ taps }) => taps);
const sizesOf = ({ axes }: Windows): number[] => axes.map(({ size }) => size);
const stridesOf = ({ axes }: Windows): number[] => axes.map(({ stride }) => stride);
const dilationsOf = ({ axes }: Windows): number[] => axes.map(({ dilation }) => dilation);
const countsOf = (w: Windows): number[] => w.axes.map((axis) => placed(axis, w).n);

/** Every window with every tap that lies within the input: [window, tap, place]. */
function touches(w: Windows): readonly (readonly [window: number[], tap: number[], place: number[]])[] {
  const before = w.axes.map((axis) => placed(axis, w).before);
  return indicesOf(countsOf(w)).flatMap((window) =>
    indicesOf(tapsOf(w)).flatMap((tap) => {
      const place = w.axes.map(({ stride, dilation }, k) => window[k]! * stride + tap[k]! * dilation - before[k]!);
      return place.every((p, k) => p >= 0 && p < w.axes[k]!.size) ? [[window, tap, place] as const] : [];
    }),
  );
}

/** For values that have their channels first, `f` of those that have them last. */
function channelsLast(tf: Tf, first: boolean, x: Tensor, f: (x: Tensor) => Tensor): Tensor {
  if (!first) return f(x);
  const spatial = x.shape.map((_, i) => i).slice(2);
  const y = f(tf.transpose(x, [0, ...spatial, 1]));
  return tf.transpose(y, [0, x.rank - 1, ...spatial.map((i) => i - 1)]);
}
const ordered = (batch: number, spatial: Shape, channels: number, first: boolean): number[] =>
  first ? [batch, channels, ...spatial] : [batch, ...spatial, channels];

interface Channels {
  readonly batch: number;
  readonly into: number;
  readonly out: number;
  readonly first: boolean;
}
const channels: fc.Arbitrary<Channels> = fc.record({
  batch: fc.constantFrom(1, 1, 2, 2, 0),
  into: fc.integer({ min: 1, max: 2 }),
  out: fc.integer({ min: 1, max: 2 }),
  first: fc.boolean(),
});
const range = (n: number): number[] => [...Array(n).keys()];

/** A convolution by loops; `depthwise`: each channel on its own. */
function convolve(tf: Tf, x: Tensor, filter: Tensor, w: Windows, depthwise: boolean): Tensor {
  const [at, weight] = [reader(x), reader(filter)];
  const [into, out] = filter.shape.slice(-2) as [number, number];
  const batch = x.shape[0]!;
  const terms = touches(w).flatMap(([window, tap, place]) =>
    range(batch).flatMap((b) =>
      range(into).flatMap((c) =>
        range(out).map((o) => {
          const value = at([b, ...place, c]) * weight([...tap, c, o]);
          return [[b, ...window, depthwise ? c * out + o : o], value] as const;
        }),
      ),
    ),
  );
  return accumulate(tf, [batch, ...countsOf(w), depthwise ? into * out : out], terms);
}

describe('properties of convolutions', () => {
  for (const [name, build, depthwise] of [
    ['conv2d', ops.conv2d, false],
    ['depthwiseConv2d', ops.depthwiseConv2d, true],
  ] as const)
    holds(
      name,
      fc.record({ w: windows(2), c: channels }),
      ({ w, c: { batch, into, out, first } }) =>
        row(
          {
            x: uniform(ordered(batch, sizesOf(w), into, first)),
            filter: uniform([...tapsOf(w), into, out]),
          },
          ({ x, filter }) =>
            build(
              x!,
              filter!,
              stridesOf(w),
              padArgument(w, first),
              first ? 'NCHW' : 'NHWC',
              dilationsOf(w),
              w.rounding,
            ),
          (tf, [x, filter]) => channelsLast(tf, first, x!, (last) => convolve(tf, last, filter!, w, depthwise)),
        ),
      2,
    );
  holds('conv1d', fc.record({ w: windows(1, { pairs: false }), c: channels }), ({ w, c: { batch, into, out } }) =>
    row(
      { x: uniform([batch, ...sizesOf(w), into]), filter: uniform([...tapsOf(w), into, out]) },
      ({ x, filter }) =>
        ops.conv1d(x!, filter!, w.axes[0]!.stride, padArgument(w, false), 'NWC', w.axes[0]!.dilation, w.rounding),
      (tf, [x, filter]) => convolve(tf, x!, filter!, w, false),
    ),
  );
  holds('conv3d', fc.record({ w: windows(3, { size: 3, rounds: false }), c: channels }), ({ w, c: { batch, first } }) =>
    row(
      { x: uniform(ordered(Math.min(batch, 1), sizesOf(w), 1, first)), filter: uniform([...tapsOf(w), 1, 1]) },
      ({ x, filter }) =>
        ops.conv3d(x!, filter!, stridesOf(w), padArgument(w, first), first ? 'NCDHW' : 'NDHWC', dilationsOf(w)),
      (tf, [x, filter]) => channelsLast(tf, first, x!, (last) => convolve(tf, last, filter!, w, false)),
    ),
  );
  /** Images from features: what reaches a place from every window. */
  const spread = (tf: Tf, x: Tensor, filter: Tensor, w: Windows): Tensor => {
    const [at, weight] = [reader(x), reader(filter)];
    const [out, into] = filter.shape.slice(-2) as [number, number];
    const batch = x.shape[0]!;
    const terms = touches(w).flatMap(([window, tap, place]) =>
      range(batch).flatMap((b) =>
        range(out).flatMap((o) =>
          range(into).map((c) => {
            const value = at([b, ...window, c]) * weight([...tap, o, c]);
            return [[b, ...place, o], value] as const;
          }),
        ),
      ),
    );
    return accumulate(tf, [batch, ...sizesOf(w), out], terms);
  };
  holds('conv2dTranspose', fc.record({ w: windows(2, { dilation: 1 }), c: channels }), ({ w, c }) =>
    row(
      { x: uniform([c.batch, ...countsOf(w), c.into]), filter: uniform([...tapsOf(w), c.out, c.into]) },
      ({ x, filter }) =>
        ops.conv2dTranspose(
          x!,
          filter!,
          [c.batch, ...sizesOf(w), c.out],
          stridesOf(w),
          padArgument(w, false),
          w.rounding,
        ),
      (tf, [x, filter]) => spread(tf, x!, filter!, w),
    ),
  );
  holds(
    'conv3dTranspose',
    fc.record({ w: windows(3, { size: 3, dilation: 1, rounds: false }), batch: fc.nat(1) }),
    ({ w, batch }) =>
      row(
        { x: uniform([batch, ...countsOf(w), 1]), filter: uniform([...tapsOf(w), 1, 1]) },
        ({ x, filter }) =>
          ops.conv3dTranspose(x!, filter!, [batch, ...sizesOf(w), 1], stridesOf(w), padArgument(w, false)),
        (tf, [x, filter]) => spread(tf, x!, filter!, w),
      ),
  );
});

/** Poolings refuse windows of padding alone: padding is cut to what leaves every window an element. */
const filled = (w: Windows): Windows => {
  if (w.kind === 'same' || w.kind === 'valid') return w;
  const axes = w.axes.map((axis): Axis => {
    const before = Math.min(axis.pad[0], reachOf(axis) - 1);
    const cut = (after: number): Axis => {
      const size = Math.max(axis.size, reachOf(axis) - before - after);
      return { ...axis, size, pad: [before, after] };
    };
    return cut(w.kind === 'number' ? before : axis.pad[1]);
  });
  const number = Math.min(...axes.map(({ pad }) => pad[0]));
  const even = axes.map(
    (a): Axis => ({ ...a, pad: [number, number], size: Math.max(a.size, reachOf(a) - 2 * number) }),
  );
  return { ...w, axes: w.kind === 'number' ? even : axes };
};
/** Every window has an element, and begins before the input ends: what is dilated may straddle the input. */
const hasElements = (w: Windows): boolean => {
  const touched = new Set(touches(w).map(([window]) => String(window)));
  return (
    indicesOf(countsOf(w)).every((window) => touched.has(String(window))) && w.axes.every((axis) => begins(axis, w))
  );
};
const begins = (axis: Axis, w: Windows): boolean => {
  const { n, before } = placed(axis, w);
  return (n - 1) * axis.stride - before < axis.size;
};
const poolings = (rank: number, size: number): fc.Arbitrary<Windows> =>
  windows(rank, { size }).map(filled).filter(hasElements);

function pooled(tf: Tf, x: Tensor, w: Windows, kind: 'avg' | 'max'): Tensor {
  const at = reader(x);
  const places = new Map<string, number[][]>();
  for (const [window, , place] of touches(w))
    places.set(String(window), [...(places.get(String(window)) ?? []), place]);
  return tabulate(tf, [x.shape[0]!, ...countsOf(w), x.shape.at(-1)!], (index) => {
    const elements = (places.get(String(index.slice(1, -1))) ?? []).map((p) => at([index[0]!, ...p, index.at(-1)!]));
    return kind === 'max' ? Math.max(...elements) : elements.reduce((a, b) => a + b, 0) / elements.length;
  });
}

describe('properties of poolings', () => {
  const kinds = fc.constantFrom('avg' as const, 'max' as const);
  holds(
    'pool, dilated too',
    fc.record({ w: poolings(2, 4), kind: kinds, batch: fc.nat(2), depth: fc.constantFrom(1, 2, 4) }),
    ({ w, kind, batch, depth }) =>
      row(
        { x: distinct([batch, ...sizesOf(w), depth]) },
        ({ x }) => ops.pool(x!, tapsOf(w), kind, padArgument(w, false), dilationsOf(w), stridesOf(w), w.rounding),
        (tf, [x]) => pooled(tf, x!, w, kind),
      ),
    2,
  );
  holds(
    'maxPool and avgPool',
    fc.record({
      w: windows(2, { size: 4, dilation: 1 }).map(filled).filter(hasElements),
      kind: kinds,
      batch: fc.nat(2),
      depth: fc.constantFrom(1, 2, 4),
    }),
    ({ w, kind, batch, depth }) =>
      row(
        { x: distinct([batch, ...sizesOf(w), depth]) },
        ({ x }) =>
          (kind === 'max' ? ops.maxPool : ops.avgPool)(x!, tapsOf(w), stridesOf(w), padArgument(w, false), w.rounding),
        (tf, [x]) => pooled(tf, x!, w, kind),
      ),
    2,
  );
  holds(
    'maxPool3d and avgPool3d',
    fc.record({
      w: windows(3, { size: 3, dilation: 1 }).map(filled).filter(hasElements),
      kind: kinds,
      batch: fc.nat(1),
      first: fc.boolean(),
      depth: fc.constantFrom(1, 4),
    }),
    ({ w, kind, batch, first, depth }) =>
      row(
        { x: distinct(ordered(batch, sizesOf(w), depth, first)) },
        ({ x }) =>
          (kind === 'max' ? ops.maxPool3d : ops.avgPool3d)(
            x!,
            tapsOf(w),
            stridesOf(w),
            padArgument(w, first),
            w.rounding,
            first ? 'NCDHW' : 'NDHWC',
          ),
        (tf, [x]) => channelsLast(tf, first, x!, (last) => pooled(tf, last, w, kind)),
      ),
  );
});
