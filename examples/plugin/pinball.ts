/** An op of two inputs and an attribute, outside of the library. */
import type { Sym, SymLike } from 'retrograph';
import {
  attr,
  defineComposite,
  float,
  inferBinary,
  type OpDoc,
  type SampleOptions,
  sample,
  uniform,
  values,
} from 'retrograph/engine';
import { add, maximum, mul, neg, step, sub } from 'retrograph/ops';

export const Pinball = defineComposite({
  name: 'Pinball',
  inputs: ['labels', 'predictions'],
  attrs: { quantile: attr.number(0.5) },
  infer: ({ labels, predictions }) => inferBinary(labels, predictions, ['float32']),
  lowering: [
    {
      kind: 'composite',
      expand: ({ labels, predictions }, { quantile }) => {
        const error = sub(labels, predictions);
        return maximum(mul(error, quantile), mul(error, quantile - 1));
      },
    },
  ],
  traits: { elementwise: true },
  gradient: {
    labels: ({ labels, predictions }, { dy, attrs: { quantile } }) =>
      mul(dy, add(step(sub(labels, predictions)), quantile - 1)),
    predictions: ({ labels, predictions }, { dy, attrs: { quantile } }) =>
      neg(mul(dy, add(step(sub(labels, predictions)), quantile - 1))),
  },
});

/** The pinball loss of each element, whose least mean is at a quantile of the labels: 0.5, the median, by default. @throws ShapeError */
export function pinball(labels: SymLike, predictions: SymLike, quantile = 0.5): Sym {
  return Pinball.node({ labels: float(labels), predictions: float(predictions) }, { quantile });
}

export const doc: OpDoc = {
  summary: 'Absolute errors, those of one sign weighted more: the loss of a quantile.',
  forward: '\\ell_i = \\max(q e_i, (q - 1) e_i), \\; e_i = y_i - p_i',
  gradient: {
    labels: '\\bar \\ell_i (\\mathbb 1(e_i > 0) + q - 1)',
    predictions: '-\\bar \\ell_i (\\mathbb 1(e_i > 0) + q - 1)',
  },
  source: 'Koenker, Bassett, "Regression quantiles" (1978)',
};

const reference: SampleOptions['reference'] = (tf, [labels, predictions], { quantile }) => {
  const error = tf.sub(labels!, predictions!);
  return tf.maximum(tf.mul(error, quantile), tf.mul(error, quantile - 1));
};
const options: SampleOptions = { reference, tfjs: null };

export const samples = [
  sample({ labels: uniform(['$n', 3], 1, 2), predictions: uniform(['$n', 3], 0, 0.9) }, options),
  sample({ labels: uniform(['$n', 3], 0, 0.9), predictions: uniform([3], 1, 2) }, { ...options, note: 'broadcast' }),
  sample(
    { labels: values([0, 1, 2, 3]), predictions: values([0.5, 0.5, 2.5, 2.5]) },
    { ...options, attrs: { quantile: 0.9 }, note: 'both sides of another quantile' },
  ),
  sample({ labels: uniform([0, 2]), predictions: uniform([2]) }, { ...options, note: 'zero elements' }),
  sample({ labels: values([1]), predictions: values([1]) }, { ...options, notDifferentiable: 'a kink' }),
];
