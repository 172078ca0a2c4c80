/** Layers that repeat elements. They have no variables. */
import { broadcastTo, type Dim, dim, reshape, type Sym } from '../../engine/index.ts';
import { resizeBilinear } from '../../ops/image/resize-bilinear.ts';
import { transpose } from '../../ops/matrix/transpose.ts';
import type { DataFormat, PerAxis } from './layer.ts';
import { perAxis, requireCount, requireOneOf, requireRank, requireSpace } from './layer.ts';

export interface UpSampling2dOptions {
  /** The factors for height and width. Default 2. */
  readonly size?: PerAxis;
  /** Default 'channelsLast'. */
  readonly dataFormat?: DataFormat;
  /** 'nearest' (the default): copies; 'bilinear': linear between pixel centers, as in Keras (tfjs aligns corners). */
  readonly interpolation?: 'nearest' | 'bilinear';
}

/**
 * Enlarges images by integer factors: float32[batch, height, width, n] to float32[batch, height size, width size, n], or with the channels
 * before height and width.
 * @throws ShapeError for a wrong rank; AttributeError
 */
export function upSampling2d(x: Sym, options: UpSampling2dOptions = {}): Sym {
  const { size = 2, dataFormat = 'channelsLast', interpolation = 'nearest' } = options;
  requireOneOf('upSampling2d', 'interpolation', interpolation, ['nearest', 'bilinear']);
  requireSpace('upSampling2d', x, 2, dataFormat);
  const factors = perAxis('upSampling2d', 'size', size, 2);
  const first = dataFormat === 'channelsFirst';
  if (interpolation === 'nearest') return repeated(x, first ? [2, 3] : [1, 2], factors);
  const images = first ? transpose(x, [0, 2, 3, 1]) : x;
  const larger = [1, 2].map((axis, i) => dim.mul(images.shape[axis]!, factors[i]!));
  const y = resizeBilinear(images, larger, false, true);
  return first ? transpose(y, [0, 3, 1, 2]) : y;
}

/** Repeats every element in place along some axes. */
function repeated(x: Sym, axes: readonly number[], counts: readonly number[]): Sym {
  const times = (axis: number): number => counts[axes.indexOf(axis)] ?? 1;
  const spread = (count: (axis: number) => Dim): Dim[] =>
    x.shape.flatMap((d, axis) => (axes.includes(axis) ? [d, count(axis)] : [d]));
  return reshape(
    broadcastTo(
      reshape(
        x,
        spread(() => 1),
      ),
      spread(times),
    ),
    x.shape.map((d, axis) => dim.mul(d, times(axis))),
  );
}

/**
 * Repeats a vector as n steps, for example between an encoder and a decoder of sequences: [batch, features] to [batch, n, features].
 * @throws ShapeError for a wrong rank; AttributeError unless n is a positive integer
 */
export function repeatVector(x: Sym, { n }: { readonly n: number }): Sym {
  requireCount('repeatVector', 'n', n);
  requireRank('repeatVector', x, 2, '[batch, features]');
  const [batch, features] = x.shape;
  return broadcastTo(reshape(x, [batch!, 1, features!]), [batch!, n, features!]);
}
