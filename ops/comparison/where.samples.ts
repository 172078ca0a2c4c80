import { div } from '../elementwise/div.ts';
import { exp } from '../elementwise/exp.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { bools, integers, type Sample, sample, uniform, values } from '../sample.ts';
import { greater } from './greater.ts';
import { where } from './where.ts';

const tfGradIsWrong = 'backpropagates into the condition';
const zeros = values([
  [-1, 0, 0.5],
  [0, 2, 0],
]);
export const samples: readonly Sample[] = [
  sample({ condition: bools(['$n', 3]), t: uniform(['$n', 3]), e: uniform(['$n', 3]) }),
  sample(
    { condition: bools(['$n', 3]), t: uniform([3]), e: uniform([]) },
    { reference: (tf, [c, t, e]) => tf.where(c!, t!, e!), note: 'broadcast' },
  ),
  sample(
    { condition: bools([4, 1]), t: uniform([2, 1, 3]), e: uniform([4, 3]) },
    { reference: (tf, [c, t, e]) => tf.where(c!, t!, e!), note: 'all broadcast' },
  ),
  sample({ condition: bools([0, 3]), t: uniform([0, 3]), e: uniform([0, 3]) }, { note: 'zero elements' }),
  sample(
    { condition: bools([4]), t: integers([4], -5, 5), e: uniform([4]) },
    {
      build: ({ condition, t, e }) => where(condition!, t!, e!),
      reference: (tf, [c, t, e]) => tf.where(c!, tf.cast(t!, 'float32'), e!),
      tfjs: (tf, [c, t, e]) => tf.where(c!, t!, e!),
      note: 'an integer is cast',
    },
  ),
  sample(
    { condition: bools([4]), t: integers([4], -5, 5), e: integers([4], -5, 5) },
    { notDifferentiable: 'integers' },
  ),
  sample(
    { t: zeros },
    {
      build: ({ t }) => where(greater(t!, 0), exp(div(-1, t!)), 0),
      reference: (tf, [t]) => tf.where(tf.greater(t!, 0), tf.exp(tf.div(-1, t!)), 0),
      tfGradIsWrong,
      note: 'smooth at 0, where the chain rule alone gives 0 * Infinity',
    },
  ),
  sample(
    { t: zeros },
    {
      build: ({ t }) => where(greater(t!, 0), mul(pow(t!, 5), log(t!)), 0),
      reference: (tf, [t]) => tf.where(tf.greater(t!, 0), tf.mul(tf.pow(t!, 5), tf.log(t!)), 0),
      tfGradIsWrong,
      note: 'smooth at 0, where log is not',
    },
  ),
  sample(
    { t: zeros },
    {
      build: ({ t }) => where(greater(t!, 0), log(t!), 0),
      reference: (tf, [t]) => tf.where(tf.greater(t!, 0), tf.log(t!), 0),
      notDifferentiable: 'a jump at 0, where the gradient is 0 and not NaN',
    },
  ),
  sample(
    { t: zeros },
    {
      build: ({ t }) => where(greater(t!, 0), sqrt(t!), 0),
      reference: (tf, [t]) => tf.where(tf.greater(t!, 0), tf.sqrt(t!), 0),
      notDifferentiable: 'infinitely steep at 0, where the gradient is 0 and not NaN',
    },
  ),
];
