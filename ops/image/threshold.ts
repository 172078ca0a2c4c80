import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  AttributeError,
  cast,
  DTypeError,
  dimValue,
  fill,
  formatShape,
  iota,
  lift,
  product,
  reshape,
  ShapeError,
  select,
} from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { lessEqual } from '../comparison/less-equal.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { round } from '../elementwise/round.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { float } from '../elementwise/unary.ts';
import { unsortedSegmentSum } from '../indexing/unsorted-segment-sum.ts';
import { argMax } from '../reduction/arg-max.ts';
import { max } from '../reduction/max.ts';
import { sum } from '../reduction/sum.ts';
import { cumsum } from '../scan/cumsum.ts';
import { slice } from '../shape/slice.ts';
import { rgbToGrayscale } from './rgb-to-grayscale.ts';

const LEVELS = 256;

/**
 * Thresholds an image of rank 3, gray or red, green and blue (which must be known): an int32 of 255 where it is brighter than the threshold
 * and 0 elsewhere, or the reverse if `inverted`. The threshold is 255 `threshValue` ('binary'), or the level that best separates two
 * classes of levels ('otsu').
 * @throws ShapeError, DTypeError, AttributeError
 */
export function threshold(
  image: SymLike,
  method: 'binary' | 'otsu' = 'binary',
  inverted = false,
  threshValue = 0.5,
): Sym {
  const sym = lift(image);
  if (sym.rank !== 3 || (sym.shape[2] !== 1 && sym.shape[2] !== 3))
    throw new ShapeError(
      `threshold: an image is [height, width, 1 or 3], not ${formatShape(sym.shape)}: the channels must be known`,
    );
  if (sym.dtype !== 'float32' && sym.dtype !== 'int32')
    throw new DTypeError(`threshold: an image of ${sym.dtype}, not float32 or int32`);
  if (method !== 'binary' && method !== 'otsu')
    throw new AttributeError(`threshold: the method '${method}', not binary or otsu`);
  const gray = sym.shape[2] === 3 ? rgbToGrayscale(float(sym)) : float(sym);
  const limit = method === 'otsu' ? otsu(gray) : fill([], 255 * threshValue);
  const bright = inverted ? lessEqual(gray, limit) : greater(gray, limit);
  return mul(cast(bright, 'int32'), fill([], 255, 'int32'));
}

/** The highest level of the lower class, such that the variance between the classes is the largest; -1 if there is none. */
function otsu(gray: Sym): Sym {
  const counts = histogram(reshape(round(gray), [product(gray.shape)]));
  const moments = mul(counts, iota(LEVELS));
  const total = dimValue(product(gray.shape.slice(0, 2)));
  const [count, moment] = [upTo(counts), upTo(moments)];
  const [rest, restMoment] = [sub(sum(counts), count), sub(sum(moments), moment)];
  const apart = sub(div(moment, count), div(restMoment, rest));
  const variance = mul(mul(div(count, total), div(rest, total)), square(apart));
  // an empty class has no mean
  const valid = greater(variance, 0);
  const level = argMax(select(valid, variance, 0));
  return select(greater(max(select(valid, variance, 0)), 0), float(level), -1);
}

/** The number of pixels of each level; other values are not counted. */
function histogram(levels: Sym): Sym {
  const known = lessEqual(levels, LEVELS - 1);
  return unsortedSegmentSum(fill(levels.shape, 1, 'int32'), cast(select(known, levels, -1), 'int32'), LEVELS);
}

/** Cumulative sums over the levels, without the last. */
const upTo = (x: Sym): Sym => slice(cumsum(x), 0, LEVELS - 1);

export const doc: OpDoc = {
  summary: 'Black and white, by a threshold.',
  forward: 'y = 255 \\cdot \\mathbb 1(x > t)',
  gradient: { image: 'zero' },
  source: 'Otsu, "A threshold selection method from gray-level histograms" (1979)',
};
