// Complex values at a program's border: feeds, outputs, variables, files. On the host, real and imaginary parts lie in turn.
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import {
  assign,
  compile,
  DTypeError,
  FeedError,
  Graph,
  gradients,
  ShapeError,
  backend as start,
  VariableError,
} from '../../index.node.ts';
import { abs, add, complex, fft, ifft, imag, mul, real, square, sub, sum } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { useTf } from '../support/tfjs.ts';
import { expectClose } from '../support/values.ts';

const ROWS = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
];
const FLAT = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`complex values on ${backend}`, () => {
    const double = () => compile({ y: mul(new Graph().placeholder('x', ['$n', 2], 'complex64'), 2) }, { backend });

    it('are fed as pairs, as flat arrays with parts in turn, and as results of runs', async () => {
      const program = await double();
      const earlier = (await program.run({ x: ROWS })).y;
      expect([earlier.dtype, earlier.shape]).to.deep.equal(['complex64', [2, 2]]);
      expect([...earlier.data]).to.deep.equal([...FLAT].map((v) => 2 * v));
      expect(earlier.array()).to.deep.equal(ROWS.map((row) => row.map((z) => z.map((v) => 2 * v))));
      expect(() => earlier.item()).to.throw(ShapeError, /complex64/);
      expect([...program.runSync({ x: FLAT }).y.data]).to.deep.equal([...earlier.data]);
      expect([...(await program.run({ x: earlier })).y.data]).to.deep.equal([...FLAT].map((v) => 4 * v));
      program.dispose();
    });

    it('are refused where they do not fit', async () => {
      const program = await double();
      const refused = async (x: unknown): Promise<string> => {
        const error = await failure(() => program.run({ x: x as number[] }));
        expect(error).to.be.instanceOf(FeedError);
        return error.message;
      };
      expect(await refused([[1, 2, 3]])).to.match(/pairs \[real, imaginary\]/);
      expect(await refused(Float32Array.of(1, 2, 3))).to.match(/3 elements do not fill \[\$n, 2\]/);
      expect(await refused([[[1, 2]]])).to.match(/expected complex64\[\$n, 2\], got shape \[1, 1\]/);
      expect(await refused({ data: FLAT, shape: [2, 2], dtype: 'float32' })).to.match(
        /expected complex64, got float32/,
      );
      expect(await refused({ data: FLAT, shape: [4, 2], dtype: 'complex64' })).to.match(/do not fill/);
      program.dispose();
    });

    it('go out as they came in, and leave nothing behind', async () => {
      const g = new Graph();
      const x = g.placeholder('x', [2], 'complex64');
      const w = g.variable('w', [2], 1, { dtype: 'complex64' });
      const program = await compile({ x, w, z: complex(real(x), imag(x)), back: ifft(fft(x)) }, { backend });
      const { buffers } = (await start(backend)).memory();
      const out = await program.run({
        x: [
          [1, 2],
          [3, 4],
        ],
      });
      expect(out.x.array()).to.deep.equal([
        [1, 2],
        [3, 4],
      ]);
      expect(out.z.array()).to.deep.equal([
        [1, 2],
        [3, 4],
      ]);
      expect(out.w.array()).to.deep.equal([
        [1, 0],
        [1, 0],
      ]);
      expectClose(out.back.data, [1, 2, 3, 4]);
      for await (const { outputs } of program.steps({
        x: [
          [1, 2],
          [3, 4],
        ],
      }))
        for (const { dtype } of outputs) expect(dtype).to.equal('float32');
      expect((await start(backend)).memory().buffers).to.equal(buffers);
      program.dispose();
    });

    it('are no tensors on the device: their parts are', async () => {
      await useTf(backend);
      const x = new Graph().placeholder('x', [1], 'complex64');
      const program = await compile({ y: mul(x, x), re: real(mul(x, x)) }, { backend });
      const error = await failure(() => program.run({ x: [[1, 2]] }, { as: 'tensor' }));
      expect(error).to.be.instanceOf(DTypeError);
      expect(error.message).to.match(/'y' is complex64/);
      const { re } = await program.run<tf.Tensor>({ x: [[1, 2]] }, { as: 'tensor', outputs: ['re'] });
      expect([...re.dataSync()]).to.deep.equal([-3]);
      re.dispose();
      program.dispose();
    });

    it('live in variables: given literally, set, read, updated, saved', async () => {
      const g = new Graph();
      const dtype = 'complex64';
      const w = g.variable(
        'w',
        [2],
        [
          [1, 2],
          [3, 4],
        ],
        { dtype },
      );
      const v = g.variable('v', [2], 2, { dtype });
      const u = g.variable('u', [2], Float32Array.of(1, 2, 3, 4), { dtype });
      const step = await compile({ y: add(w, mul(u, v)) }, { backend, updates: [assign(w, mul(w, [2, 3]))] });
      expect((await step.run()).y.array()).to.deep.equal([
        [3, 6],
        [9, 12],
      ]);
      const { variables } = step;
      expect((await variables.get('w')).array()).to.deep.equal([
        [2, 4],
        [9, 12],
      ]);
      await variables.set('w', [
        [0, 1],
        [1, 0],
      ]);
      await variables.set('v', Float32Array.of(0, 1, 0, 0));
      expect((await step.run()).y.array()).to.deep.equal([
        [-2, 2],
        [1, 0],
      ]);
      const bytes = await variables.toBytes();
      await variables.set('w', [
        [9, 9],
        [9, 9],
      ]);
      await variables.fromBytes(bytes);
      expect((await variables.get('w')).array()).to.deep.equal([
        [0, 2],
        [3, 0],
      ]);
      const error = await failure(() =>
        variables.set('w', { data: Float32Array.of(1, 2), shape: [2], dtype: 'float32' }),
      );
      expect(error).to.be.instanceOf(VariableError);
      const short = g.variable('short', [2], [1, 2, 3], { dtype });
      expect((await failure(() => compile({ short }, { backend }))).message).to.match(/shape \[3\] does not fit/);
      step.dispose();
    });

    it('are learned: a filter that gives the signal back', async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 4], 'complex64');
      const filter = g.variable('filter', [4], 0, { dtype: 'complex64' });
      const loss = sum(square(abs(sub(ifft(mul(fft(x), filter)), mul(x, complex(0.5, -1))))));
      const step = await compile(
        { loss },
        { backend, updates: [assign(filter, sub(filter, mul(0.1, gradients(loss, filter))))] },
      );
      const batch = { x: Float32Array.from({ length: 16 }, (_, i) => Math.cos(i * i)) };
      let last = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 200; i++) last = (await step.run(batch)).loss.item();
      expect(last).to.be.below(1e-5);
      expectClose((await step.variables.get('filter')).data, [0.5, -1, 0.5, -1, 0.5, -1, 0.5, -1], 1e-2);
      step.dispose();
    });
  });
}

describe('complex tensors of tfjs', () => {
  it('are fed from where tfjs has them', async () => {
    await useTf('cpu');
    const z = tf.complex([1, 3], [2, 4]);
    const x = new Graph().placeholder('x', ['$n'], 'complex64');
    for (const backend of ['cpu', 'wasm'] as const) {
      const program = await compile({ y: mul(x, complex(0, 1)) }, { backend });
      expect((await program.run({ x: z as never })).y.array()).to.deep.equal([
        [-2, 1],
        [-4, 3],
      ]);
      program.dispose();
    }
    z.dispose();
  });
});
