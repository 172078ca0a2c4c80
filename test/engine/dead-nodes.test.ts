/** What is left of an optimized program's table: the nodes that its results and updates depend on. */
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import {
  compile,
  customGradient,
  Graph,
  map,
  type Node,
  nodesOf,
  Parameter,
  type ProgramGraph,
  regionsOf,
  type Sym,
} from '../../engine/index.ts';
import { add, exp, log, mean, mul, relu, square, sum, tanh } from '../../ops/index.ts';
import { dense, lstm } from '../../plugins/layers/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const twice = customGradient((x: Sym) => log(add(exp(x), 1)), [(_, { dy }) => mul(dy, 2)]);

/** Losses of models with variables, by name. */
const MODELS: Readonly<Record<string, () => Sym>> = {
  'dense layers': () => {
    const x = new Graph().placeholder('x', ['$n', 4]);
    return mean(square(dense(dense(x, { units: 8, activation: relu }), { units: 2 })));
  },
  'an LSTM': () => mean(square(lstm(new Graph().placeholder('x', ['$n', 5, 3]), { units: 4 }).y)),
  'a Map': () => {
    const g = new Graph();
    const w = g.variable('w', [4], 0.5);
    return sum(map(g.placeholder('x', ['$n', 4]), (row) => tanh(mul(mul(row, w), 1))));
  },
  Functions: () => {
    const g = new Graph();
    return sum(twice(twice(mul(g.placeholder('x', ['$n', 4]), g.variable('w', [4], 0.5)))));
  },
};

const compiled = (loss: Sym, options = {}) =>
  compile({ loss }, { backend: wasm, updates: adam({ learningRate: 0.1 }).minimize(loss), ...options });

describe('the table of an optimized program holds what the program needs, and nothing else:', () => {
  for (const [name, loss] of Object.entries(MODELS))
    for (const backend of [cpu, wasm])
      it(`${name} on ${backend.name}, with symbols and with sizes`, async () => {
        for (const dims of [{}, { n: 64 }]) {
          const { optimized } = await compiled(loss(), { backend, dims });
          const needed = new Set(nodesOf(optimized));
          expect(optimized.graph.nodes.filter((node) => !needed.has(node))).to.have.length(0);
          expect(optimized.graph.nodes).to.have.length(needed.size);
        }
      });

  it('bodies of Functions too', async () => {
    const { optimized } = await compiled(MODELS['a Map']!());
    const [, ...bodies] = regionsOf(nodesOf(optimized));
    expect(bodies).to.have.length(2);
    for (const { nodes, results } of bodies) {
      const computed = results[0]!.node.graph!.nodes.filter((node) => node.op !== Parameter);
      expect(nodes).to.include.members(computed);
    }
  });
});

describe('nodes that passes replaced', () => {
  it('are freed', async () => {
    const seen: WeakRef<Node>[] = [];
    const onPass = (_: unknown, before: ProgramGraph, after: ProgramGraph) => {
      for (const program of [before, after])
        if (program.graph !== loss.node.graph) seen.push(...program.graph.nodes.map((node) => new WeakRef(node)));
    };
    const loss = MODELS['dense layers']!();
    const { optimized } = await compiled(loss, { onPass });
    for (let i = 0; i < 10; i++) {
      collect();
      await setTimeout(10);
    }
    const needed = new Set(nodesOf(optimized));
    const alive = seen.flatMap((ref) => ref.deref() ?? []);
    expect(alive.length).to.be.below(seen.length);
    expect(alive.filter((node) => !needed.has(node))).to.have.length(0);
  }).timeout(20_000);
});
