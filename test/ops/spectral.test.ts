// Transforms of lengths that samples are too small for: primes, products, powers, against the definition in double precision.
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { wasm } from '../../backends/wasm/module.ts';
import { compile, Graph, ShapeError } from '../../engine/index.ts';
import { enclosingPowerOfTwo, fft, ifft, irfft, real, rfft, signal } from '../../ops/index.ts';
import { failure } from '../support/failure.ts';
import { HERE } from '../support/here.ts';

function definition(x: ArrayLike<number>, n: number): Float64Array {
  const out = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * ((j * k) % n)) / n;
      const [c, s, a, b] = [Math.cos(angle), Math.sin(angle), x[2 * j]!, x[2 * j + 1]!];
      out[2 * k] = out[2 * k]! + a * c - b * s;
      out[2 * k + 1] = out[2 * k + 1]! + a * s + b * c;
    }
  }
  return out;
}

/** The largest difference, relative to the largest element. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).to.equal(b.length);
  let [worst, scale] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(b[i]!));
  }
  return worst / scale;
}

const noise = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i * i + 1));

describe('transforms', () => {
  before(() => Promise.all([cpu.start(), wasm.start()]));

  for (const backend of HERE) {
    it(`of long, prime and odd lengths, and back, on ${backend.name}`, async () => {
      const x = new Graph().placeholder('x', ['$n'], 'complex64');
      const program = await compile({ y: fft(x), back: ifft(fft(x)), half: rfft(real(x)) }, { backend });
      for (const n of [64, 97, 100, 128, 255, 521, 720, 1042]) {
        const data = noise(2 * n);
        const { y, back, half } = await program.run({ x: data });
        expect(distance(y.data, definition(data, n)), `${n}`).to.be.below(1e-6);
        expect(distance(back.data, data), `${n}`).to.be.below(1e-6);
        const reals = data.map((v, i) => (i % 2 === 0 ? v : 0));
        const bins = 2 * (Math.floor(n / 2) + 1);
        expect(distance(half.data, definition(reals, n).subarray(0, bins)), `${n}`).to.be.below(1e-6);
      }
      program.dispose();
    });
  }

  it('of very long signals keep their digits', async () => {
    const x = new Graph().placeholder('x', [2, 2 ** 14]);
    const program = await compile({ y: irfft(rfft(x)) }, { backend: wasm });
    const data = noise(2 ** 15);
    expect(distance((await program.run({ x: data })).y.data, data)).to.be.below(2e-6);
    program.dispose();
  });

  it('say what is wrong with what they are given', async () => {
    const g = new Graph();
    expect(() => fft(g.placeholder('s', [], 'complex64'))).to.throw(ShapeError, /a scalar has no axis/);
    expect(() => rfft(g.placeholder('r', [3]), 0)).to.throw(ShapeError, /length 0/);
    expect(() => signal.frame(g.placeholder('f', [3]), 0, 1)).to.throw(/frameLength is 0/);
    expect(() => signal.hannWindow(2.5)).to.throw(/a window of 2.5 values/);
    expect(await failure(() => irfft(1))).to.be.instanceOf(ShapeError);
  });

  it('take powers of two', () => {
    for (let k = 0; k < 31; k++) expect(enclosingPowerOfTwo(2 ** k)).to.equal(2 ** k);
    expect([3, 5, 1000].map(enclosingPowerOfTwo)).to.deep.equal([4, 8, 1024]);
  });
});
