/** TensorFlow op by op: tfjs-node's kernels, on the library that whole programs use. Slower, but it runs plans, whose steps can be inspected. */
import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { Availability } from '../../../engine/index.ts';
import type { LocalBackend } from '../../backend.ts';
import { checkedIndices } from '../../checked-indices.ts';
import { TfjsBackend } from '../../tfjs.ts';
import { topK } from '../../top-k-kernel.ts';
import { NativeLibraryError } from '../library/error.ts';
import { loadTfjsNode, locateTfjsNode } from '../library/tfjs-node.ts';
import { registerKernels, withOwnKernels } from './kernels.ts';
import { target } from './target.ts';
import { asInTfjs, keepingCurrent, TENSORFLOW, withShape } from './tensors.ts';

async function availability(): Promise<Availability> {
  try {
    return { available: true, detail: `tfjs-node in ${locateTfjsNode()}` };
  } catch (e) {
    if (!(e instanceof NativeLibraryError)) throw e;
    const { reason, remedy } = e;
    return { available: false, reason, remedy };
  }
}

async function load(): Promise<void> {
  await keepingCurrent(loadTfjsNode);
  registerKernels();
}

const versionOf = (backend: KernelBackend): string =>
  (backend as unknown as { readonly binding: { readonly TF_Version: string } }).binding.TF_Version;

/** The backend of the mode 'ops'; both modes' backends can run in one process. */
export const nativeOps: LocalBackend = new TfjsBackend({
  ...target,
  tfjsName: TENSORFLOW,
  load,
  availability,
  synchronous: true,
  aliasesArrays: true,
  details: (backend) => ({ version: versionOf(backend), precision: 'float32', features: ['op by op'] }),
  withShape,
  adapter: (name, kernel, backend) => asInTfjs(name, withOwnKernels(name, kernel, backend), backend),
  ownKernels: [topK, ...checkedIndices],
});
