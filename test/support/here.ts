/** The backends that tests of this process run on: those of plain Node, and TensorFlow where it is. */
import { cpu } from '../../backends/cpu/module.ts';
import { node } from '../../backends/node/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import type { Backend } from '../../engine/index.ts';

const { available } = await node.availability();
/** None where TensorFlow's library is not installed: test/backends/native.test.ts says so, and whether it has to be. */
export const NATIVE: readonly Backend[] = available ? [node] : [];
export const HERE: readonly Backend[] = [cpu, wasm, ...NATIVE];
/** By name. */
export const NAMED: readonly string[] = HERE.map(({ name }) => name);

/** Mocha's `it`, for tests of plans and their steps, which a backend that runs whole programs has none of. */
export const ofPlanned = (name: string): ((title: string, test: () => void | Promise<void>) => void) =>
  name === 'node' ? () => undefined : it;
