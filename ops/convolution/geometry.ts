/** Window geometry: output sizes and paddings of convolutions and pools in one to three spatial dimensions, also symbolic ones. */
import { AttributeError, type Dim, dim, type Shape } from '../../engine/index.ts';

/** One number for all spatial axes, or one for each. */
export type PerAxis = number | readonly number[];
export const toList = (given: PerAxis, axes: number): readonly number[] =>
  typeof given === 'number' ? Array.from({ length: axes }, () => given) : given;

/** The numbers of elements added before and after an axis. */
export type Pair = readonly [before: Dim, after: Dim];
/**
 * 'same': as many windows as strides fit the input; 'valid': only windows within the input; a number: the padding on each side of each
 * spatial axis; or a pair for each axis, [0, 0] for batch and channels.
 */
export type Padding = 'same' | 'valid' | number | readonly Pair[];
/** How a fractional number of windows is rounded; down by default. */
export type Rounding = 'floor' | 'round' | 'ceil';

export interface WindowAttrs {
  readonly strides: readonly number[];
  readonly pad: Padding;
  /** The position of the channels: last if it ends in C, else after the batch. */
  readonly dataFormat: string;
  readonly dilations: readonly number[];
  readonly dimRoundingMode?: Rounding | undefined;
}

/** The windows along one spatial axis. */
export interface Windows {
  /** The input's size, the number of elements of a window, and its extent, dilation included. */
  readonly size: Dim;
  readonly taps: Dim;
  readonly reach: Dim;
  readonly stride: number;
  readonly dilation: number;
  /** The padding, such that the padded input contains all windows. */
  readonly before: Dim;
  readonly after: Dim;
  /** The number of windows, which is the output's size. */
  readonly count: Dim;
}

export function layoutOf(
  dataFormat: string,
  rank: number,
): { readonly spatial: readonly number[]; readonly channels: number } {
  const last = dataFormat.endsWith('C');
  return {
    spatial: Array.from({ length: rank - 2 }, (_, i) => i + (last ? 1 : 2)),
    channels: last ? rank - 1 : 1,
  };
}

/**
 * The windows along each spatial axis of an input.
 * @param taps a window's number of elements along each
 * @throws AttributeError for a padding that does not fit
 */
export function windowsOf(shape: Shape, taps: readonly Dim[], attrs: WindowAttrs): readonly Windows[] {
  const { strides, pad, dataFormat, dilations, dimRoundingMode } = attrs;
  if (dimRoundingMode !== undefined && typeof pad === 'string')
    throw new AttributeError(`dimRoundingMode '${dimRoundingMode}' needs a padding in numbers, not '${pad}'`);
  const { spatial } = layoutOf(dataFormat, shape.length);
  if (Array.isArray(pad)) requirePairs(pad, shape.length, spatial);
  return spatial.map((axis, i) => {
    const [size, stride, dilation] = [shape[axis]!, strides[i]!, dilations[i]!];
    const reach = dim.add(dim.mul(dim.sub(taps[i]!, 1), dilation), 1);
    const along = typeof pad === 'number' ? ([pad, pad] as const) : typeof pad === 'string' ? pad : pad[axis]!;
    return { size, taps: taps[i]!, reach, stride, dilation, ...place(size, reach, stride, along, dimRoundingMode) };
  });
}

function requirePairs(pad: readonly Pair[], rank: number, spatial: readonly number[]): void {
  if (pad.length !== rank) throw new AttributeError(`pad has ${pad.length} pairs, for ${rank} dimensions`);
  pad.forEach(([before, after], i) => {
    if (!spatial.includes(i) && (before !== 0 || after !== 0))
      throw new AttributeError(`pad of dimension ${i}, which is not a spatial one, must be [0, 0]`);
  });
}

/**
 * Places windows along an axis of this size: each spans `reach` elements, and their starts are `stride` apart. `after` includes what
 * windows added by rounding need.
 */
export function place(
  size: Dim,
  reach: Dim,
  stride: number,
  pad: 'same' | 'valid' | Pair,
  rounding: Rounding = 'floor',
): Pick<Windows, 'before' | 'after' | 'count'> {
  const needed = (count: Dim): Dim => dim.add(dim.mul(dim.sub(count, 1), stride), reach);
  if (pad === 'same') {
    const count = dim.floorDiv(dim.add(size, stride - 1), stride);
    const total = dim.max(0, dim.sub(needed(count), size));
    const before = dim.floorDiv(total, 2);
    return { before, after: dim.sub(total, before), count };
  }
  const [before, after] = pad === 'valid' ? [0, 0] : pad;
  const padded = dim.add(dim.add(before, size), after);
  const steps = ROUNDED[rounding](dim.sub(padded, reach), stride);
  const count = dim.add(steps, 1);
  // rounding up may add a window that starts within the padded input and ends beyond it
  const beyond = rounding === 'floor' ? 0 : dim.max(0, dim.sub(needed(count), padded));
  return { before, after: dim.add(after, beyond), count };
}

const ROUNDED: Readonly<Record<Rounding, (a: Dim, b: number) => Dim>> = {
  floor: (a, b) => dim.floorDiv(a, b),
  ceil: (a, b) => dim.floorDiv(dim.add(a, b - 1), b),
  round: (a, b) => dim.floorDiv(dim.add(dim.mul(a, 2), b), 2 * b),
};

/** The padding as a pair for each axis. */
export function explicitPad(windows: readonly Windows[], dataFormat: string): readonly Pair[] {
  const rank = windows.length + 2;
  const { spatial } = layoutOf(dataFormat, rank);
  return Array.from({ length: rank }, (_, axis): Pair => {
    const w = windows[spatial.indexOf(axis)];
    return w === undefined ? [0, 0] : [w.before, w.after];
  });
}
