// A training run in two halves, in one process or in two: `node train-on.ts BACKEND STEPS [LOAD]` prints its losses as JSON.
import { compile, Graph } from '../../index.node.ts';
import { dropout, losses, matMul, relu } from '../../ops/index.ts';
import { glorotUniform } from '../../plugins/initializers/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';

/** A small classifier with dropout, trained by Adam: variables, slots, step counter and random state all matter. */
export async function trainer(backend: string) {
  const g = new Graph();
  const x = g.placeholder('x', ['$n', 3]);
  const hidden = dropout(relu(matMul(x, g.variable('w1', [3, 8], glorotUniform()))), 0.25);
  const logits = matMul(hidden, g.variable('w2', [8, 1], glorotUniform()));
  const loss = losses.sigmoidCrossEntropy(g.placeholder('y', ['$n', 1]), logits);
  return compile({ loss }, { backend, seed: 7, updates: adam({ learningRate: 0.05 }).minimize(loss) });
}

export const batch = {
  x: [
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 1],
  ],
  y: [[0], [1], [1], [0]],
};

export async function train(step: Awaited<ReturnType<typeof trainer>>, steps: number): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < steps; i++) seen.push((await step.run(batch)).loss.item());
  return seen;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [backend = 'wasm', steps = '1', file] = process.argv.slice(2);
  const step = await trainer(backend);
  if (file !== undefined) await step.variables.load(file);
  console.log(JSON.stringify(await train(step, Number(steps))));
}
