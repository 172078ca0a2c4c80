/** One training on several backends: the same first loss, and after as many steps nearly the same accuracy. */
import { expect } from 'chai';
import type { TunableExample, TuneOptions } from '../../examples/example.ts';
import { NATIVE } from '../support/here.ts';

/** Each is held to the first. */
const BACKENDS = ['wasm', 'cpu', ...NATIVE.map(({ name }) => name)];

export function itAgreesOnBackends(
  example: Pick<TunableExample, 'name' | 'train'>,
  options: Omit<TuneOptions, 'backend' | 'seed'>,
): void {
  const [first, ...others] = BACKENDS as [string, ...string[]];
  const network = options.model ?? example.name;
  it(`${network}: the same first loss and nearly the same accuracy on ${BACKENDS.join(', ')}`, async () => {
    const run = (backend: string) => example.train({ ...options, backend, seed: 7 });
    const expected = await run(first);
    for (const backend of others) {
      const { losses, metrics } = await run(backend);
      expect(losses).to.have.lengthOf(expected.losses.length);
      expect(losses[0]).to.be.closeTo(expected.losses[0]!, 1e-4, backend);
      expect(metrics['test accuracy']).to.be.closeTo(expected.metrics['test accuracy']!, 0.01, backend);
    }
  });
}
