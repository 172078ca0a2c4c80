// A user's program over most entries: what compiles, and what must not.
import {
  type BackendLike,
  compile,
  type Feeds,
  Graph,
  gradients,
  type HostTensor,
  openVariables,
  type Program,
  type Sym,
} from 'retrograph';
import { cpu } from 'retrograph/backends/cpu';
import { nativePrograms } from 'retrograph/backends/node';
import { NullBackend } from 'retrograph/backends/null';
import { wasm } from 'retrograph/backends/wasm';
import { webgl } from 'retrograph/backends/webgl';
import { webgpu } from 'retrograph/backends/webgpu';
import { defineComposite, float, inferUnary, sample, scalar, uniform } from 'retrograph/engine';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { dense, lstm } from 'retrograph/layers';
import { losses, matMul, mul, split, square, tanh, unstack } from 'retrograph/ops';
import { adam, sgd } from 'retrograph/optimizers';
import { createContainer, definePlugin, TOKENS } from 'retrograph/plugins';
import { exportSavedModel } from 'retrograph/saved-model';
import { accuracy, batches, shuffle } from 'retrograph/training';
import { createWorkerProgram } from 'retrograph/worker';

const g = new Graph();
export const x = g.placeholder('x', ['$batch', 2]);
const y = g.placeholder('y', ['$batch', 1]);
const W = g.variable('W', [2, 1], glorotUniform({ seed: 1 }));
const z = tanh(matMul(x, W));
export const loss = losses.sigmoidCrossEntropy(y, z);
const grads = gradients(loss, { W });

export const backends: BackendLike[] = ['wasm', cpu, wasm, webgl, webgpu, nativePrograms, new NullBackend()];
export const plugin = definePlugin({ name: 'mine', initializers: { zeros } });
export const bound: unknown[] = createContainer([plugin]).container.getAll(TOKENS.op);
export const others = [dense, lstm, accuracy, batches, shuffle(3), adam()];
export const written = async () => exportSavedModel('model', { serve: await compile({ z }) });

for (const make of [compile, createWorkerProgram]) {
  const step = await make({ loss, ...grads }, { backend: 'wasm', updates: sgd({ learningRate: 0.1 }).minimize(loss) });
  const out = await step.run({ x: [[1, 2]], y: Float32Array.of(1) });
  const shape: readonly number[] = out.W.shape;
  const first: number | undefined = out.W.data[0];
  // @ts-expect-error: it may lack elements
  const certain: number = out.W.data[0];
  // @ts-expect-error: there is no such output
  console.log(shape, first, certain, out.z);
  // @ts-expect-error: there is no such backend's value
  await make({ loss }, { backend: 3 });
}

// results are feeds; names of outputs that are not known give tensors by any name
export async function evaluateAll(
  program: Program<Readonly<Record<string, Sym>>>,
  feeds: Feeds,
): Promise<HostTensor[]> {
  const results = await program.run(feeds);
  return Object.values(
    await program.run({ ...results, x: { data: Float32Array.of(1, 2), shape: [1, 2], dtype: 'float32' } }),
  );
}
export const store = async () => (await openVariables({ backend: cpu, seed: 3 })).set('W', [[1], [2]]);

// parts of a known number are a tuple, whose every part is there
const [a, b] = split(x, 2, 1);
const [c, d, e] = split(z, [1, -1, 2]);
const [h, i] = unstack(W, 0, 2);
export const parts: Sym[] = [a, b, c, d, e, h, i].map((part) => square(part));
// @ts-expect-error: there are two
export const third = split(x, 2, 1)[2];
export const some = (n: number): Sym => {
  const [left] = split(x, n);
  // @ts-expect-error: there may be none
  return mul(left, 2);
};
export const all: readonly Sym[] = unstack(W);

// an author's op
export const Twice = defineComposite({
  name: 'Twice',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.mul(x, 2) }],
  gradient: { x: (_inputs, { dy }) => mul(dy, 2) },
});
export const twice = (value: Sym): Sym => Twice.node({ x: float(value) });
export const samples = [
  sample({ x: uniform(['$n', 3]) }, { reference: (tf, [t]) => tf.mul(t!, 2), note: 'any batch' }),
];
