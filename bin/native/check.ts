/** Checks that the library works on this machine: loads it, and trains a step. */
import { createRequire } from 'node:module';
import { matMul as tfjsMatMul } from '@tensorflow/tfjs-core';
import { NativeLibraryError } from '../../backends/node/library/error.ts';
import type { NativeLibrary } from '../../backends/node/library/locate.ts';
import { loadTfjsNode } from '../../backends/node/library/tfjs-node.ts';
import { node } from '../../backends/node/module.ts';
import { KEEP_LOADED } from '../../backends/node/runtime/c-api.ts';
import { type Backend, BackendError, compile, Graph } from '../../engine/index.ts';
import { losses, matMul } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { runTool } from './tool.ts';

export interface Checked {
  readonly version: string;
  readonly loss: TrainedStep;
}

interface TrainedStep {
  readonly before: number;
  readonly after: number;
}

/** @throws BackendError if it does not work */
export async function checkLibrary(library: NativeLibrary): Promise<Checked> {
  return { version: await probeLibrary(library), loss: await trainStep(node) };
}

/** Prints a library's version. The library is never unloaded, since some releases end the process then. */
const PROBE = `
const [koffi, keep, framework, main] = process.argv.slice(1);
const { load } = require(koffi);
load(framework, { global: true });
const version = load(main).func('const char *TF_Version()')();
const dlopen = load(null).func('void *dlopen(const char *path, int flags)');
for (const path of [framework, main]) dlopen(path, Number(keep));
process.stdout.write(version);`;

/** TensorFlow's version, read in another process, since a library for another processor crashes its process. */
async function probeLibrary({ main, framework }: NativeLibrary): Promise<string> {
  const args = ['-e', PROBE, findKoffi(), String(KEEP_LOADED[process.platform]), framework, main];
  try {
    return await runTool(process.execPath, args, { env: { TF_CPP_MIN_LOG_LEVEL: '2' } });
  } catch (e) {
    throw new NativeLibraryError(
      `${main} does not load here: ${(e as Error).message}`,
      '`npx retrograph setup-native --force` gets it anew',
      e,
    );
  }
}

function findKoffi(): string {
  try {
    return createRequire(import.meta.url).resolve('koffi');
  } catch (e) {
    throw new NativeLibraryError("the package 'koffi', which calls the library, is not there", 'npm install koffi', e);
  }
}

/** The loss of a linear model before and after a step of gradient descent. */
async function trainStep(backend: Backend): Promise<TrainedStep> {
  await backend.start();
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
    if (after < before) return { before, after };
    throw new BackendError(`a step of training on '${backend.name}' took the loss from ${before} to ${after}`);
  } finally {
    program.dispose();
  }
}

/** Checks a product by tfjs-node. @throws BackendError if it does not work */
export async function checkTfjsNode(): Promise<void> {
  await loadTfjsNode();
  const [product] = await tfjsMatMul([[1, 2]], [[3], [4]]).data();
  if (product !== 11)
    throw new BackendError(`by tfjs-node, the product of [1, 2] and [3, 4] is ${product} instead of 11`);
}
