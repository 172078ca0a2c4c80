/** Devices that get lost: what is running says so, and a new program goes on from a copy of the variables. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import {
  type Backend,
  compile,
  DeviceLostError,
  Graph,
  LimitError,
  type Program,
  type Sym,
} from '../../engine/index.ts';
import { matMul, mean, square, sub } from '../../ops/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';
import { failure } from '../support/failure.ts';
import { NAME, startBackends } from './parameters.ts';

/** tfjs's backend, with what its types keep private. */
interface Internals {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  readonly device: { destroy(): void };
}
const internals = (): Internals => (tf.engine() as unknown as { registry: Record<string, Internals> }).registry[NAME]!;

/** The way in which each device is taken away. */
const LOSE: Readonly<Record<string, () => void>> = {
  webgl: () => internals().gpgpu.gl.getExtension('WEBGL_lose_context')!.loseContext(),
  webgpu: () => internals().device.destroy(),
};

const batch = { x: [[1, 2]], y: [[3]] };

function trainer(backend: Backend): Promise<Program<{ loss: Sym }>> {
  const g = new Graph();
  const w = g.variable('w', [2, 1], 0.5);
  const loss = mean(square(sub(matMul(g.placeholder('x', ['$n', 2]), w), g.placeholder('y', ['$n', 1]))));
  return compile({ loss }, { backend, updates: adam({ learningRate: 0.1 }).minimize(loss) });
}

describe('a device that gets lost', () => {
  let backend: Backend;
  beforeEach(async () => {
    ({ backend } = await startBackends());
  });

  it('is an error that says so, and training goes on from a copy on another', async () => {
    const first = await trainer(backend);
    const losses: number[] = [];
    const step = async (program: typeof first) => losses.push((await program.run(batch)).loss.item());
    await step(first);
    await step(first);
    const copy = await first.variables.toBytes();
    await step(first);
    await step(first);

    const broken = await trainer(backend);
    LOSE[NAME]!();
    const errors = [await failure(() => first.run(batch)), await failure(() => first.variables.toBytes())];
    for (const error of errors) {
      expect(error).to.be.instanceOf(DeviceLostError);
      expect(error.message).to.contain(NAME).and.contain('load its variables from a checkpoint or a copy');
    }
    // what lies on the lost device can be let go of
    first.dispose();
    broken.dispose();

    const again = await trainer(backend);
    await again.variables.fromBytes(copy);
    const resumed = [(await again.run(batch)).loss.item(), (await again.run(batch)).loss.item()];
    expect(resumed).to.deep.equal(losses.slice(2));
    again.dispose();
  });

  it('ends a run that is under way', async () => {
    const program = await trainer(backend);
    await program.run(batch);
    const run = program.run(batch);
    LOSE[NAME]!();
    expect(await failure(() => run)).to.be.instanceOf(DeviceLostError);
    program.dispose();
  });

  it('leaves no variable half updated: a new store starts anew', async () => {
    const program = await trainer(backend);
    const { loss } = await program.run(batch);
    LOSE[NAME]!();
    await failure(() => program.run(batch));
    const other = await trainer(backend);
    expect((await other.run(batch)).loss.item()).to.equal(loss.item());
    program.dispose();
    other.dispose();
    expect(backend.memory().buffers).to.equal(0);
  });
});

describe('a tensor that the device cannot hold', () => {
  it('is named before anything runs', async () => {
    const { backend } = await startBackends();
    const { maxElements } = backend.details!();
    const g = new Graph();
    const wide = matMul(g.placeholder('column', ['$n', 1]), g.placeholder('row', [1, '$m']));
    g.name('outer', wide);
    const program = await compile({ y: mean(wide) }, { backend });
    const side = Math.ceil(Math.sqrt(maxElements!)) + 1;
    const buffers = backend.memory().buffers;
    const error = await failure(() => program.run({ column: new Float32Array(side), row: new Float32Array(side) }));
    expect(error).to.be.instanceOf(LimitError);
    expect(error.message)
      .to.match(/outer|Mul/)
      .and.contain(`${(side * side).toLocaleString('en')} elements`);
    expect(backend.memory().buffers).to.equal(buffers);
    program.dispose();
  });

  if (NAME === 'webgl') {
    it('of numbers of 16 bits neither', async () => {
      const { backend } = await startBackends();
      const restart = async (float32: boolean): Promise<void> => {
        tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', float32);
        LOSE[NAME]!();
        await backend.start();
      };
      try {
        await restart(false);
        expect(backend.details!().precision).to.equal('float16');
        const program = await compile({ y: square(new Graph().placeholder('x', ['$n'])) }, { backend });
        expect((await program.run({ x: [3] })).y.item()).to.equal(9);
        const error = await failure(() => program.run({ x: [3, 1e5] }));
        expect(error).to.be.instanceOf(LimitError);
        expect(error.message).to.contain("the feed 'x'").and.contain('numbers of 16 bits');
        program.dispose();
      } finally {
        await restart(true);
      }
    });
  }
});
