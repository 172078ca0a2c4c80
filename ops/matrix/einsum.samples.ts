import type { Sym } from '../../engine/index.ts';
import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { einsum } from './einsum.ts';

const tfGradIsWrong = 'it has none';
type Shape = readonly (string | number)[];
/** A row with an equation that the kernel supports: one or two operands, without repeated labels. */
const row = (equation: string, ...shapes: Shape[]) =>
  sample({ tensors: shapes.map((shape) => uniform(shape)) }, { attrs: { equation }, note: equation, tfGradIsWrong });
/** A row with an equation that tfjs does not support, or computes wrongly. */
const written = (
  equation: string,
  shapes: readonly Shape[],
  reference: NonNullable<SampleOptions['reference']>,
  options: SampleOptions = {},
) =>
  sample(
    { tensors: shapes.map((shape) => uniform(shape)) },
    {
      build: ({ tensors }) => einsum(equation, ...(tensors as unknown as readonly Sym[])),
      reference,
      tfjs: (tf, inputs) => tf.einsum(equation, ...inputs),
      tfGradIsWrong,
      note: equation,
      ...options,
    },
  );
export const samples: readonly Sample[] = [
  row('ij,jk->ik', ['$n', 3], [3, 2]),
  row('ij,kj->ki', ['$n', 3], [2, 3]),
  row('bij,bjk->bik', ['$b', 2, 3], ['$b', 3, 2]),
  row('bqhd,bkhd->bhqk', ['$b', 2, 2, 3], ['$b', 3, 2, 3]),
  row('ij->ji', ['$n', 3]),
  row('ij->i', [2, '$n']),
  row('ijk->', [2, '$n', 3]),
  row('i,i->', ['$n'], ['$n']),
  row('i,i->i', ['$n'], ['$n']),
  row('i,j->ij', ['$n'], [3]),
  row('ab,bcd->dac', [2, 3], [3, 2, '$n']),
  row('abc,cb->a', ['$n', 2, 3], [3, 2]),
  row('ij,ij->ji', [2, 3], [2, 3]),
  row('ij,jk->ik', [2, 0], [0, 3]),
  written(
    'ij,jk',
    [
      ['$n', 3],
      [3, 2],
    ],
    (tf, [a, b]) => tf.matMul(a!, b!),
  ),
  written('ba', [['$n', 3]], (tf, [a]) => tf.transpose(a!)),
  written('ii', [[3, 3]], (tf, [a]) => tf.sum(tf.mul(a!, tf.eye(3)))),
  written('ii->i', [['$n', '$n']], (tf, [a]) => tf.sum(tf.mul(a!, tf.eye(a!.shape[0]!)), 1)),
  written('iji->j', [[2, '$n', 2]], (tf, [a]) => tf.sum(tf.mul(a!, tf.reshape(tf.eye(2), [2, 1, 2])), [0, 2])),
  written('iii->i', [[2, 2, 2]], (tf, [a]) => tf.gather(tf.reshape(a!, [8]), tf.tensor1d([0, 7], 'int32'))),
  written('ii,i->i', [[3, 3], [3]], (tf, [a, b]) => tf.mul(tf.sum(tf.mul(a!, tf.eye(3)), 1), b!)),
  written('i,j->', [['$n'], [3]], (tf, [a, b]) => tf.mul(tf.sum(a!), tf.sum(b!))),
  written('i->', [['$n']], (tf, [a]) => tf.sum(a!)),
  written(',ij->ij', [[], ['$n', 2]], (tf, [a, b]) => tf.mul(a!, b!)),
  written(
    '...ij,...jk->...ik',
    [
      ['$b', 2, 3],
      ['$b', 3, 2],
    ],
    (tf, [a, b]) => tf.matMul(a!, b!),
  ),
  written(
    '...ij,jk',
    [
      ['$b', 2, 2, 3],
      [3, 2],
    ],
    (tf, [a, b]) => tf.reshape(tf.matMul(tf.reshape(a!, [-1, 3]), b!), [...a!.shape.slice(0, 3), 2]),
  ),
  written(
    '...i,...i->...',
    [
      [2, 1, '$n'],
      [3, '$n'],
    ],
    (tf, [a, b]) => tf.sum(tf.mul(a!, b!), -1),
    { note: 'an ellipsis, broadcast' },
  ),
  written('i...->...i', [[2, 3, '$n']], (tf, [a]) => tf.transpose(a!, [1, 2, 0])),
  written(
    'ij,ij->i',
    [
      ['$n', 1],
      ['$n', 3],
    ],
    (tf, [a, b]) => tf.sum(tf.mul(a!, b!), 1),
    {
      note: 'a dim of 1 is broadcast',
    },
  ),
  written('ij,j->', [['$n', 1], [3]], (tf, [a, b]) => tf.mul(tf.sum(a!), tf.sum(b!)), {
    note: 'a dim of 1, of a label that is summed',
  }),
  written(
    'ij,jk,kl->il',
    [
      ['$n', 2],
      [2, 3],
      [3, 2],
    ],
    (tf, [a, b, c]) => tf.matMul(tf.matMul(a!, b!), c!),
  ),
  written(
    'bi,ijk,bk->bj',
    [
      ['$b', 2],
      [2, 2, 3],
      ['$b', 3],
    ],
    (tf, [a, w, b]) => {
      const left = tf.reshape(tf.matMul(a!, tf.reshape(w!, [2, 6])), [-1, 2, 3]);
      return tf.sum(tf.mul(left, tf.expandDims(b!, 1)), 2);
    },
  ),
  written('i,i,i,i->i', [['$n'], ['$n'], ['$n'], ['$n']], (tf, xs) =>
    xs.slice(1).reduce((a, b) => tf.mul(a, b), xs[0]!),
  ),
  written('a,b,c->cab', [[2], ['$n'], [3]], (tf, [a, b, c]) =>
    tf.mul(tf.reshape(c!, [3, 1, 1]), tf.mul(tf.reshape(a!, [2, 1]), b!)),
  ),
  sample(
    { tensors: [integers(['$n', 3], -5, 5), integers([3, 2], -5, 5)] },
    { attrs: { equation: 'ij,jk->ik' }, notDifferentiable: 'integers' },
  ),
];
