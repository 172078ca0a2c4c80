// Small networks learn, on both backends, and alike.
import { expect } from 'chai';
import { compile, Graph, type Sym } from '../../index.node.ts';
import { add, losses, matMul, sigmoid, tanh } from '../../ops/index.ts';
import { glorotUniform } from '../../plugins/initializers/index.ts';
import { adam, type Optimizer, sgd } from '../../plugins/optimizers/index.ts';
import { accuracy, fit as train } from '../../plugins/training/index.ts';
import { NAMED } from '../support/here.ts';

/** x -> tanh(x W1 + b1) W2 + b2, by sigmoid cross-entropy. */
function network(hidden: number): { readonly loss: Sym; readonly p: Sym } {
  const g = new Graph();
  const dense = (x: Sym, name: string, from: number, to: number): Sym =>
    g.scope(name, () => add(matMul(x, g.variable('W', [from, to], glorotUniform())), g.variable('b', [to])));
  const z = dense(tanh(dense(g.placeholder('x', ['$n', 2]), 'hidden', 2, hidden)), 'out', hidden, 1);
  return { loss: losses.sigmoidCrossEntropy(g.placeholder('y', ['$n', 1]), z), p: sigmoid(z) };
}

const XOR = {
  x: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  y: [[0], [1], [1], [0]],
};

/** Two half circles that reach into each other. */
function moons(count: number) {
  const x: number[][] = [];
  const y: number[][] = [];
  for (let i = 0; i < count; i++) {
    const [angle, lower] = [(Math.PI * i) / count, i % 2];
    x.push(lower ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)]);
    y.push([lower]);
  }
  return { x, y };
}

async function lossesOf(backend: string, optimizer: Optimizer, steps: number): Promise<number[]> {
  const { loss } = network(8);
  const program = await compile({ loss }, { backend, seed: 3, updates: optimizer.minimize(loss) });
  const seen: number[] = [];
  for (let i = 0; i < steps; i++) seen.push((await program.run(XOR)).loss.item());
  program.dispose();
  return seen;
}

for (const backend of NAMED) {
  describe(`training on ${backend}`, () => {
    it('learns XOR', async () => {
      const seen = await lossesOf(backend, adam({ learningRate: 0.1 }), 150);
      expect(seen[0]).to.be.within(0.6, 0.9);
      expect(seen.at(-1)).to.be.below(0.01);
    });

    it('separates two moons, in batches', async () => {
      const data = moons(200);
      const { loss, p } = network(16);
      const step = await compile({ loss }, { backend, seed: 1, updates: adam({ learningRate: 0.05 }).minimize(loss) });
      const {
        history: [first, ...others],
      } = await train(step, data, { epochs: 50, batchSize: 32, seed: 1 });
      expect(others.at(-1)!.loss).to.be.below(0.05).and.below(first!.loss!);
      const predict = await compile({ p }, { variables: step.variables });
      const scores = (await predict.run({ x: data.x })).p.array() as number[][];
      const classes = scores.map(([score]) => Number(score! > 0.5));
      expect(accuracy(data.y.flat(), classes)).to.be.above(0.99);
      step.dispose();
      predict.dispose();
    });
  });
}

describe('training', () => {
  for (const [name, optimizer] of [
    ['SGD', () => sgd({ learningRate: 0.5 })],
    ['Adam', () => adam({ learningRate: 0.05 })],
  ] as const) {
    it(`by ${name} goes the same way on cpu and wasm`, async () => {
      const [a, b] = [await lossesOf('cpu', optimizer(), 20), await lossesOf('wasm', optimizer(), 20)];
      for (const [i, loss] of a.entries()) expect(b[i], `step ${i}`).to.be.closeTo(loss, 1e-4);
    });
  }
});
