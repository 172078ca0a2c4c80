/** Kernels that throw, at each step of programs of every kind. */
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { EFFORT } from '../support/effort.ts';
import { drawnKinds } from '../support/graphs.ts';
import { injectInto } from '../support/injected-failures.ts';
import { SEED } from '../support/seed.ts';

describe('a step that fails', () => {
  before(() => Promise.all([cpu.start(), wasm.start()]));

  for (const backend of [cpu, wasm])
    for (const kind of drawnKinds(EFFORT, SEED))
      it(`ends its run alone: ${kind}, on ${backend.name}`, () => injectInto(kind, backend));
});
