/** The peer tfjs-node, eager: `optimizer.minimize` over tf.Variables. Inputs are resident. */

import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D, Variable } from '@tensorflow/tfjs';
import { TFJS_NODE_VERSION } from '../../../backends/node/library/cache.ts';
import { loadTfjsNode } from '../../../backends/node/library/tfjs-node.ts';
import { tf } from '../../tfjs.ts';
import type { Spec } from '../cases.ts';
import { type About, decode, type Request } from '../peer.ts';
import { timeSteps } from '../side.ts';

type Variables = Readonly<Record<string, Variable>>;

const dense = (x: Tensor2D, name: string, v: Variables): Tensor2D =>
  tf.add(tf.matMul(x, v[`${name}/kernel`] as unknown as Tensor2D), v[`${name}/bias`]!);

const block = (x: Tensor4D, name: string, v: Variables): Tensor4D => {
  const y = tf.conv2d(x, v[`${name}/kernel`] as unknown as Tensor4D, 1, 'same');
  return tf.maxPool(tf.relu(tf.add(y, v[`${name}/bias`]!)), 2, 2, 'valid');
};

/** As in PyTorch: one product with the inputs of all steps. */
function lstm(x: Tensor3D, v: Variables): Tensor2D {
  const [batch, steps, features] = x.shape;
  const recurrent = v['lstm/recurrentKernel'] as unknown as Tensor2D;
  const projected = dense(x.reshape([batch * steps, features]), 'lstm', v).reshape([batch, steps, -1]);
  let h: Tensor2D = tf.zeros([batch, recurrent.shape[0]]);
  let c = h;
  for (const input of tf.unstack(projected, 1)) {
    const [i, f, g, o] = tf.split(tf.add(input, tf.matMul(h, recurrent)) as Tensor2D, 4, 1);
    c = tf.add(tf.mul(tf.sigmoid(f!), c), tf.mul(tf.sigmoid(i!), tf.tanh(g!)));
    h = tf.mul(tf.sigmoid(o!), tf.tanh(c));
  }
  return h;
}

const MODELS: Readonly<Record<Spec['model'], (x: Tensor, v: Variables, spec: Spec) => Tensor2D>> = {
  mlp: (x, v, { activation }) => tf[activation!](dense(x as Tensor2D, 'hidden', v)),
  cnn: (x, v) => block(block(x as Tensor4D, 'conv1', v), 'conv2', v).reshape([x.shape[0]!, -1]),
  lstm: (x, v) => lstm(x as Tensor3D, v),
};

/** Prepares a case. @returns its train step */
function prepare({ prepare: spec, arrays }: Extract<Request, { readonly prepare: Spec }>): () => number {
  const tensors = Object.entries(arrays).map(([name, encoded]) => {
    const { data, shape } = decode(encoded);
    return [name, tf.tensor(data, [...shape])] as const;
  });
  const { x, y, ...values } = Object.fromEntries(tensors);
  const variables = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tf.variable(value)]));
  const optimizer = tf.train[spec.optimizer](spec.learningRate);
  const loss = (): Scalar => {
    const logits = dense(MODELS[spec.model](x!, variables, spec), 'out', variables);
    return tf.losses[spec.loss](y!, logits).asScalar();
  };
  return () => {
    const value = optimizer.minimize(loss, true)!;
    const [number] = value.dataSync();
    value.dispose();
    return number!;
  };
}

/** Starts the library. @throws NativeLibraryError if it is not built */
async function start(): Promise<About> {
  await loadTfjsNode();
  await tf.setBackend('tensorflow');
  const { binding } = tf.backend() as unknown as { readonly binding: { readonly TF_Version: string } };
  return {
    version: `tfjs-node ${TFJS_NODE_VERSION} on TensorFlow ${binding.TF_Version}`,
    threads: availableParallelism(),
  };
}

/** The result of `work`, or its error as an answer. */
const attempt = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work();
  } catch (e) {
    return { error: (e as Error).message };
  }
};

console.log = console.error; // output of libraries must not mix with answers
const answer = (value: unknown): unknown => process.stdout.write(`${JSON.stringify(value)}\n`);
answer(await attempt(start));
let step: (() => number) | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const request: Request = JSON.parse(line);
  answer(
    await attempt(() => {
      if ('steps' in request) return timeSteps(step!, request.steps);
      step = prepare(request);
      return {};
    }),
  );
}
