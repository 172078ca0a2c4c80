// Results left on the device, as tf.Tensors of tfjs's own instance of the backend.
import type { Tensor, Tensor1D } from '@tensorflow/tfjs';
import { expect } from 'chai';
import { assign, compile, Graph, backend as start } from '../../index.node.ts';
import { add, mul, square } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { tf, useTf } from '../support/tfjs.ts';

for (const backend of ['cpu', 'wasm'] as const) {
  describe(`tensors on ${backend}`, () => {
    before(() => useTf(backend));

    const squares = () => compile({ y: square(new Graph().placeholder('x', ['$n'])) }, { backend });

    it('are tensors of tfjs, that ops of tfjs take', async () => {
      const program = await squares();
      const { y } = await program.run<Tensor1D>({ x: [1, 2, 3] }, { as: 'tensor' });
      expect(y).to.be.instanceOf(tf.Tensor);
      expect([y.shape, y.dtype]).to.deep.equal([[3], 'float32']);
      expect([...tf.dot(y, y).dataSync()]).to.deep.equal([98]);
      y.dispose();
      program.dispose();
    });

    it('are taken as values of variables', async () => {
      const g = new Graph();
      const program = await compile({ y: square(g.variable('w', [2, 2])) }, { backend });
      const weights = tf.tensor2d([[1, 2], [3, 4]]); // biome-ignore format: a matrix
      await program.variables.set('w', weights);
      expect((await program.run()).y.array()).to.deep.equal([[1, 4], [9, 16]]); // biome-ignore format: a matrix
      expect((await failure(() => program.variables.set('w', tf.tensor1d([1])))).message).to.contain(
        "'w' is float32[2, 2]",
      );
      weights.dispose();
      program.dispose();
    });

    it('are counted by tfjs, and gone when their owner disposes of them', async () => {
      const program = await squares();
      const [before, b] = [tf.memory(), await start(backend)];
      const { buffers } = b.memory();
      const { y } = program.runSync<Tensor>({ x: [1, 2, 3] }, { as: 'tensor' });
      expect(tf.memory().numTensors - before.numTensors).to.equal(1);
      expect(tf.memory().numDataBuffers - before.numDataBuffers).to.equal(1);
      expect(b.memory().buffers - buffers).to.equal(1);
      y.dispose();
      expect(tf.memory()).to.include({ numTensors: before.numTensors, numDataBuffers: before.numDataBuffers });
      expect(b.memory().buffers).to.equal(buffers);
      program.dispose();
    });

    it('go into the next run without a copy', async () => {
      const program = await squares();
      const { y } = await program.run<Tensor>({ x: [1, 2] }, { as: 'tensor' });
      const { buffers } = (await start(backend)).memory();
      const again = await program.run<Tensor>({ x: y }, { as: 'tensor' });
      expect((await start(backend)).memory().buffers - buffers).to.equal(1);
      expect([...again.y.dataSync()]).to.deep.equal([1, 16]);
      tf.dispose([y, again.y]);
      program.dispose();
    });

    it('of the other backend are copied', async () => {
      const program = await squares();
      await useTf(backend === 'cpu' ? 'wasm' : 'cpu');
      const x = tf.tensor1d([3]);
      expect((await program.run({ x })).y.item()).to.equal(9);
      x.dispose();
      await useTf(backend);
      program.dispose();
    });

    it('live on when variables that held the same value change or go', async () => {
      const g = new Graph();
      const w = g.variable('w', [2], [1, 2]);
      const program = await compile({ w, twice: mul(w, 2) }, { backend, updates: [assign(w, add(w, 1))] });
      const before = tf.memory().numDataBuffers;
      const { w: held, twice } = await program.run<Tensor>({}, { as: 'tensor' });
      await program.run();
      program.dispose();
      expect([...held.dataSync(), ...twice.dataSync()]).to.deep.equal([1, 2, 2, 4]);
      tf.dispose([held, twice]);
      expect(tf.memory().numDataBuffers).to.equal(before);
    });

    it('of a value that a program goes on holding are no leak in the books of tfjs', async () => {
      const g = new Graph();
      const program = await compile({ w: g.variable('w', [2], [1, 2]) }, { backend });
      const before = tf.memory().numDataBuffers;
      (await program.run<Tensor>({}, { as: 'tensor' })).w.dispose();
      expect((await program.run()).w.array()).to.deep.equal([1, 2]);
      program.dispose();
      expect(tf.memory().numDataBuffers).to.equal(before);
    });

    it('that a variable took over may be disposed of by their owner', async () => {
      const g = new Graph();
      const w = g.variable('w', [2]);
      const program = await compile({ w }, { backend, updates: [assign(w, g.placeholder('x', [2]))] });
      const before = tf.memory().numDataBuffers;
      const x = tf.tensor1d([5, 6]);
      await program.run({ x });
      x.dispose();
      expect((await program.variables.get('w')).array()).to.deep.equal([5, 6]);
      program.dispose();
      expect(tf.memory().numDataBuffers).to.equal(before);
    });

    it('that are disposed of are refused as feeds', async () => {
      const program = await squares();
      const x = tf.tensor1d([1]);
      x.dispose();
      expect((await failure(() => program.run({ x }))).message).to.contain("'x': it has been disposed");
      program.dispose();
    });

    it('belong to the tidy around the run, if there is one', async () => {
      const program = await squares();
      const before = tf.memory().numTensors;
      const sum = tf.tidy(() => tf.sum(program.runSync<Tensor>({ x: [1, 2] }, { as: 'tensor' }).y));
      expect(sum.dataSync()[0]).to.equal(5);
      expect(tf.memory().numTensors).to.equal(before + 1);
      sum.dispose();
      program.dispose();
    });
  });
}
