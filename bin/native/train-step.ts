/** One step of training, to see that a backend works. */
import { type Backend, BackendError, compile, Graph } from '../../engine/index.ts';
import { losses, matMul } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';

export interface TrainedStep {
  readonly before: number;
  readonly after: number;
}

/** The loss of a linear model before and after a step of gradient descent. @throws BackendError where it did not fall */
export async function trainStep(backend: Backend): Promise<TrainedStep> {
  const graph = new Graph();
  const [x, y] = [graph.placeholder('x', ['$batch', 2]), graph.placeholder('y', ['$batch', 1])];
  const loss = losses.meanSquaredError(y, matMul(x, graph.variable('W', [2, 1], 0)));
  const program = await compile({ loss }, { backend, updates: sgd({ learningRate: 0.1 }).minimize(loss) });
  try {
    const feeds = {
      x: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      y: [[1], [2], [3]],
    };
    const [before, after] = [(await program.run(feeds)).loss.item(), (await program.run(feeds)).loss.item()];
    if (!(after < before))
      throw new BackendError(`a step of training on '${backend.name}' took the loss from ${before} to ${after}`);
    return { before, after };
  } finally {
    program.dispose();
  }
}
