/** Trains a network on the backend that the page's address names, and reports what became of the loss. */
import { env } from '@tensorflow/tfjs-core';
import { backend, compile, Graph } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, losses, matMul, tanh } from 'retrograph/ops';
import { adam } from 'retrograph/optimizers';

/** What the page tells Node. */
export interface Trained {
  /** Whether the policy holds in the page: it may make no code of text. */
  readonly refusesEval: boolean;
  readonly losses: readonly number[];
  readonly error?: string;
}

declare global {
  function reportTrained(result: Trained): Promise<void>;
}

function refusesEval(): boolean {
  try {
    return new Function('return false')();
  } catch {
    return true;
  }
}

async function train(name: string): Promise<readonly number[]> {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 2]);
  const y = g.placeholder('y', ['$batch', 1]);
  const layer = (name: string, input: typeof x, units: number) =>
    add(
      matMul(input, g.variable(`${name}/kernel`, [input.shape[1]!, units], glorotUniform({ seed: units }))),
      g.variable(`${name}/bias`, [units], zeros()),
    );
  const loss = losses.sigmoidCrossEntropy(y, layer('top', tanh(layer('hidden', x, 8)), 1));
  using step = await compile({ loss }, { backend: name, updates: adam({ learningRate: 0.1 }).minimize(loss) });
  const feeds = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] }; // biome-ignore format: a truth table
  const history: number[] = [];
  for (let i = 0; i < 30; i++) history.push((await step.run(feeds)).loss.item());
  return history;
}

const name = new URLSearchParams(location.search).get('backend')!;
await backend(name);
if (name === 'webgl') env().set('WEBGL_CPU_FORWARD', false); // else small tensors never reach the GPU
const outcome = await train(name).then(
  (history) => ({ losses: history }),
  (e: Error) => ({ losses: [], error: e.stack ?? e.message }),
);
await reportTrained({ refusesEval: refusesEval(), ...outcome });
