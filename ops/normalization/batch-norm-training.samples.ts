import { type Graph, graphOf } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { type BatchNormOptions, batchNormTraining } from './batch-norm-training.ts';

/** y and the updated moving moments, which start from 0 and 1. */
const row = (axis: number, rank: number, options: BatchNormOptions, note: string): SampleOptions => ({
  build: ({ x, gamma, beta }) => {
    const graph = graphOf([x!]) as Graph;
    const size = x!.shape.at(axis)!;
    const movingMean = graph.variable('mean', [size], 0, { trainable: false });
    const movingVariance = graph.variable('variance', [size], 1, { trainable: false });
    const { y, updates } = batchNormTraining(
      x!,
      { ...(gamma && { gamma }), ...(beta && { beta }), movingMean, movingVariance },
      { axis, ...options },
    );
    return [y, ...updates.map((u) => u.value)];
  },
  tfjs: null,
  reference: (tf, [x, gamma, beta]) => {
    const at = axis < 0 ? axis + rank : axis;
    const axes = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== at);
    const { epsilon = 0.001, momentum = 0.99 } = options;
    const shape = x!.shape.map((d, i) => (i === at ? d : 1));
    const moments = tf.moments(x!, axes);
    const [mean, variance] = [moments.mean, moments.variance].map((m) => tf.reshape(m, shape));
    const normal = tf.div(tf.sub(x!, mean!), tf.sqrt(tf.add(variance!, epsilon)));
    const scaled = gamma === undefined ? normal : tf.mul(normal, tf.reshape(gamma, shape));
    return [
      beta === undefined ? scaled : tf.add(scaled, tf.reshape(beta, shape)),
      tf.mul(moments.mean, 1 - momentum),
      tf.add(momentum, tf.mul(moments.variance, 1 - momentum)),
    ];
  },
  note,
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 2, 2, 3]), gamma: uniform([3], 0.5, 2), beta: uniform([3]) }, row(-1, 4, {}, 'images')),
  sample(
    { x: uniform(['$n', 3], -2, 2), gamma: uniform([3], 0.5, 2) },
    row(-1, 2, { epsilon: 0.1, momentum: 0.5 }, 'rows, no offset'),
  ),
  sample({ x: uniform([2, 3, 2]) }, row(1, 3, {}, 'channels in between, neither scale nor offset')),
];
