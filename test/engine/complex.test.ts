// Complex values in the engine: split into their parts while legalizing, differentiated by both, the same on every backend.
import type * as tfjs from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { cpu } from '../../backends/cpu/module.ts';
import { nothing } from '../../backends/null/module.ts';
import {
  type AnyOp,
  checkGradient,
  compile,
  customGradient,
  DTypeError,
  evaluate,
  Graph,
  gradients,
  hvp,
  jacobian,
  jvp,
  map,
  PIPELINE,
  type Sym,
  toposort,
} from '../../engine/index.ts';
import * as ops from '../../ops/index.ts';
import { bools, complexUniform, integers, type Sample, type SampleOptions, sample, uniform } from '../../ops/sample.ts';
import { sampled } from '../../ops/samples.ts';
import { describeFault, gradcheck } from '../../plugins/gradcheck/index.ts';
import { HERE } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

const BACKENDS = HERE;

async function expectRight(path: string, samples: readonly Sample[]): Promise<void> {
  const { rows } = await gradcheck({ ops: [{ op: undefined, path, samples }], backends: BACKENDS });
  expect(
    rows
      .filter((r) => r.status !== 'ok')
      .map((r) => `row ${r.row} (${r.note}), ${r.backend}: ${r.faults.map(describeFault).join('; ')}`),
  ).to.eql([]);
}

type Tf = typeof tfjs;
type Real = (tf: Tf, parts: readonly tfjs.Tensor[]) => tfjs.Tensor | readonly tfjs.Tensor[];

/** What tfjs gives for the parts, where it has nothing for the whole. Inputs that are real are passed as they are. */
function byParts(f: Real): SampleOptions['reference'] {
  return (tf, inputs) => {
    const [re, im] = [tf.real, tf.imag].map((part) =>
      [
        f(
          tf,
          inputs.map((z) => (z.dtype === 'complex64' ? part(z) : z)),
        ),
      ].flat(),
    );
    return re!.map((a, k) => tf.complex(a, im![k]!));
  };
}

const z = complexUniform(['$n', 3]);
/** Builders that act on both parts alike, and the same in tfjs for one of them. */
const PARTWISE: Readonly<Record<string, readonly [build: (z: Sym) => Sym | readonly Sym[], real: Real]>> = {
  neg: [ops.neg, (tf, [x]) => tf.neg(x!)],
  sum: [(z) => ops.sum(z, 0), (tf, [x]) => tf.sum(x!, 0)],
  mean: [(z) => ops.mean(z), (tf, [x]) => tf.mean(x!)],
  reshape: [(z) => ops.reshape(z, [-1]), (tf, [x]) => tf.reshape(x!, [-1])],
  broadcastTo: [(z) => ops.broadcastTo(z, [2, ...z.shape]), (tf, [x]) => tf.broadcastTo(x!, [2, ...x!.shape])],
  transpose: [(z) => ops.transpose(z), (tf, [x]) => tf.transpose(x!)],
  slice: [(z) => ops.slice(z, [0, 1]), (tf, [x]) => tf.slice(x!, [0, 1])],
  concat: [(z) => ops.concat([z, z], 1), (tf, [x]) => tf.concat([x!, x!], 1)],
  stack: [(z) => ops.stack([z, ops.neg(z)], -1), (tf, [x]) => tf.stack([x!, tf.neg(x!)], -1)],
  unstack: [(z) => ops.unstack(z, 1), (tf, [x]) => tf.unstack(x!, 1)],
  split: [(z) => ops.split(z, [1, 2], 1), (tf, [x]) => tf.split(x!, [1, 2], 1)],
  tile: [(z) => ops.tile(z, [1, 2]), (tf, [x]) => tf.tile(x!, [1, 2])],
  reverse: [(z) => ops.reverse(z, 1), (tf, [x]) => tf.reverse(x!, 1)],
  pad: [
    (z) =>
      ops.pad(z, [
        [0, 0],
        [1, 2],
      ]),
    (tf, [x]) =>
      tf.pad(x!, [
        [0, 0],
        [1, 2],
      ]),
  ],
  gather: [(z) => ops.gather(z, [2, 0, 2], 1), (tf, [x]) => tf.gather(x!, tf.tensor1d([2, 0, 2], 'int32'), 1)],
  clone: [ops.clone, (tf, [x]) => tf.clone(x!)],
  sub: [(z) => ops.sub(ops.reverse(z, 1), z), (tf, [x]) => tf.sub(tf.reverse(x!, 1), x!)],
  'add, broadcast': [
    (z) => ops.add(z, ops.slice(z, [0, 0], [-1, 1])),
    (tf, [x]) => tf.add(x!, tf.slice(x!, [0, 0], [-1, 1])),
  ],
  addN: [(z) => ops.addN([z, z, z]), (tf, [x]) => tf.mul(x!, 3)],
};

