import { AttributeError, type OpDoc, reshape, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { conv2d } from './conv2d.ts';
import { batched } from './convolution.ts';
import type { Padding, Pair, Rounding } from './geometry.ts';

/**
 * Convolves sequences, [batch, width, inChannels] or without a batch, with a filter of [width, inChannels, outChannels].
 * @param pad as in `conv2d`; a list has a pair for each of the three dimensions, or, as in tf, four pairs with [0, 0] for a height
 * @throws ShapeError if channels differ, or the filter is longer than the padded sequence; AttributeError; DTypeError
 */
export function conv1d(
  x: SymLike,
  filter: SymLike,
  stride: number,
  pad: Padding,
  dataFormat = 'NWC',
  dilation = 1,
  dimRoundingMode?: Rounding,
): Sym {
  if (dataFormat !== 'NWC') throw new AttributeError(`conv1d: dataFormat '${dataFormat}'; it takes 'NWC' only`);
  const weights = float(filter);
  if (weights.rank !== 3) throw new ShapeError(`conv1d: a filter of rank ${weights.rank}, not 3`);
  return batched(x, 3, (sequences) => {
    if (sequences.rank !== 3) throw new ShapeError(`conv1d: an input of rank ${sequences.rank}, not 3`);
    const [batch, width, channels] = sequences.shape;
    const y = conv2d(
      reshape(sequences, [batch!, 1, width!, channels!]),
      reshape(weights, [1, ...weights.shape]),
      [1, stride],
      withHeight(pad),
      'NHWC',
      [1, dilation],
      dimRoundingMode,
    );
    return reshape(y, [y.shape[0]!, y.shape[2]!, y.shape[3]!]);
  });
}

const NONE: Pair = [0, 0];
/** The padding of the sequence as an image of height 1. */
const withHeight = (pad: Padding): Padding => {
  if (typeof pad === 'number') return [NONE, NONE, [pad, pad], NONE];
  return typeof pad === 'object' && pad.length === 3 ? [pad[0]!, NONE, pad[1]!, pad[2]!] : pad;
};

export const doc: OpDoc = {
  summary: 'Convolution of sequences with a filter.',
  forward: 'y_{b,i,o} = \\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_o \\bar y_{b,i,o} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016); conv2d of height 1',
};
