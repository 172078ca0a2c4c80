/**
 * "In code": the same two layers for a batch. Samples are *rows* now, weights are in x out, biases are rows, and a
 * gradient is the *sum* over the batch: f = relu(x w1 + b1) w2 + b2, L = half the sum of all squared errors.
 *
 * The notes justify each line by the formula for one column; read with rows, most of those have no shape.
 */
import { Graph, gradients } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, matMul, relu } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import { evaluate, type Result, type RunOptions, result, slip } from '../example.ts';
import {
  differences,
  generator,
  hadamard,
  map,
  matmul,
  sub as minus,
  add as plus,
  relu as positive,
  sumRows,
  total,
  transpose,
  uniform,
} from '../matrix.ts';
import { mask } from './closed-form.ts';

const [D, H, OUT] = [2, 4, 3];

export function graph(seed = 1) {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', D]);
  const y = g.placeholder('y', ['$batch', OUT]);
  const w1 = g.variable('w1', [D, H], glorotUniform({ seed }));
  const b1 = g.variable('b1', [1, H], zeros());
  const w2 = g.variable('w2', [H, OUT], glorotUniform({ seed: seed + 1 }));
  const b2 = g.variable('b2', [1, OUT], zeros());
  const z1 = add(matMul(x, w1), b1);
  const h1 = relu(z1);
  const f = add(matMul(h1, w2), b2);
  return { graph: g, w1, b1, w2, b2, z1, h1, f, L: losses.halfSquaredError(y, f) };
}

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed);
  const m = 5;
  const v = {
    x: uniform(random, m, D),
    y: uniform(random, m, OUT),
    w1: uniform(random, D, H),
    b1: uniform(random, 1, H),
    w2: uniform(random, H, OUT),
    b2: uniform(random, 1, OUT),
  };
  const { x, y, ...variables } = v;
  const { w1, b1, w2, b2, z1, h1, f, L } = graph();
  const out = await evaluate(
    gradients(L, { dscores: f, dw2: w2, db2: b2, dh1: h1, dz1: z1, dw1: w1, db1: b1 }),
    { feeds: { x, y }, variables },
    options,
  );

  const forward = ({ x, w1, b1, w2, b2 }: typeof v) => {
    const h1 = map(plus(matmul(x, w1), b1), positive);
    return { h1, f: plus(matmul(h1, w2), b2) };
  };
  const by = (name: 'w1' | 'b1' | 'w2' | 'b2') =>
    differences((value) => total(map(minus(v.y, forward({ ...v, [name]: value }).f), (e) => e ** 2 / 2)), v[name]);
  const pass = forward(v);
  const dscores = minus(pass.f, y);
  const dw2 = matmul(transpose(pass.h1), dscores);
  const db2 = sumRows(dscores);
  const dh1 = matmul(dscores, transpose(v.w2));
  const masked = hadamard(dh1, mask(pass.h1));
  const dw1 = matmul(transpose(x), masked);
  const db1 = sumRows(masked);
  return [
    result('in code', 'dscores = f − y', out.dscores, dscores),
    result('in code', 'dw2 = np.dot(hᵀ, dscores)', out.dw2, dw2, { differences: by('w2') }),
    result('in code', 'one sample: ∂L/∂w2 = h1ᵀ (f − y), a column times a row', out.dw2, dw2, {
      slip: slip('(f − y) · h1ᵀ, with rows', () => matmul(dscores, transpose(pass.h1)), dw2),
    }),
    result('in code', 'db2 = np.sum(dscores, axis=0, keepdims=True)', out.db2, db2, { differences: by('b2') }),
    result('in code', 'the sum over the samples of f − y', out.db2, db2, {
      slip: slip('f − y, with rows', () => dscores, db2),
    }),
    result('in code', 'dh1 = np.dot(dscores, w2ᵀ)', out.dh1, dh1),
    result('in code, mask', 'dh1 *= (h > 0), which the code leaves out', out.dz1, masked, {
      slip: slip('dh1, unmasked', () => dh1, masked),
    }),
    result('in code', 'dw1 = np.dot(xᵀ, dh1), of the masked dh1', out.dw1, dw1, {
      differences: by('w1'),
      slip: slip('dw1 = np.dot(xᵀ, dh1), dh1 unmasked', () => matmul(transpose(x), dh1), dw1),
    }),
    result('in code', 'one sample: ∂L/∂w1 = xᵀ ((f − y) w2ᵀ ⊙ 1(h > 0))', out.dw1, dw1, {
      slip: slip('(f − y) · w2ᵀ · xᵀ, with rows', () => matmul(dh1, transpose(x)), dw1),
    }),
    result('in code', 'db1 = np.sum(dh1, axis=0, keepdims=True), of the masked dh1', out.db1, db1, {
      differences: by('b1'),
      slip: slip('db1 = np.sum(dh1, axis=0), dh1 unmasked', () => sumRows(dh1), db1),
    }),
    result('in code', 'the sum over the samples of (f − y) w2ᵀ ⊙ 1(h > 0)', out.db1, db1, {
      slip: slip('(f − y) · w2ᵀ, with rows', () => dh1, db1),
    }),
  ];
}
