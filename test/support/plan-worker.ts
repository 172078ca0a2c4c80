// Runs a plan that was posted to it, with nothing but `run` and a backend: no graph, no ops, no rules.
import { parentPort, workerData } from 'node:worker_threads';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { Executor, type Plan } from '../../engine/index.ts';

interface Job {
  readonly backend: 'cpu' | 'wasm';
  readonly plan: Plan;
  readonly feeds: Readonly<Record<string, Float32Array>>;
  readonly variables: Readonly<Record<string, Float32Array>>;
}

const { backend, plan, feeds, variables } = workerData as Job;
const chosen = { cpu, wasm }[backend];
await chosen.start();
const { device } = chosen;
const upload = (values: Readonly<Record<string, Float32Array>>) => (v: Plan['feeds'][number]) =>
  device.upload(values[v.name]!, v.shape, v.dtype);
const executor = new Executor(plan, device);
const { outputs, updates } = executor.run({
  feeds: plan.feeds.map(upload(feeds)),
  variables: plan.variables.map(upload(variables)),
  randomState: new Int32Array(4),
});
const read = (buffers: readonly object[], values: Plan['outputs']) =>
  Object.fromEntries(values.map((v, i) => [v.name, device.readSync(buffers[i]!, v.shape, v.dtype)]));
parentPort!.postMessage({ outputs: read(outputs, plan.outputs), updates: read(updates, plan.updates) });
