import { expect } from 'chai';
import { DigitsError, IMAGE_SIZE, loadDigits } from '../examples/digits/data.ts';
import { loadFloat64 } from '../plugins/gradcheck/float64.ts';
import { useTf } from './support/tfjs.ts';

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).to.equal(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).to.be.closeTo(expected[i]!, tolerance, `element ${i}`);
}

describe('tfjs in double precision', () => {
  it('stores doubles', async () => {
    const tf = await loadFloat64();
    for (const t of [
      tf.tensor([Math.PI]),
      tf.scalar(Math.PI),
      tf.fill([1], Math.PI),
      tf.tensor(Float64Array.of(Math.PI) as never),
    ]) {
      expect(t.dtype).to.equal('float32');
      expect(t.dataSync()).to.be.instanceOf(Float64Array);
      expect(t.dataSync()[0]).to.equal(Math.PI);
    }
    expect(tf.zeros([2]).dataSync()).to.be.instanceOf(Float64Array);
    expect(tf.randomUniform([4]).dataSync()).to.be.instanceOf(Float64Array);
    expect(tf.tensor([1, 2], undefined, 'int32').dataSync()).to.be.instanceOf(Int32Array);
    expect(tf.tensor([true]).dataSync()).to.be.instanceOf(Uint8Array);
  });

  it('computes in doubles', async () => {
    const tf = await loadFloat64();
    const xs = [-2, -0.3, 0, 0.1, 1.7];
    const x = tf.tensor(xs);
    expectClose(x.exp().dataSync(), xs.map(Math.exp), 1e-12);
    expectClose(x.tanh().dataSync(), xs.map(Math.tanh), 1e-12);
    expectClose(x.sum().dataSync(), [xs.reduce((a, b) => a + b)], 1e-12);
    const total = xs.reduce((s, x) => s + Math.exp(x), 0);
    expectClose(
      x.softmax().dataSync(),
      xs.map((x) => Math.exp(x) / total),
      1e-12,
    );
    expect(tf.div(1, 3).dataSync()[0]).to.equal(1 / 3);
  });

  it('multiplies matrices and convolves in doubles', async () => {
    const tf = await loadFloat64();
    const a = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const b = [1 / 3, 2 / 3, 1 / 7, 2 / 7, 1 / 9, 2 / 9];
    const expected = [0, 1].flatMap((i) =>
      [0, 1].map((j) => [0, 1, 2].reduce((s, k) => s + a[3 * i + k]! * b[2 * k + j]!, 0)),
    );
    expectClose(tf.matMul(tf.tensor2d(a, [2, 3]), tf.tensor2d(b, [3, 2])).dataSync(), expected, 1e-12);
    const x = [0.1, 0.2, 0.3, 0.7];
    const w = [1 / 3, 1 / 7, 1 / 9, 1 / 11];
    const y = tf.conv2d(tf.tensor4d(x, [1, 2, 2, 1]), tf.tensor4d(w, [2, 2, 1, 1]), 1, 'valid');
    expectClose(y.dataSync(), [x.reduce((s, v, i) => s + v * w[i]!, 0)], 1e-12);
  });

  it('has gradients and chained ops', async () => {
    const tf = await loadFloat64();
    const dx = tf.grad((x) => x.square().tanh().sum())(tf.tensor([0.3, -1.1]));
    expectClose(
      dx.dataSync(),
      [0.3, -1.1].map((x) => 2 * x * (1 - Math.tanh(x * x) ** 2)),
      1e-12,
    );
  });

  it('gives finite differences good to 1e-8', async () => {
    const tf = await loadFloat64();
    const f = (x: number) => tf.scalar(x).sigmoid().dataSync()[0]!;
    const [eps, x] = [1e-5, 0.7];
    const s = 1 / (1 + Math.exp(-x));
    expect((f(x + eps) - f(x - eps)) / (2 * eps)).to.be.closeTo(s * (1 - s), 1e-9);
  });

  it('computes with complex numbers', async () => {
    const tf = await loadFloat64();
    const y = tf.fft(tf.complex([1, 0], [0, 0.1]));
    expect(y.dtype).to.equal('complex64');
    expectClose(tf.real(y).dataSync(), [1, 1], 1e-12);
    expectClose(tf.imag(y).dataSync(), [0.1, -0.1], 1e-12);
  });
});

describe('tfjs in single precision', () => {
  for (const backend of ['cpu', 'wasm'] as const) {
    it(`computes, with gradients, on ${backend}`, async () => {
      const tf = await useTf(backend);
      expect(tf.getBackend()).to.equal(backend);
      const dx = tf.grad((x) => x.square().tanh().sum())(tf.tensor([0.3, -1.1]));
      expect(dx.dataSync()).to.be.instanceOf(Float32Array);
      expectClose(
        dx.dataSync(),
        [0.3, -1.1].map((x) => 2 * x * (1 - Math.tanh(x * x) ** 2)),
        1e-6,
      );
    });
  }

  it('shares nothing with the one in double precision', async () => {
    const [tf, tf64] = [await useTf('cpu'), await loadFloat64()];
    expect(tf.engine()).to.not.equal(tf64.engine());
    expect(tf.tensor([0.1]).dataSync()[0]).to.equal(Math.fround(0.1));
    expect(tf64.tensor([0.1]).dataSync()[0]).to.equal(0.1);
  });
});

describe('the digits', () => {
  it('are the real ones', () => {
    const { train, test } = loadDigits({ train: 100, test: 10 });
    expect([...train.labels.subarray(0, 10)]).to.deep.equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test.labels]).to.deep.equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(train).to.include({ count: 100 });
    expect(train.images).to.have.length(100 * IMAGE_SIZE);
    expect(Math.min(...train.images)).to.equal(0);
    expect(Math.max(...train.images)).to.equal(1);
  });

  it('are no more than there are', () => {
    expect(() => loadDigits({ train: 60_001, test: 0 })).to.throw(DigitsError, 'holds 60000 items');
  });
});
