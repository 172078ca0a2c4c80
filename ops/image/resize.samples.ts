/** Rows of the resizing ops and their gradients. */
import type { DimLike, Sym, SymLike } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';

type Kind = 'resizeBilinear' | 'resizeNearestNeighbor';
type Pixels = readonly [number, number];

const ALIGNMENTS: readonly (readonly [alignCorners: boolean, halfPixelCenters: boolean])[] = [
  [false, false],
  [true, false],
  [false, true],
];
const SIZES: readonly (readonly [from: Pixels, to: Pixels])[] = [
  [
    [2, 3],
    [4, 5],
  ],
  [
    [4, 3],
    [2, 2],
  ],
  [
    [1, 3],
    [1, 1],
  ],
  [
    [1, 1],
    [3, 3],
  ],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 1],
    [4, 3],
  ],
];
const describe = ([h, w]: Pixels, [height, width]: Pixels, [aligned, half]: (typeof ALIGNMENTS)[number]): string =>
  `${h} x ${w} to ${height} x ${width}${aligned ? ', corners aligned' : half ? ', half pixels' : ''}`;

const everyCase = <T>(make: (from: Pixels, to: Pixels, alignment: (typeof ALIGNMENTS)[number]) => T): readonly T[] =>
  SIZES.flatMap(([from, to]) => ALIGNMENTS.map((alignment) => make(from, to, alignment)));

/** Whether tfjs's gradient kernel hangs: its loop over the copies of a single pixel has infinite bounds. */
const hangs = (kind: Kind, [h, w]: Pixels, [height, width]: Pixels, [aligned]: (typeof ALIGNMENTS)[number]): boolean =>
  kind === 'resizeNearestNeighbor' && aligned && ((h === 1 && height > 1) || (w === 1 && width > 1));

/** What is wrong with tfjs's gradients, if anything. */
const fault = (kind: Kind, from: Pixels, to: Pixels, alignment: (typeof ALIGNMENTS)[number]): SampleOptions => {
  const [[h, w], [, half]] = [from, alignment];
  if (half && (kind === 'resizeNearestNeighbor' || h > 1 || w > 1))
    return { tfGradIsWrong: 'it takes no account of half pixels' };
  if (hangs(kind, from, to, alignment)) return { tfGradHangs: 'it never ends' };
  if (kind === 'resizeNearestNeighbor') return { tfGradIsWrong: 'it mixes up the images of a batch' };
  return h === w ? {} : { tfGradIsWrong: 'it throws where height and width differ' };
};

export function resizeSamples(
  kind: Kind,
  build: (images: SymLike, size: readonly DimLike[], alignCorners?: boolean, halfPixelCenters?: boolean) => Sym,
): readonly Sample[] {
  return [
    ...everyCase((from, to, alignment) =>
      sample(
        { images: uniform(['$n', ...from, 2]) },
        {
          attrs: { size: to, alignCorners: alignment[0], halfPixelCenters: alignment[1] },
          note: describe(from, to, alignment),
          ...fault(kind, from, to, alignment),
        },
      ),
    ),
    sample(
      { images: uniform([3, 3, 1]) },
      {
        build: ({ images }) => build(images!, [2, 4], true),
        reference: (tf, [images]) => tf.image[kind](images as never, [2, 4], true),
        note: 'one image',
      },
    ),
    sample({ images: uniform([1, 3, 3, 1]) }, { attrs: { size: [3, 3] }, note: 'the same size' }),
    ...ALIGNMENTS.map(([alignCorners, halfPixelCenters]) =>
      sample(
        { images: uniform(['$n', '$h', '$w', 1]) },
        {
          build: ({ images }) => build(images!, [2, 5], alignCorners, halfPixelCenters),
          reference: (tf, [images]) => tf.image[kind](images as never, [2, 5], alignCorners, halfPixelCenters),
          tfGradIsWrong: 'wrong, or throws, for sides that differ',
          note: 'images of unknown sizes',
        },
      ),
    ),
    sample(
      { images: uniform(['$n', 2, 3, 1]), like: uniform(['$n', '$h', '$w', 1]) },
      {
        build: ({ images, like }) => build(images!, like!.shape.slice(1, 3), true),
        reference: (tf, [images, like]) =>
          tf.image[kind](images as never, like!.shape.slice(1, 3) as Pixels & [number, number], true),
        tfGradIsWrong: 'wrong, or throws, for sides that differ',
        note: 'to a size that is not known',
      },
    ),
    sample({ images: uniform([0, 2, 2, 1]) }, { attrs: { size: [3, 3] }, note: 'zero elements' }),
  ];
}

/** Rows of a gradient, with tfjs's kernels unless they are known to be wrong. */
export function resizeGradSamples(
  kind: Kind,
  build: (dy: SymLike, images: SymLike, alignCorners?: boolean, halfPixelCenters?: boolean) => Sym,
): readonly Sample[] {
  return [
    ...everyCase((from, to, alignment) =>
      sample(
        { images: uniform(['$n', ...from, 1]), dy: uniform(['$n', ...to, 1]) },
        {
          build: ({ images, dy }) => build(dy!, images!, ...alignment),
          // the adjoint by definition: the resized unit images, times dy
          reference: (tf, [images, dy]) => {
            const [n, h, w] = images!.shape as [number, number, number];
            const units = tf.reshape(tf.eye(h * w), [h * w, h, w, 1]);
            const resized = tf.reshape(tf.image[kind](units as never, [...to], ...alignment), [h * w, -1]);
            return tf.reshape(tf.matMul(tf.reshape(dy!, [n, -1]), resized, false, true), [n, h, w, 1]);
          },
          ...(hangs(kind, from, to, alignment)
            ? { tfjs: 'hangs', tfGradHangs: 'its value never ends' }
            : { tfjs: 'kernel', tfGradIsWrong: 'it has none' }),
          note: describe(from, to, alignment),
        },
      ),
    ),
    sample(
      { images: uniform([0, 2, 2, 1]), dy: uniform([0, 3, 3, 1]) },
      { attrs: { size: [3, 3] }, note: 'zero elements', tfGradIsWrong: 'it has none' },
    ),
  ];
}
