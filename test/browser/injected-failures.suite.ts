/** Kernels that throw and shaders that do not compile, at each step of programs of every kind, on the backend under test. */
import type { LocalBackend } from '../../backends/backend.ts';
import { drawnKinds } from '../support/graphs.ts';
import { injectInto } from '../support/injected-failures.ts';
import { EFFORT, SEED, startBackends } from './parameters.ts';

describe('a step that fails', () => {
  let backend: LocalBackend;
  before(async () => {
    backend = (await startBackends()).backend as LocalBackend;
  });

  for (const kind of drawnKinds(EFFORT, SEED)) it(`ends its run alone: ${kind}`, () => injectInto(kind, backend));
});
