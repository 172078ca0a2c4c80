// Convolutions: what the rows of ops/convolution/ cannot show.
import { expect } from 'chai';
import { compile, Graph, gradients, print, type Sym } from '../../index.node.ts';
import {
  add,
  avgPool,
  conv2d,
  depthwiseConv2d,
  elu,
  fusedConv2d,
  leakyRelu,
  mul,
  ones,
  relu,
  relu6,
  reshape,
  sigmoid,
  square,
  sub,
  sum,
} from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';

const BACKENDS = ['cpu', 'wasm'] as const;

async function valuesOf(outputs: Record<string, Sym>, backend: string, feeds = {}): Promise<Record<string, number[]>> {
  const program = await compile(outputs, { backend });
  try {
    const results = await program.run(feeds);
    return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, [...data]]));
  } finally {
    program.dispose();
  }
}

async function planOf(outputs: Record<string, Sym>): Promise<string> {
  const program = await compile(outputs, { backend: 'wasm' });
  try {
    return print(program.plan);
  } finally {
    program.dispose();
  }
}

const wave = (size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => Math.sin(1 + 7 * i));

describe('convolutions', () => {
  for (const backend of BACKENDS) {
    it(`the filter's gradient where the output is rounded up, on ${backend}`, async () => {
      const g = new Graph();
      const w = g.placeholder('w', [3, 3, 1, 1]);
      const y = conv2d(ones([1, 4, 4, 1]), w, 2, 0, 'NHWC', 1, 'ceil');
      const { dw } = await valuesOf({ dw: gradients(sum(y), { w }).w }, backend, { w: wave(9) });
      expect(dw).to.deep.equal([4, 4, 2, 4, 4, 2, 2, 2, 1]);
    });

    it(`'same' with strides that pass over elements, on ${backend}`, async () => {
      const g = new Graph();
      const [x, w] = [g.placeholder('x', [1, 1, 6, 1]), g.placeholder('w', [1, 2, 1, 1])];
      const outputs = {
        dense: conv2d(x, w, [1, 3], 'same'),
        depthwise: depthwiseConv2d(x, w, [1, 3], 'same'),
        fused: fusedConv2d({ x, filter: w, strides: [1, 3], pad: 'same', activation: 'relu' }),
      };
      const values = await valuesOf(outputs, backend, {
        x: Float32Array.of(1, 2, 3, 4, 5, 6),
        w: Float32Array.of(10, 1),
      });
      for (const value of Object.values(values)) expect(value).to.deep.equal([12, 45]);
    });

    it(`images without pixels, on ${backend}`, async () => {
      const g = new Graph();
      const [x, w] = [g.placeholder('x', [1, 0, 2, 1]), g.placeholder('w', [2, 2, 1, 1])];
      const { dw, dx } = gradients(sum(square(conv2d(x, w, 1, 'same'))), { dw: w, dx: x });
      const pooled = gradients(sum(avgPool(x, 2, 1, 'same')), { x }).x;
      const values = await valuesOf({ dw, dx, pooled }, backend, { x: new Float32Array(0), w: wave(4) });
      expect(values).to.deep.equal({ dw: [0, 0, 0, 0], dx: [], pooled: [] });
    });

    it(`third order, on ${backend}: of a cube, 6 (x * v)^3`, async () => {
      const g = new Graph();
      const [x, w, v] = [
        g.placeholder('x', [2, 5, 5, 2]),
        g.placeholder('w', [2, 2, 2, 3]),
        g.placeholder('v', [2, 2, 2, 3]),
      ];
      const convolve = (filter: Sym): Sym => conv2d(x, filter, [2, 1], 'same');
      const along = (y: Sym): Sym => sum(mul(gradients(y, { w }).w, v));
      const cube = (s: Sym): Sym => sum(mul(s, square(s)));
      const { own, expected } = await valuesOf(
        { own: along(along(along(cube(convolve(w))))), expected: mul(6, cube(convolve(v))) },
        backend,
        { x: wave(100), w: wave(24), v: wave(24).reverse() },
      );
      expect(own![0]).to.be.closeTo(expected![0]!, 1e-4 * Math.abs(expected![0]!));
    });

    it(`a bias alone, where there are no channels, on ${backend}`, async () => {
      const y = fusedConv2d({
        x: ones([1, 2, 1, 0]),
        filter: ones([1, 1, 0, 2]),
        strides: 1,
        pad: 'valid',
        bias: [-1, 2],
        activation: 'relu',
      });
      expect((await valuesOf({ y }, backend)).y).to.deep.equal([0, 2, 0, 2]);
    });
  }

  it('a bias becomes one kernel with them on wasm, an activation that keeps NaN too, and no value changes', async () => {
    const ACTIVATIONS = { relu, relu6, sigmoid, elu, leakyRelu: (s: Sym) => leakyRelu(s, 0.3), none: (s: Sym) => s };
    for (const [name, activation] of Object.entries(ACTIVATIONS)) {
      for (const convolve of [conv2d, depthwiseConv2d]) {
        const g = new Graph();
        const x = g.placeholder('x', ['$n', 4, 4, 2]);
        const w = g.placeholder('w', [3, 3, 2, 2]);
        const b = g.placeholder('b', [convolve === conv2d ? 2 : 4]);
        const y = activation(add(convolve(x, w, 1, 'same'), b));
        const feeds = { x: wave(96), w: wave(36), b: wave(b.shape[0] as number) };
        const program = await compile({ y }, { backend: 'wasm', dims: { n: 3 } });
        expect(print(program.plan), name)
          .to.match(/ = Fused(Depthwise)?Conv2D\(/)
          .and.not.match(/ = (Add|Elu|LeakyRelu|Sigmoid)\(/);
        program.dispose();
        const [own, other] = await Promise.all(BACKENDS.map((backend) => valuesOf({ y }, backend, feeds)));
        own!.y!.forEach((value, i) => {
          expect(value, name).to.be.closeTo(other!.y![i]!, 1e-5);
        });
      }
    }
  });

  it("with 'same' padding and windows further apart than they are wide, are on wasm as on cpu", async () => {
    const WINDOWS: readonly [taps: [number, number], strides: [number, number]][] = [
      [
        [2, 2],
        [3, 3],
      ],
      [
        [3, 2],
        [2, 3],
      ],
      [
        [3, 1],
        [2, 2],
      ],
      [
        [1, 1],
        [2, 3],
      ],
    ];
    for (const [taps, strides] of WINDOWS) {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', '$h', 6, 2]);
      const w = g.placeholder('w', [...taps, 2, 2]);
      const [dense, depthwise] = [conv2d(x, w, strides, 'same'), depthwiseConv2d(x, w, strides, 'same')];
      const outputs = {
        dense,
        depthwise,
        fused: relu(add(conv2d(x, mul(w, 2), strides, 'same'), g.placeholder('b', [2]))),
        fusedDepthwise: relu(add(depthwiseConv2d(x, mul(w, 2), strides, 'same'), g.placeholder('c', [4]))),
        ...gradients(add(sum(square(dense)), sum(square(depthwise))), { x, w }),
      };
      const feeds = {
        x: { data: wave(144), shape: [2, 6, 6, 2], dtype: 'float32' },
        w: wave(4 * taps[0] * taps[1]),
        b: wave(2),
        c: wave(4),
      };
      const [own, other] = await Promise.all(BACKENDS.map((backend) => valuesOf(outputs, backend, feeds)));
      for (const name of Object.keys(outputs))
        own![name]!.forEach((value, i) => {
          expect(other![name]![i], `${name} of ${taps} by ${strides}`).to.be.closeTo(value, 1e-4);
        });
    }
  });

  it('stay apart from a bias where the convolution is used elsewhere, or the bias is a view', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [1, 4, 4, 2]);
    const w = g.placeholder('w', [3, 3, 2, 2]);
    const y = conv2d(x, w, 1, 'valid');
    expect(await planOf({ y, z: add(y, g.placeholder('b', [2])) })).to.match(/ = Conv2D\(/);
    expect(await planOf({ z: add(y, reshape(g.placeholder('c', [1, 2]), [2])) })).to.match(/ = Conv2D\(/);
  });

  it('see the filter of each step, though wasm prepares one for each buffer', async () => {
    const losses = BACKENDS.map(async (backend) => {
      const g = new Graph();
      const [x, t] = [g.placeholder('x', ['$n', 5, 5, 1]), g.placeholder('t', ['$n', 3, 3, 2])];
      const w = g.variable('w', [18], [...wave(18)]);
      const b = g.variable('b', [2], [0.1, -0.1]);
      const loss = sum(square(sub(relu(add(conv2d(x, reshape(w, [3, 3, 1, 2]), 1, 'valid'), b)), t)));
      const program = await compile({ loss }, { backend, updates: sgd({ learningRate: 0.001 }).minimize(loss) });
      const values: number[] = [];
      for (let i = 0; i < 5; i++) values.push((await program.run({ x: wave(50), t: wave(36) })).loss.item());
      program.dispose();
      return values;
    });
    const [own, other] = await Promise.all(losses);
    expect(new Set(own).size).to.equal(5);
    own!.forEach((value, i) => {
      expect(value).to.be.closeTo(other![i]!, 1e-4);
    });
  });
});
