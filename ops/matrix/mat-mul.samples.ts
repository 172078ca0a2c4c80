import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  ...[false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) =>
      sample(
        { a: uniform(transposeA ? [3, '$n'] : ['$n', 3]), b: uniform(transposeB ? [4, 3] : [3, 4]) },
        { attrs: { transposeA, transposeB } },
      ),
    ),
  ),
  sample({ a: uniform(['$n', 2, 3]), b: uniform(['$n', 3, 4]) }, { note: 'a batch' }),
  sample(
    { a: uniform([2, 3, 4]), b: uniform([1, 4, 2]) },
    { note: 'a broadcast batch', tfGradIsWrong: 'throws on a broadcast batch' },
  ),
  ...(
    [
      [
        [2, 1],
        [1, 3],
      ],
      [
        [2, 3],
        [2, 1],
      ],
    ] as const
  ).map(([left, right]) =>
    sample(
      { a: uniform([...left, 2, 3]), b: uniform([...right, 3, 2]) },
      {
        reference: (tf, [a, b]) => tf.matMul(tf.broadcastTo(a!, [2, 3, 2, 3]), tf.broadcastTo(b!, [2, 3, 3, 2])),
        tfjs: (tf, [a, b]) => tf.matMul(a!, b!),
        tfGradIsWrong: 'throws on a broadcast batch',
        note: `batches of ${left} and ${right}, which kernels confuse`,
      },
    ),
  ),
  sample(
    { a: uniform([2, 3, 4]), b: uniform([4, 2]) },
    { note: '3-D by 2-D', tfGradIsWrong: 'throws on a broadcast batch' },
  ),
  sample(
    { a: uniform([2, 4, 3]), b: uniform([2, 2, 4]) },
    { attrs: { transposeA: true, transposeB: true }, note: 'a batch, both transposed' },
  ),
  sample({ a: uniform([2, 0]), b: uniform([0, 3]) }, { note: 'nothing to sum: zeros' }),
  sample({ a: uniform([0, 2]), b: uniform([2, 3]) }, { note: 'zero elements' }),
];
