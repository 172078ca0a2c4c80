/** The workloads in Retrograph, compiled for a backend. */
import { type BackendLike, compile, Graph, type Sym } from '../../index.node.ts';
import * as ops from '../../ops/index.ts';
import { adam, sgd } from '../../plugins/optimizers/index.ts';
import type { Library } from './library.ts';

const last = (x: Sym): number => x.rank - 1;

export const ours = (backend: BackendLike): Library<Sym> => ({
  name: 'retrograph',
  add: ops.add,
  sub: ops.sub,
  mul: ops.mul,
  div: ops.div,
  relu: ops.relu,
  tanh: ops.tanh,
  sigmoid: ops.sigmoid,
  sqrt: ops.sqrt,
  softmax: (x) => ops.softmax(x),
  mean: (x) => ops.mean(x, last(x), true),
  meanOfAll: (x) => ops.mean(x),
  crossEntropy: (labels, logits) => ops.losses.softmaxCrossEntropy(labels, logits),
  matMul: (a, b) => ops.matMul(a, b),
  reshape: (x, shape) => ops.reshape(x, shape),
  transpose: (x, perm) => ops.transpose(x, perm),
  split: (x, count, axis) => ops.split(x, count, axis),
  conv2d: (x, filter) => ops.conv2d(x, filter, 1, 'valid'),
  maxPool: (x) => ops.maxPool(x, 2, 2, 'valid'),
  conv2dTranspose: (x, filter, outShape) => ops.conv2dTranspose(x, filter, outShape, 2, 'same'),
  flatten: (x) => ops.reshape(x, [x.shape[0]!, -1]),
  images: (x, shape) => ops.reshape(x, shape),
  start: async (workload, values) => {
    const g = new Graph();
    const named: Record<string, Sym> = {};
    for (const [name, { shape }] of Object.entries(workload.parameters))
      named[name] = g.variable(name, shape, values[name]!);
    for (const [name, { shape }] of Object.entries(workload.inputs)) named[name] = g.placeholder(name, shape);
    const loss = workload.loss(ours(backend), named);
    const optimizer = { adam, sgd }[workload.optimizer]({ learningRate: workload.learningRate });
    const program = await compile({ loss }, { backend, updates: optimizer.minimize(loss) });
    const feeds = Object.fromEntries(Object.keys(workload.inputs).map((name) => [name, values[name]!]));
    return { run: () => program.runSync(feeds).loss.item(), dispose: () => program.dispose() };
  },
});
