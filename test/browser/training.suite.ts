/** Training, step after step: the losses of cpu, and no memory that is not given back. */
import { expect } from 'chai';
import { type Backend, compile, Graph } from '../../engine/index.ts';
import { add, losses, matMul, tanh } from '../../ops/index.ts';
import { glorotUniform, zeros } from '../../plugins/initializers/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { expectClose } from '../support/values.ts';
import { startBackends } from './parameters.ts';

const STEPS = 1000;

/** A small network, trained on exclusive or. */
function train(backend: Backend) {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 2]);
  const y = g.placeholder('y', ['$batch', 1]);
  const hidden = tanh(
    add(matMul(x, g.variable('W1', [2, 4], glorotUniform({ seed: 1 }))), g.variable('b1', [4], zeros())),
  );
  const logits = add(
    matMul(hidden, g.variable('W2', [4, 1], glorotUniform({ seed: 2 }))),
    g.variable('b2', [1], zeros()),
  );
  const loss = losses.sigmoidCrossEntropy(y, logits);
  return compile({ loss }, { backend, updates: sgd({ learningRate: 0.5 }).minimize(loss) });
}

const batch = {
  x: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  y: [[0], [1], [1], [0]],
};

describe('training', () => {
  it(`learns in ${STEPS} steps what cpu learns, and leaves nothing behind`, async function () {
    this.timeout(300_000);
    const { backend, cpu } = await startBackends();
    const before = backend.memory();
    const [step, other] = [await train(backend), await train(cpu)];
    let soon = before;
    for (let i = 1; i <= STEPS; i++) {
      // reading takes longer than a step
      const outputs = i % 100 === 0 ? (['loss'] as const) : [];
      const [{ loss }, { loss: expected }] = [await step.run(batch, { outputs }), await other.run(batch, { outputs })];
      if (outputs.length === 0) continue;
      expectClose(loss.data, expected.data, 1e-3);
      if (i === STEPS) expect(loss.item()).to.be.below(0.1);
      if (i === 100) soon = backend.memory();
    }
    expect(backend.memory(), 'after all steps, as after a few').to.deep.equal(soon);
    step.dispose();
    other.dispose();
    expect(backend.memory(), 'in the end').to.deep.equal(before);
  });
});
