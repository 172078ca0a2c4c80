/** Random graphs over a dozen ops with an unknown batch: with passes and without, in tfjs, in JSON, and their gradients. */

import type { Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import fc from 'fast-check';
import { type CompileOptions, compile, Graph, PIPELINE, print, type Sym } from '../../engine/index.ts';
import { catalogue } from '../../ops/catalogue.ts';
import { HERE } from '../support/here.ts';
import { BATCH, buildRandom, feedsOf, instructions, outputsOf, type RandomGraph } from '../support/random-graphs.ts';
import { tf, useTf } from '../support/tfjs.ts';
import { expectClose } from '../support/values.ts';

const OPS = catalogue.flatMap(({ op }) => op ?? []);
/** Legalizing cannot be left out: it chooses the kernels. */
const NO_PASSES = Object.fromEntries(PIPELINE.filter((p) => p.name !== 'legalize').map((p) => [p.name, false]));
const RUNS = 100;

async function run(
  outputs: Record<string, Sym>,
  batch: number,
  options: CompileOptions,
): Promise<Record<string, ArrayLike<number>>> {
  const before = options.backend.memory().buffers;
  const program = await compile(outputs, options);
  const results = await program.run(feedsOf(batch));
  program.dispose();
  expect(options.backend.memory().buffers, 'buffers').to.equal(before);
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data]));
}

for (const backend of HERE) {
  describe(`random graphs on ${backend.name}`, () => {
    before(async () => {
      await backend.start();
      await useTf(backend.name === 'wasm' ? 'wasm' : 'cpu');
    });

    const forAll = (batches: number[], check: (graph: RandomGraph, batch: number) => Promise<void>) =>
      fc.assert(
        fc.asyncProperty(instructions(16), fc.constantFrom(...batches), (list, batch) =>
          check(buildRandom(list), batch),
        ),
        { numRuns: RUNS },
      );

    it('give with all passes what they give with none, and so do their gradients', () =>
      forAll([0, 1, BATCH], async (graph, batch) => {
        const { last, grads } = outputsOf(graph);
        const outputs = { ...last, ...grads };
        const [on, off] = [
          await run(outputs, batch, { backend, verify: true }),
          await run(outputs, batch, { backend, passes: NO_PASSES }),
        ];
        for (const name of Object.keys(outputs)) expectClose(on[name]!, off[name]!, 1e-5);
      }));

    it('give what tfjs gives, and so do their gradients', () =>
      forAll([1, BATCH], async (graph, batch) => {
        const { last, grads } = outputsOf(graph);
        const own = await run({ ...last, ...grads }, batch, { backend });
        tf.engine().startScope();
        for (const [name, data] of inTfjs(graph, batch)) expectClose(own[name]!, data, 1e-3);
        tf.engine().endScope();
      }));
  });
}

/** Values, and the gradients by tf.grads. */
function inTfjs(graph: RandomGraph, batch: number): Map<string, ArrayLike<number>> {
  const tensors = () => Object.values(feedsOf(batch)).map(({ data, shape }) => tf.tensor(data, shape));
  const fed = tensors();
  const last = (xs: readonly Tensor[]) => graph.inTfjs(tf, xs, fed).slice(-3);
  // tf.grads refuses what the result does not depend on: hence all, times 0
  const total = (...xs: Tensor[]) =>
    [...last(xs).map((y) => tf.sum(y)), ...xs.map((x) => tf.mul(tf.sum(x), 0))].reduce((a, b) => tf.add(a, b));
  const named = (prefix: string, list: readonly Tensor[]) => list.map((t, k) => [prefix + k, t.dataSync()] as const);
  return new Map([...named('y', last(fed)), ...named('d', tf.grads(total)(tensors()))]);
}

describe('random graphs', () => {
  const textOf = (outputs: Record<string, Sym>): string => {
    const text = print(outputs)
      .replaceAll(/ +# .*$/gm, '')
      .replaceAll(/ +/g, ' ');
    const ids = [...new Set(text.match(/%\d+/g))];
    return text.replaceAll(/%\d+/g, (id) => `%${ids.indexOf(id)}`);
  };

  it('are the same after they have been written and read', () => {
    fc.assert(
      fc.property(instructions(30), (list) => {
        const random = buildRandom(list);
        const { last, grads } = outputsOf(random);
        const outputs = { ...last, ...grads };
        const document = JSON.parse(JSON.stringify(random.graph.toJSON(outputs)));
        expect(textOf(Graph.fromJSON(document, { ops: OPS }).outputs)).to.equal(textOf(outputs));
      }),
      { numRuns: RUNS },
    );
  });

  it('use every op of the generator', () => {
    const used = new Set<string>();
    fc.assert(
      fc.property(instructions(30), (list) => {
        for (const { op } of buildRandom(list).graph.nodes) used.add(op.name);
      }),
      { numRuns: 100 },
    );
    const ops = [
      'Tanh',
      'Sub',
      'Sum',
      'Mean',
      'Softmax',
      'Concat',
      'Transpose',
      'Reshape',
      'Slice',
      'Select',
      'RealDiv',
    ];
    expect([...used]).to.include.members(ops);
  });
});
