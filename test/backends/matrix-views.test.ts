/** Right sides of products, and biases, that are used under another shape than they were made: tfjs's wasm kernels mix them up. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { backend, compile, Graph, gradients, map } from '../../index.node.ts';
import { add, conv2d, matMul, mean, mul, relu, reshape, sum } from '../../ops/index.ts';

describe('wasm: a vector as right side of a product', () => {
  const w = Array.from({ length: 16 }, (_, i) => i + 1);

  it('is multiplied as a row and as a column', async () => {
    const g = new Graph();
    const W = g.variable('W', [1, 16], [w]);
    const program = await compile(
      { column: matMul(g.placeholder('A', [256, 16]), W, false, true), row: matMul(g.placeholder('C', [256, 1]), W) },
      { backend: 'wasm' },
    );
    const before = (await backend('wasm')).memory().buffers;
    for (let i = 0; i < 3; i++) {
      const out = await program.run({ A: new Float32Array(256 * 16).fill(1), C: new Float32Array(256).fill(1) });
      expect([...out.column.data]).to.deep.equal(Array(256).fill(136));
      expect([...out.row.data]).to.deep.equal(Array.from({ length: 256 }, () => w).flat());
    }
    expect((await backend('wasm')).memory().buffers).to.equal(before);
    program.dispose();
  });

  it('has a gradient by the left side', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [512, 16]);
    const loss = sum(
      matMul(
        x,
        g.variable(
          'W',
          [16, 1],
          w.map((v) => [v]),
        ),
      ),
    );
    const program = await compile({ loss, ...gradients(loss, { x }) }, { backend: 'wasm' });
    const out = await program.run({ x: new Float32Array(512 * 16).fill(1) });
    expect([...out.x.data]).to.deep.equal(Array.from({ length: 512 }, () => w).flat());
    program.dispose();
  });
});

describe('wasm: a view as a bias', () => {
  it('is added by fused kernels, whatever has made it', async () => {
    const g = new Graph();
    const [x, y] = [g.placeholder('x', ['$b', 2]), g.placeholder('y', [2, 1])];
    const image = reshape(x, ['$b', 1, 1, 2]);
    const w = g.constant([1, 0, 0, 1], 'float32', [2, 2]);
    const outputs = Object.fromEntries(
      [mean(x, 0), sum(x, 0), reshape(y, [2])].flatMap((bias, i) => [
        [`product${i}`, relu(add(matMul(x, w), bias))],
        [`convolution${i}`, relu(add(conv2d(image, reshape(w, [1, 1, 2, 2]), 1, 'valid'), bias))],
      ]),
    );
    for (const name of ['cpu', 'wasm']) {
      const before = (await backend(name)).memory!().buffers;
      const program = await compile(outputs, { backend: name });
      const results = await program.run({ x: [[1, -3]], y: [[10], [20]] });
      const values = Object.values(results).map(({ data }) => [...data]);
      expect(values).to.deep.equal([2, 2, 2, 2, 11, 11].map((v, i) => [v, i < 4 ? 0 : 17]));
      program.dispose();
      expect((await backend(name)).memory!().buffers).to.equal(before);
    }
  });

  it('is added where it is an element of a map, or a reshaped tensor that is fed', async () => {
    const g = new Graph();
    const [x, rows, bias] = [g.placeholder('x', [1, 2]), g.placeholder('rows', ['$n', 2]), g.placeholder('bias', [2])];
    const w = g.constant([1, 0, 0, 1], 'float32', [2, 2]);
    const program = await compile(
      { fed: add(matMul(x, w), bias), mapped: map(rows, (row) => add(matMul(mul(x, row), w), row)) },
      { backend: 'wasm' },
    );
    await tf.setBackend('wasm');
    const [square, matrix] = [tf.tensor([[5], [6]]), tf.tensor([[[10, 20]], [[30, 40]]])];
    const feeds = { x: [[1, -3]], bias: tf.reshape(square, [2]), rows: tf.reshape(matrix, [2, 2]) };
    const { fed, mapped } = await program.run(feeds);
    expect(fed.array()).to.deep.equal([[6, 3]]);
    expect(mapped.array()).to.deep.equal([[[20, -40]], [[60, -80]]]);
    program.dispose();
    for (const tensor of [square, matrix, feeds.bias, feeds.rows]) tensor.dispose();
  });
});
