/** The network trained on two moons, by gradient descent on the mean loss (5) in its logits form. */
import { compile } from 'retrograph';
import { sgd } from 'retrograph/optimizers';
import type { RunOptions } from '../example.ts';
import { flatten } from '../matrix.ts';
import { meanLoss, network } from './graph.ts';
import { moons } from './moons.ts';

const HIDDEN = 16;
const SAMPLES = 256;
const STEPS = 1000;

export const optimizer = sgd({ learningRate: 1 });

export async function train({ backend, seed, signal, onProgress }: RunOptions) {
  const net = network(HIDDEN, '$m', seed);
  const loss = meanLoss(net.Z2, net.Y);
  const data = moons(SAMPLES, seed);
  const step = await compile({ loss }, { backend, seed, updates: optimizer.minimize(loss) });
  const losses: number[] = [];
  try {
    for (let i = 1; i <= STEPS; i++) {
      signal?.throwIfAborted();
      losses.push((await step.run(data)).loss.item());
      onProgress?.({ step: i, steps: STEPS, metrics: { loss: losses.at(-1)! } });
    }
    const unseen = moons(SAMPLES, seed + 1);
    const network = await compile({ A2: net.A2 }, { variables: step.variables });
    try {
      const accuracy = async ({ X, Y }: typeof data): Promise<number> => {
        const guesses = flatten((await network.run({ X })).A2.array() as number[]);
        return guesses.filter((guess, i) => (guess > 0.5 ? 1 : 0) === Y[i]?.[0]).length / Y.length;
      };
      const metrics = {
        loss: losses.at(-1)!,
        accuracy: await accuracy(data),
        'accuracy on new samples': await accuracy(unseen),
      };
      return { metrics, losses };
    } finally {
      network.dispose();
    }
  } finally {
    step.dispose();
  }
}
