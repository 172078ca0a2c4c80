/** The workloads in tfjs, eagerly, on its current backend. */
import type { Rank, Scalar, ShapeMap, Tensor, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../tfjs.ts';
import type { Library } from './library.ts';

export const tfjs: Library<Tensor> = {
  name: 'tfjs',
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  relu: (x) => tf.relu(x),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  sqrt: (x) => tf.sqrt(x),
  softmax: (x) => tf.softmax(x),
  mean: (x) => tf.mean(x, -1, true),
  meanOfAll: (x) => tf.mean(x),
  crossEntropy: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
  matMul: (a, b) => tf.matMul(a, b),
  reshape: (x, shape) => tf.reshape(x, shape as ShapeMap[Rank]),
  transpose: (x, perm) => tf.transpose(x, [...perm]),
  split: (x, count, axis) => tf.split(x, count, axis),
  conv2d: (x, filter) => tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, 'valid'),
  maxPool: (x) => tf.maxPool(x as Tensor4D, 2, 2, 'valid'),
  conv2dTranspose: (x, filter, outShape) =>
    tf.conv2dTranspose(x as Tensor4D, filter as Tensor4D, [...outShape], 2, 'same'),
  flatten: (x) => tf.reshape(x, [x.shape[0]!, -1]),
  images: (x, shape) => tf.reshape(x, [...shape]),
  start: async ({ parameters, inputs, optimizer: name, learningRate, loss }, values) => {
    const tensor = (key: string, shape: readonly number[]) => tf.tensor(values[key]!, [...shape]);
    const variables = Object.entries(parameters).map(
      ([key, { shape }]) => [key, tf.variable(tensor(key, shape))] as const,
    );
    const tensors = Object.entries(inputs).map(([key, { shape }]) => [key, tensor(key, shape)] as const);
    const named = Object.fromEntries<Tensor>([...variables, ...tensors]);
    const optimizer = tf.train[name](learningRate);
    return {
      run: () => tf.tidy(() => optimizer.minimize(() => loss(tfjs, named) as Scalar, true)!.dataSync<'float32'>()[0]!),
      dispose: () => {
        tf.dispose(named);
        optimizer.dispose();
      },
    };
  },
};
