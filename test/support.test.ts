import { expect } from 'chai';
import { DigitsError, IMAGE_SIZE, loadDigits } from '../examples/digits/data.ts';
import { callKernel64, type KernelInput, loadFloat64 } from '../plugins/gradcheck/float64.ts';
import { useTf } from './support/tfjs.ts';

const f64 = (data: number[], shape = [data.length]): KernelInput => ({ data, shape, dtype: 'float32' });

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
    const xs = [-2, -0.3, 0, 0.1, 1.7];
    const [exp] = await callKernel64('Exp', { x: f64(xs) });
    expectClose(exp!.data, xs.map(Math.exp), 1e-12);
    const [tanh] = await callKernel64('Tanh', { x: f64(xs) });
    expectClose(tanh!.data, xs.map(Math.tanh), 1e-12);
    const [sum] = await callKernel64('Sum', { x: f64(xs) }, { axis: [0], keepDims: false });
    expectClose(sum!.data, [xs.reduce((a, b) => a + b)], 1e-12);
    const [softmax] = await callKernel64('Softmax', { logits: f64(xs, [1, 5]) }, { dim: 1 });
    const total = xs.reduce((s, x) => s + Math.exp(x), 0);
    expectClose(
      softmax!.data,
      xs.map((x) => Math.exp(x) / total),
      1e-12,
    );
  });

  it('multiplies matrices in doubles', async () => {
    const a = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const b = [1 / 3, 2 / 3, 1 / 7, 2 / 7, 1 / 9, 2 / 9];
    const expected = [0, 1].flatMap((i) =>
      [0, 1].map((j) => [0, 1, 2].reduce((s, k) => s + a[3 * i + k]! * b[2 * k + j]!, 0)),
    );
    const [y] = await callKernel64(
      'BatchMatMul',
      { a: f64(a, [1, 2, 3]), b: f64(b, [1, 3, 2]) },
      { transposeA: false, transposeB: false },
    );
    expect(y!.shape).to.deep.equal([1, 2, 2]);
    expect(y!.data).to.be.instanceOf(Float64Array);
    expectClose(y!.data, expected, 1e-12);
  });

  it('convolves and divides in doubles', async () => {
    const attrs = { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1] };
    const x = [0.1, 0.2, 0.3, 0.7];
    const w = [1 / 3, 1 / 7, 1 / 9, 1 / 11];
    const [y] = await callKernel64('Conv2D', { x: f64(x, [1, 2, 2, 1]), filter: f64(w, [2, 2, 1, 1]) }, attrs);
    expectClose(y!.data, [x.reduce((s, v, i) => s + v * w[i]!, 0)], 1e-12);
    const [q] = await callKernel64('RealDiv', { a: f64([1]), b: f64([3]) });
    expect(q!.data[0]).to.equal(1 / 3);
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
    const f = async (x: number) => (await callKernel64('Sigmoid', { x: f64([x]) }))[0]!.data[0]!;
    const [eps, x] = [1e-5, 0.7];
    const s = 1 / (1 + Math.exp(-x));
    expect(((await f(x + eps)) - (await f(x - eps))) / (2 * eps)).to.be.closeTo(s * (1 - s), 1e-9);
  });

  it('takes variadic inputs, integers, bools and complex numbers', async () => {
    const [sum] = await callKernel64('AddN', { inputs: [f64([1, 2]), f64([10, 20])] });
    expect([...sum!.data]).to.deep.equal([11, 22]);
    const [cat] = await callKernel64('Concat', { inputs: [f64([1, 2]), f64([3])] }, { axis: 0 });
    expect([...cat!.data]).to.deep.equal([1, 2, 3]);
    const [less] = await callKernel64('Less', { a: f64([1, 2]), b: f64([2, 1]) });
    expect(less).to.deep.equal({ data: Uint8Array.of(1, 0), shape: [2], dtype: 'bool' });
    const parts = await callKernel64(
      'SplitV',
      { x: { data: [1, 2, 3], shape: [3], dtype: 'int32' } },
      { numOrSizeSplits: [1, 2], axis: 0 },
    );
    expect(parts.map(({ data }) => [...data])).to.deep.equal([[1], [2, 3]]);
    const [fft] = await callKernel64('FFT', { input: { data: [1, 0, 0, 0.1], shape: [1, 2], dtype: 'complex64' } });
    expect(fft!.dtype).to.equal('complex64');
    expectClose(fft!.data, [1, 0.1, 1, -0.1], 1e-12);
  });

  it('leaves nothing behind', async () => {
    const tf = await loadFloat64();
    const count = () => tf.backend().numDataIds();
    const before = count();
    await callKernel64('Reshape', { x: f64([1, 2, 3, 4]) }, { shape: [2, 2] });
    await callKernel64('Softmax', { logits: f64([1, 2], [1, 2]) }, { dim: 1 });
    await callKernel64('FFT', { input: { data: [1, 0, 0, 1], shape: [1, 2], dtype: 'complex64' } });
    await callKernel64('Real', { input: { data: [1, 0, 0, 1], shape: [2], dtype: 'complex64' } });
    expect(count()).to.equal(before);
  });

  it('rejects what does not fit', async () => {
    const error = await callKernel64('Exp', { x: f64([1, 2], [3]) }).catch(String);
    expect(error).to.contain('holds 3 numbers');
    expect(await callKernel64('NoSuchKernel', {}).catch(String)).to.contain('no kernel NoSuchKernel');
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
