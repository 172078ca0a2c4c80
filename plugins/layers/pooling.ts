/** Pooling layers, with Keras's arguments. They have no variables. */

import { reshape, type Sym } from '../../engine/index.ts';
import { avgPool, avgPool3d, max, maxPool, maxPool3d, mean, transpose } from '../../ops/exports.ts';
import { type DataFormat, type PerAxis, perAxis, requireOneOf, requireSpace } from './layer.ts';

interface PoolingOptions {
  /** Default 2. */
  readonly poolSize?: PerAxis;
  /** Default: poolSize, so that windows do not overlap. */
  readonly strides?: PerAxis;
  /** Default 'valid'. */
  readonly padding?: 'valid' | 'same';
  /** Default 'channelsLast'. */
  readonly dataFormat?: DataFormat;
}

export type Pooling1dOptions = Omit<PoolingOptions, 'dataFormat'>;
export type Pooling2dOptions = PoolingOptions;
export type Pooling3dOptions = PoolingOptions;

/** The window and strides, one number for each axis. @throws AttributeError, ShapeError */
function parseOptions(kind: string, x: Sym, axes: 1 | 2 | 3, options: PoolingOptions) {
  const { poolSize = 2, strides = poolSize, padding = 'valid', dataFormat } = options;
  requireOneOf(kind, 'padding', padding, ['valid', 'same']);
  requireSpace(kind, x, axes, dataFormat);
  return {
    window: perAxis(kind, 'poolSize', poolSize, axes),
    steps: perAxis(kind, 'strides', strides, axes),
    padding,
  };
}

/** Runs `f` with the channels as last axis, for either format. */
function channelsLast(x: Sym, format: DataFormat | undefined, f: (x: Sym) => Sym): Sym {
  if (format !== 'channelsFirst') return f(x);
  const spatial = x.shape.slice(2).map((_, i) => i);
  const moved = f(transpose(x, [0, ...spatial.map((i) => i + 2), 1]));
  return transpose(moved, [0, x.rank - 1, ...spatial.map((i) => i + 1)]);
}

function pooling1d(kind: string, pool: typeof maxPool, x: Sym, options: Pooling1dOptions): Sym {
  const { window, steps: strides, padding } = parseOptions(kind, x, 1, options);
  const [batch, steps, channels] = x.shape;
  const y = pool(reshape(x, [batch!, steps!, 1, channels!]), [window[0]!, 1], [strides[0]!, 1], padding);
  return reshape(y, [batch!, y.shape[1]!, channels!]);
}

/** A pooling of images (2 axes) or volumes (3 axes). */
function poolingOver(axes: 2 | 3, kind: string, pool: typeof maxPool, x: Sym, options: PoolingOptions): Sym {
  const { window, steps, padding } = parseOptions(kind, x, axes, options);
  return channelsLast(x, options.dataFormat, (last) => pool(last, window, steps, padding));
}

/** The maximum of each window: float32[batch, steps, n] to float32[batch, steps', n]. @throws ShapeError, AttributeError */
export const maxPooling1d = (x: Sym, options: Pooling1dOptions = {}): Sym =>
  pooling1d('maxPooling1d', maxPool, x, options);
/**
 * The maximum of each window: float32[batch, height, width, n] to float32[batch, height', width', n].
 * @throws ShapeError, AttributeError
 */
export const maxPooling2d = (x: Sym, options: Pooling2dOptions = {}): Sym =>
  poolingOver(2, 'maxPooling2d', maxPool, x, options);
/** The maximum of each window of a volume. @throws ShapeError, AttributeError */
export const maxPooling3d = (x: Sym, options: Pooling3dOptions = {}): Sym =>
  poolingOver(3, 'maxPooling3d', maxPool3d, x, options);
/** The mean of each window: float32[batch, steps, n] to float32[batch, steps', n]. @throws ShapeError, AttributeError */
export const averagePooling1d = (x: Sym, options: Pooling1dOptions = {}): Sym =>
  pooling1d('averagePooling1d', avgPool, x, options);
/** The mean of each window: float32[batch, height, width, n] to float32[batch, height', width', n]. @throws ShapeError, AttributeError */
export const averagePooling2d = (x: Sym, options: Pooling2dOptions = {}): Sym =>
  poolingOver(2, 'averagePooling2d', avgPool, x, options);
/** The mean of each window of a volume. @throws ShapeError, AttributeError */
export const averagePooling3d = (x: Sym, options: Pooling3dOptions = {}): Sym =>
  poolingOver(3, 'averagePooling3d', avgPool3d, x, options);

interface GlobalOptions {
  /** Default 'channelsLast'. */
  readonly dataFormat?: DataFormat;
}
const spatialAxes = (x: Sym, format: DataFormat): readonly number[] =>
  x.shape.slice(2).map((_, i) => (format === 'channelsLast' ? i + 1 : i + 2));

/** The maximum over all steps: float32[batch, steps, n] to float32[batch, n]. @throws ShapeError */
export function globalMaxPooling1d(x: Sym): Sym {
  requireSpace('globalMaxPooling1d', x, 1);
  return max(x, 1);
}
/** The mean over all steps: float32[batch, steps, n] to float32[batch, n]. @throws ShapeError */
export function globalAveragePooling1d(x: Sym): Sym {
  requireSpace('globalAveragePooling1d', x, 1);
  return mean(x, 1);
}
/** The maximum of each channel: float32[batch, height, width, n] to float32[batch, n]. @throws ShapeError */
export function globalMaxPooling2d(x: Sym, { dataFormat = 'channelsLast' }: GlobalOptions = {}): Sym {
  requireSpace('globalMaxPooling2d', x, 2, dataFormat);
  return max(x, spatialAxes(x, dataFormat));
}
/** The mean of each channel: float32[batch, height, width, n] to float32[batch, n]. @throws ShapeError */
export function globalAveragePooling2d(x: Sym, { dataFormat = 'channelsLast' }: GlobalOptions = {}): Sym {
  requireSpace('globalAveragePooling2d', x, 2, dataFormat);
  return mean(x, spatialAxes(x, dataFormat));
}
