import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { compile, Graph, jacobian } from '../../index.node.ts';
import { add, matMul, mean, square, sub, tanh } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';

const source = fileURLToPath(new URL('../../scripts/source.mjs', import.meta.url));
const script = new URL('../support/plan-worker.ts', import.meta.url);

type Values = Readonly<Record<string, Float32Array>>;

/** What a worker makes of a plan. Posting clones it. */
const inWorker = (job: object): Promise<{ outputs: Values; updates: Values }> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: job, execArgv: [`--import=${source}`] });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

for (const backend of ['cpu', 'wasm']) {
  it(`a plan, structured-cloned, trains in a worker thread on ${backend}`, async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2]);
    const w = g.variable(
      'w',
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    );
    const y = tanh(add(matMul(x, w), 0.5));
    const loss = mean(square(sub(y, g.placeholder('t', ['$n', 3]))));
    const outputs = { loss, j: jacobian(y, x) };
    const program = await compile(outputs, { backend, updates: sgd({ learningRate: 0.1 }).minimize(loss) });
    const feeds = { x: Float32Array.of(0.1, 0.2, -0.3, 0.4), t: new Float32Array(6).fill(0.5) };
    const plan = program.planFor({ n: 2 });
    expect(structuredClone(plan)).to.deep.equal(plan);

    const before = (await program.variables.get('w')).data as Float32Array;
    const there = await inWorker({ backend, plan, feeds, variables: { w: before } });
    const here = await program.run(feeds);
    expect(there.outputs.loss).to.deep.equal(here.loss.data);
    expect(there.outputs.j).to.deep.equal(here.j.data);
    expect(there.updates.w).to.deep.equal((await program.variables.get('w')).data);
    program.dispose();
  });
}
