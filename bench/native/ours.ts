/** Our side of the benchmark: `runSync` of a program, fed with typed arrays, and reading the loss. */
import { availableParallelism } from 'node:os';
import { cpu } from '../../backends/cpu/module.ts';
import type { Backend, Sym } from '../../engine/index.ts';
import { compile, Graph } from '../../index.node.ts';
import { losses, relu, tanh } from '../../ops/index.ts';
import { conv2d, dense, flatten, lstm, maxPooling2d } from '../../plugins/layers/index.ts';
import { adam, sgd } from '../../plugins/optimizers/index.ts';
import { type Case, dataOf, type Spec, type Values } from './cases.ts';
import { countThreads, type Prepared, type Problem, type Side, timeSteps } from './side.ts';

const ACTIVATIONS = { relu, tanh };
const OPTIMIZERS = { sgd, adam };

/** The layers of each model before the last one. */
const MODELS: Readonly<Record<Spec['model'], (x: Sym, spec: Spec) => Sym>> = {
  mlp: (x, { hidden, activation }) =>
    dense(x, { name: 'hidden', units: hidden!, activation: ACTIVATIONS[activation!] }),
  cnn: (x) => flatten(block(block(x, 'conv1', 8), 'conv2', 16)),
  lstm: (x, { hidden }) => lstm(x, { name: 'lstm', units: hidden! }).y,
};

const block = (x: Sym, name: string, filters: number): Sym =>
  maxPooling2d(conv2d(x, { name, filters, kernelSize: 3, padding: 'same', activation: relu }));

/** The graph of a model, with no variables but the model's, and its loss. */
function modelOf({ spec, x: shape, outputs }: Case): { readonly graph: Graph; readonly loss: Sym } {
  const graph = new Graph();
  const [x, y] = [graph.placeholder('x', shape), graph.placeholder('y', [shape[0]!, outputs])];
  return { graph, loss: losses[spec.loss](y, dense(MODELS[spec.model](x, spec), { name: 'out', units: outputs })) };
}

/** The initial values of all sides: data, and the variables by our initializers. */
export async function problemOf(config: Case): Promise<Problem> {
  const { graph, loss } = modelOf(config);
  const program = await compile({ loss }, { backend: cpu });
  const arrays: Record<string, Values> = { ...dataOf(config) };
  for (const { label } of graph.variables()) {
    const { data, shape } = await program.variables.get(label);
    arrays[label] = { data: data as Float32Array, shape };
  }
  program.dispose();
  return { config, arrays };
}

/** @throws BackendError if the backend does not start */
export async function ourSide(backend: Backend): Promise<Side> {
  await backend.start();
  const { version, threads = availableParallelism() } = backend.details?.() ?? {};
  return {
    about: `${version === undefined ? backend.name : `TensorFlow ${version}`}, ${countThreads(threads)}`,
    prepare: (problem) => prepare(problem, backend),
    stop: () => undefined,
  };
}

async function prepare({ config, arrays }: Problem, backend: Backend): Promise<Prepared> {
  const { learningRate, optimizer } = config.spec;
  const { graph, loss } = modelOf(config);
  const names = graph.variables().map(({ label }) => label);
  const updates = OPTIMIZERS[optimizer]({ learningRate }).minimize(loss);
  const program = await compile({ loss }, { backend, updates });
  for (const name of names) await program.variables.set(name, arrays[name]!.data);
  const feeds = { x: arrays.x!.data, y: arrays.y!.data };
  return {
    run: async (count) => timeSteps(() => program.runSync(feeds).loss.item(), count),
    end: () => program.dispose(),
  };
}
