/** A right side of a product that is used under two shapes: tfjs's wasm kernels mix them up. */
import { expect } from 'chai';
import { backend, compile, Graph, gradients } from '../../index.node.ts';
import { matMul, sum } from '../../ops/index.ts';

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