describe('complex values', () => {
  before(() => Promise.all(BACKENDS.map((b) => b.start())));

  it('are moved, repeated and summed part by part', () =>
    expectRight(
      'partwise',
      Object.entries(PARTWISE).map(([note, [build, real]]) =>
        sample({ z }, { build: ({ z }) => build(z!), reference: byParts(real), note }),
      ),
    ));

  it('are chosen by a condition, and padded with a real number', () =>
    expectRight('choices', [
      sample(
        { c: bools(['$n', 1]), a: complexUniform(['$n', 3]), b: complexUniform([3]) },
        {
          build: ({ c, a, b }) => ops.where(c!, a!, b!),
          reference: byParts((tf, [c, a, b]) =>
            tf.where(tf.broadcastTo(c!, a!.shape), a!, tf.broadcastTo(b!, a!.shape)),
          ),
        },
      ),
      sample(
        { z: complexUniform([2]) },
        {
          build: ({ z }) => ops.pad(z!, [[1, 0]], 2.5),
          reference: (tf, [z]) => tf.complex(tf.pad(tf.real(z!), [[1, 0]], 2.5), tf.pad(tf.imag(z!), [[1, 0]])),
        },
      ),
      sample(
        { z: complexUniform(['$n', 4]), i: integers([2, 1], 0, 3) },
        {
          build: ({ z, i }) => ops.scatterND(i!, ops.slice(z!, [0, 0], [2, 4]), [3, 4]),
          reference: byParts((tf, [z, i]) => tf.scatterND(i!, tf.slice(z!, [0, 0], [2, 4]), [3, 4])),
        },
      ),
    ]));

  it('go through Maps: sliced, captured, stacked', () =>
    expectRight('map', [
      sample(
        { a: complexUniform(['$n', 3]), b: complexUniform([3]), x: uniform(['$n']) },
        {
          build: ({ a, b, x }) => map([a!, x!], (row, s) => ops.mul(ops.mul(row, ops.conj(b!)), s)),
          reference: (tf, [a, b, x]) => {
            const [ar, ai, s] = [tf.real(a!), tf.imag(a!), tf.reshape(x!, [-1, 1])];
            const [br, bi] = [tf.real(b!), tf.imag(b!)];
            const re = tf.add(tf.mul(ar, br), tf.mul(ai, bi));
            const im = tf.sub(tf.mul(ai, br), tf.mul(ar, bi));
            return tf.complex(tf.mul(re, s), tf.mul(im, s));
          },
        },
      ),
      sample(
        { x: uniform(['$n', 4]) },
        {
          build: ({ x }) => map(x!, (row) => ops.abs(ops.rfft(row))),
          reference: (tf, [x]) => tf.abs(tf.spectral.rfft(x!)),
          tfGradIsWrong: 'tfjs has none for real and imag',
          note: 'complex inside only',
        },
      ),
    ]));

  it('go through functions with a gradient of their own', () =>
    expectRight('custom', [
      sample(
        { z },
        {
          build: ({ z }) =>
            customGradient((x: Sym) => ops.mul(x, x), [([x], { dy }) => ops.mul(dy, ops.mul(2, ops.conj(x!)))])(z!),
          reference: (tf, [z]) => tf.mul(z!, z!),
        },
      ),
    ]));

  it('end in losses: spectra compared, to second order', () =>
    expectRight('losses', [
      sample(
        { x: uniform(['$n', 8]), t: uniform([5], 0.5, 1) },
        {
          build: ({ x, t }) =>
            ops.losses.meanSquaredError(ops.broadcastTo(t!, [x!.shape[0]!, 5]), ops.abs(ops.rfft(x!))),
          reference: (tf, [x, t]) =>
            tf.losses.meanSquaredError(tf.broadcastTo(t!, [x!.shape[0]!, 5]), tf.abs(tf.spectral.rfft(x!))),
          tfGradIsWrong: 'tfjs has none for complex64',
        },
      ),
      sample(
        { x: complexUniform(['$n', 6]) },
        {
          build: ({ x }) => ops.sum(ops.square(ops.abs(ops.fft(x!)))),
          reference: (tf, [x]) => tf.sum(tf.square(tf.abs(tf.spectral.fft(x!)))),
          note: 'Parseval',
        },
      ),
    ]));

  it('keep the gradient of a choice finite where the other branch is not', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [2], 'complex64');
    const safe = ops.where([true, false], x, ops.div(1, x));
    const [y] = gradients(ops.sum(ops.real(safe)), [x]);
    const { data } = await evaluate(
      y!,
      {
        x: [
          [0, 0],
          [2, 0],
        ],
      },
      { backend: cpu },
    );
    expectClose(data, [1, 0, -0.25, 0]);
  });

  it('have parts as their gradient: of |z|^2 it is 2 z', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n'], 'complex64');
    const loss = ops.sum(ops.real(ops.mul(x, ops.conj(x))));
    for (const backend of BACKENDS) {
      const { data, dtype } = await evaluate(
        gradients(loss, x),
        {
          x: [
            [1, 2],
            [-3, 4],
          ],
        },
        { backend },
      );
      expect(dtype).to.equal('complex64');
      expectClose(data, [2, 4, -6, 8]);
    }
  });

  it('have forward-mode and Hessian-vector products, and derivatives of any order', async () => {
    const g = new Graph();
    const [x, v] = [g.placeholder('x', [2], 'complex64'), g.placeholder('v', [2], 'complex64')];
    const feeds = { x: Float32Array.of(1, 2, -1, 0.5), v: Float32Array.of(0, 1, 2, -1) };
    const loss = ops.sum(ops.square(ops.square(ops.abs(x))));
    const third = gradients(ops.sum(ops.real(hvp(loss, x, v))), x);
    const cube = ops.mul(ops.mul(x, x), x);
    for (const backend of BACKENDS) {
      const program = await compile({ j: jvp(cube, x, v), h: hvp(loss, x, v), third }, { backend });
      const { j, h, third: t } = await program.run(feeds);
      // 3 x^2 v
      expectClose(j.data, [-12, -9, 1.5, -8.25]);
      // |x|^4: 4 |x|^2 v + 8 Re(x v*) x
      expectClose(h.data, [16, 52, 10 + 20, -5 - 10]);
      // of <1, 4 |x|^2 v + 8 Re(x v*) x>: 8 Re(v) x + 8 Re(x) v + 8 Re(x v*)
      expectClose(t.data, [16, 8, -16 - 16 - 20, 8 + 8]);
      program.dispose();
    }
  });

  it('are checked by checkGradient', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 3], 'complex64');
    const w = g.variable(
      'w',
      [3],
      [
        [1, -1],
        [0.5, 2],
        [-1, 0.3],
      ],
      { dtype: 'complex64' },
    );
    const feeds = { x: Float32Array.of(1, 2, -1, 0.5, 0.2, -0.7) };
    await checkGradient(ops.mul(ops.mul(x, ops.conj(w)), w), { x, w }, feeds, { backend: cpu });
    await checkGradient(ops.abs(ops.div(w, x)), [x, w], feeds, { backend: cpu });
  });

  it('are gone once a program has been legalized, and cost nothing where a part is known to be 0', () => {
    const g = new Graph();
    const x = g.placeholder('x', [4, 8]);
    const program = (y: Sym) => {
      const compiled = compile({ y }, { backend: nothing });
      return compiled.then(({ optimized }) => toposort(Object.values(optimized.outputs)));
    };
    return Promise.all([program(ops.fft(x)), program(ops.fft(ops.complex(x, g.placeholder('y', [4, 8]))))]).then(
      ([real, whole]) => {
        for (const nodes of [real, whole])
          expect(nodes.some((n) => n.outputs.some((s) => s.dtype === 'complex64'))).to.be.false;
        const products = (nodes: typeof real) => nodes.filter((n) => n.op.name === 'BatchMatMul').length;
        expect([products(real), products(whole)]).to.deep.equal([2, 4]);
      },
    );
  });

  it('survive every pass being checked, and every pass being off', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 5], 'complex64');
    const y = ops.irfft(ops.mul(ops.fft(x), ops.complex([1, 2, 3, 4, 5], [0, 1, 0, -1, 2])));
    const outputs = { y, g: gradients(y, x) };
    const passes = Object.fromEntries(PIPELINE.filter((p) => p.name !== 'legalize').map((p) => [p.name, false]));
    const feeds = {
      x: { data: Float32Array.from({ length: 20 }, (_, i) => Math.sin(i)), shape: [2, 5], dtype: 'complex64' as const },
    };
    for (const backend of BACKENDS) {
      const [checked, bare] = [
        await compile(outputs, { backend, verify: true }),
        await compile(outputs, { backend, passes }),
      ];
      const [a, b] = [await checked.run(feeds), await bare.run(feeds)];
      expectClose(a.y.data, b.y.data);
      expectClose(a.g.data, b.g.data);
      checked.dispose();
      bare.dispose();
    }
  });

  it('are refused, in words, by ops that mean nothing for them', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [2, 2], 'complex64');
    expect(() => ops.relu(x)).to.throw(DTypeError, /complex64/);
    expect(() => ops.exp(x)).to.throw(DTypeError, /complex64/);
    expect(() => ops.real(ops.real(x))).to.throw(DTypeError, /float32, not complex64/);
    expect(() => ops.rfft(x)).to.throw(DTypeError, /use fft/);
    expect(() => jacobian(ops.mul(x, x), x)).to.throw(DTypeError, /Jacobian of complex64/);
    expect(() => ops.matMul(x, x)).to.throw(DTypeError, /matrix product of complex64/);
  });

  it('are written and read with a graph', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2], 'complex64');
    const w = g.variable(
      'w',
      [2],
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'complex64' },
    );
    const y = ops.mul(
      ops.mul(x, w),
      ops.tensor(
        [
          [0, 1],
          [1, 0],
        ],
        [2],
        'complex64',
      ),
    );
    const document = JSON.parse(JSON.stringify(g.toJSON({ y })));
    const opList: readonly AnyOp[] = sampled.flatMap(({ op }) => op ?? []);
    const back = Graph.fromJSON(document, { ops: opList });
    const feeds = {
      x: [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    };
    const results = await Promise.all(
      [{ y }, back.outputs].map((o) => compile(o, { backend: cpu }).then((p) => p.run(feeds))),
    );
    expect(results[0]!.y!.array()).to.deep.equal([
      [
        [-2, 1],
        [-4, 3],
      ],
    ]);
    expect(results[1]!.y!.array()).to.deep.equal(results[0]!.y!.array());
  });
});
