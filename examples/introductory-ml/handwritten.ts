/**
 * The handwritten pages: the chain rule written out for two and for three layers,
 * where f is a number. A column's derivative is written transposed there, so that its shape is the parameter's.
 *
 * Wherever the chain passes a ReLU, the pages leave out the mask 1(h > 0); and where it passes two layers, the factors
 * stand in an order that has no shape: the right one is W2ᵀ W3ᵀ, from the left.
 */
import { jacobian, type Sym } from 'retrograph';
import { reshape } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result, slip } from '../example.ts';
import { at, fill, hadamard, identity, type Matrix, matmul, scale, type Tensor, tensor, transpose } from '../matrix.ts';
import { backward, forward, lossOf, mask, numeric, values } from './closed-form.ts';
import { derivatives, inputs, type Network, network } from './network.ts';

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [...(await twoLayers(options)), ...(await vectord(options)), ...(await threeLayers(options))];
}

/** The Jacobian of one column by another, or by a matrix, without the axes of size 1. */
const local = (y: Sym, x: Sym, ...shape: readonly number[]): Sym => reshape(jacobian(y, x), shape);

/** dh_i/dW_jk = 1(h_i > 0) x_k where i = j: what "dh/dw = x" is short for. */
const byWeights = (on: Matrix, x: Matrix): Tensor =>
  tensor([on.length, on.length, x.length], (i, j, k) => (i === j ? at(on, i, 0) * at(x, k, 0) : 0));
const allOn = (h: Matrix): Matrix => fill(h.length, 1, 1);

/** One net: the engine's derivatives, and the partials of single steps; and the closed forms. */
async function run(sizes: readonly number[], options: RunOptions, locals: (net: Network) => Record<string, Sym>) {
  const v = values(sizes, options.seed);
  const net = network(sizes, 'relu', 'halfSquared');
  const out = await evaluate(
    { f: net.f, loss: net.loss, by: derivatives(net), local: locals(net) },
    inputs(v),
    options,
  );
  const { h, f } = forward(v, 'relu');
  const d = backward(v, 'relu', 'halfSquared');
  const checked = (i: number, name: 'W' | 'b') => ({ differences: numeric(v, 'relu', 'halfSquared', i - 1, name) });
  return { v, out, h, f, d, checked };
}

async function twoLayers(options: RunOptions): Promise<readonly Result[]> {
  const [D, H] = [2, 4];
  const { v, out, h, f, d, checked } = await run([D, H, 1], options, ({ h, f, layers }) => ({
    h1: h[1]!,
    'f by b2': local(f, layers[1]!.b, 1, 1),
    'f by w2': local(f, layers[1]!.W, 1, H),
    'f by h1': local(f, h[1]!, 1, H),
    'h1 by w1': local(h[1]!, layers[0]!.W, H, H, D),
    'h1 by b1': local(h[1]!, layers[0]!.b, H, H),
  }));
  const w2T = transpose(v.layers[1]!.W);
  const [x, h1] = [v.x, h[1]!];
  const on = mask(h1);
  const error = at(d.f, 0, 0); // f - y, "d scores"
  const d1 = d.layers[0]!.b;
  return [
    result('by hand, 2 layers', 'h1 = relu(w1 x + b1)', out.local.h1, h1),
    result('by hand, 2 layers', 'f = w2 h1 + b2', out.f, f),
    result('by hand, 2 layers', 'L = ½(y − f(x))²', out.loss, lossOf(f, v.y, 'halfSquared')),
    result('by hand, 2 layers', '∂L/∂f = 2 · ½(y − f)(0 − 1) = (y − f)(−1) = f − y', out.by.f, [
      [(at(v.y, 0, 0) - at(f, 0, 0)) * -1],
    ]),
    result('by hand, 2 layers', '∂f/∂b2 = 0 + 1 = 1', out.local['f by b2'], [[1]]),
    result('by hand, 2 layers', '∂f/∂w2 = h1, as a row', out.local['f by w2'], transpose(h1)),
    result('by hand, 2 layers', '∂f/∂h1 = w2', out.local['f by h1'], v.layers[1]!.W),
    result(
      'by hand, 2 layers',
      '∂h1/∂w1 = 1(h1 > 0) x, in the row of each unit',
      out.local['h1 by w1'],
      byWeights(on, x),
      {
        slip: slip('∂h1/∂w1 = x', () => byWeights(allOn(h1), x), byWeights(on, x)),
      },
    ),
    result(
      'by hand, 2 layers',
      '∂h1/∂b1 = 1(h1 > 0), on the diagonal',
      out.local['h1 by b1'],
      hadamard(on, identity(H)),
      {
        slip: slip('∂h1/∂b1 = 0 + 1 = 1', () => identity(H), hadamard(on, identity(H))),
      },
    ),
    result('by hand, 2 layers', '∂L/∂b1 = 1(h1 > 0) ⊙ w2ᵀ (f − y)', out.by.b1, d1, {
      ...checked(1, 'b'),
      slip: slip('∂L/∂b1 = (f − y) · w2ᵀ · 1', () => scale(error, w2T), d1),
    }),
    result('by hand, 2 layers', '∂L/∂b2 = ∂L/∂f · ∂f/∂b2 = (f − y)(1)', out.by.b2, [[error]], checked(2, 'b')),
    result(
      'by hand, 2 layers',
      '∂L/∂w2 = ∂L/∂f · ∂f/∂w2 = (f − y) · h1ᵀ',
      out.by.W2,
      scale(error, transpose(h1)),
      checked(2, 'W'),
    ),
    result('by hand, 2 layers', '∂L/∂h1 = ∂L/∂f · ∂f/∂h1 = (f − y) · w2ᵀ, f a number', out.by.h1, scale(error, w2T)),
    result('by hand, 2 layers', '∂L/∂w1 = (1(h1 > 0) ⊙ w2ᵀ (f − y)) xᵀ', out.by.W1, matmul(d1, transpose(x)), {
      ...checked(1, 'W'),
      slip: slip(
        '∂L/∂w1 = (f − y) · w2ᵀ · xᵀ',
        () => scale(error, matmul(w2T, transpose(x))),
        matmul(d1, transpose(x)),
      ),
    }),
  ];
}

/** dL/dh1 and dL/dw1 once more, for an f of two entries: w2ᵀ has to come first. */
async function vectord(options: RunOptions): Promise<readonly Result[]> {
  const { v, out, d, checked } = await run([2, 4, 2], options, () => ({}));
  const w2T = transpose(v.layers[1]!.W);
  const [byH, byW] = [d.layers[1]!.h, d.layers[0]!.W];
  return [
    result('by hand, f a vector', '∂L/∂h1 = w2ᵀ (f − y)', out.by.h1, byH, {
      slip: slip('(f − y) · w2ᵀ', () => matmul(d.f, w2T), byH),
    }),
    result('by hand, f a vector', '∂L/∂w1 = (1(h1 > 0) ⊙ w2ᵀ (f − y)) xᵀ', out.by.W1, byW, {
      ...checked(1, 'W'),
      slip: slip('(f − y) · w2ᵀ · xᵀ', () => matmul(d.f, w2T, transpose(v.x)), byW),
    }),
  ];
}

async function threeLayers(options: RunOptions): Promise<readonly Result[]> {
  const [D, H1, H2] = [2, 4, 3];
  const { v, out, h, f, d, checked } = await run([D, H1, H2, 1], options, ({ h, f, layers }) => ({
    h1: h[1]!,
    h2: h[2]!,
    'f by w3': local(f, layers[2]!.W, 1, H2),
    'f by h2': reshape(jacobian(f, h[2]!), [H2, 1]),
    'h2 by b2': local(h[2]!, layers[1]!.b, H2, H2),
    'h2 by w2': local(h[2]!, layers[1]!.W, H2, H2, H1),
    'h2 by h1': local(h[2]!, h[1]!, H2, H1),
    'h1 by b1': local(h[1]!, layers[0]!.b, H1, H1),
    'h1 by w1': local(h[1]!, layers[0]!.W, H1, H1, D),
  }));
  const [h1, h2, x] = [h[1]!, h[2]!, v.x];
  const [w2, w3] = [v.layers[1]!.W, v.layers[2]!.W];
  const [w2T, w3T] = [transpose(w2), transpose(w3)];
  const [on1, on2] = [mask(h1), mask(h2)];
  const error = at(d.f, 0, 0);
  const d2 = hadamard(on2, scale(error, w3T));
  const d1 = hadamard(on1, matmul(w2T, d2));
  const printedOrder = (...more: readonly Matrix[]) => scale(error, matmul(w3T, w2T, ...more));
  return [
    result('by hand, 3 layers', 'h1 = relu(w1 x + b1)', out.local.h1, h1),
    result('by hand, 3 layers', 'h2 = relu(w2 h1 + b2)', out.local.h2, h2),
    result('by hand, 3 layers', 'f = w3 h2 + b3', out.f, f),
    result('by hand, 3 layers', 'L = ½(y − f(x))²', out.loss, lossOf(f, v.y, 'halfSquared')),
    result('by hand, 3 layers', '∂f/∂w3 = h2ᵀ', out.local['f by w3'], transpose(h2)),
    result('by hand, 3 layers', '∂f/∂h2 = w3ᵀ, as a column', out.local['f by h2'], w3T),
    result(
      'by hand, 3 layers',
      '∂h2/∂b2 = 1(h2 > 0), on the diagonal',
      out.local['h2 by b2'],
      hadamard(on2, identity(H2)),
      {
        slip: slip('∂h2/∂b2 = 0 + 1 = 1', () => identity(H2), hadamard(on2, identity(H2))),
      },
    ),
    result(
      'by hand, 3 layers',
      '∂h2/∂w2 = 1(h2 > 0) h1, in the row of each unit',
      out.local['h2 by w2'],
      byWeights(on2, h1),
      {
        slip: slip('∂h2/∂w2 = h1', () => byWeights(allOn(h2), h1), byWeights(on2, h1)),
      },
    ),
    result('by hand, 3 layers', '∂h2/∂h1 = 1(h2 > 0) w2, row by row', out.local['h2 by h1'], hadamard(on2, w2), {
      slip: slip('∂h2/∂h1 = w2', () => w2, hadamard(on2, w2)),
    }),
    result(
      'by hand, 3 layers',
      '∂h1/∂b1 = 1(h1 > 0), on the diagonal',
      out.local['h1 by b1'],
      hadamard(on1, identity(H1)),
      {
        slip: slip('∂h1/∂b1 = 0 + 1 = 1', () => identity(H1), hadamard(on1, identity(H1))),
      },
    ),
    result(
      'by hand, 3 layers',
      '∂h1/∂w1 = 1(h1 > 0) x, in the row of each unit',
      out.local['h1 by w1'],
      byWeights(on1, x),
      {
        slip: slip('∂h1/∂w1 = x', () => byWeights(allOn(h1), x), byWeights(on1, x)),
      },
    ),
    result(
      'by hand, 3 layers',
      '∂L/∂w2 = ∂L/∂f · ∂f/∂h2 · ∂h2/∂w2, all three factors',
      out.by.W2,
      matmul(d2, transpose(h1)),
      {
        slip: slip('∂L/∂w2 = ∂L/∂f · w3ᵀ', () => scale(error, w3T), matmul(d2, transpose(h1))),
      },
    ),
    result('by hand, 3 layers', '∂L/∂h2 = ∂L/∂f · w3ᵀ = (f − y) · w3ᵀ', out.by.h2, scale(error, w3T)),
    result(
      'by hand, 3 layers',
      '∂L/∂w3 = ∂L/∂f · h2ᵀ = (f − y) · h2ᵀ',
      out.by.W3,
      scale(error, transpose(h2)),
      checked(3, 'W'),
    ),
    result('by hand, 3 layers', '∂L/∂b3 = ∂L/∂f = (f − y) · 1', out.by.b3, [[error]], checked(3, 'b')),
    result('by hand, 3 layers', '∂L/∂b2 = d2 = 1(h2 > 0) ⊙ w3ᵀ (f − y)', out.by.b2, d2, {
      ...checked(2, 'b'),
      slip: slip('∂L/∂b2 = (f − y) · w3ᵀ · 1', () => scale(error, w3T), d2),
    }),
    result('by hand, 3 layers', '∂L/∂w2 = d2 h1ᵀ', out.by.W2, matmul(d2, transpose(h1)), {
      ...checked(2, 'W'),
      slip: slip(
        '∂L/∂w2 = (f − y) · w3ᵀ · h1ᵀ',
        () => scale(error, matmul(w3T, transpose(h1))),
        matmul(d2, transpose(h1)),
      ),
    }),
    result('by hand, 3 layers', '∂L/∂h1 = w2ᵀ d2', out.by.h1, matmul(w2T, d2), {
      slip: slip('∂L/∂h1 = (f − y) · w3ᵀ · w2ᵀ', () => printedOrder(), matmul(w2T, d2)),
    }),
    result('by hand, 3 layers', '∂L/∂b1 = d1 = 1(h1 > 0) ⊙ w2ᵀ d2', out.by.b1, d1, {
      ...checked(1, 'b'),
      slip: slip('∂L/∂b1 = (f − y) · w3ᵀ · w2ᵀ · 1', () => printedOrder(), d1),
    }),
    result('by hand, 3 layers', '∂L/∂w1 = d1 xᵀ', out.by.W1, matmul(d1, transpose(x)), {
      ...checked(1, 'W'),
      slip: slip('∂L/∂w1 = (f − y) · w3ᵀ · w2ᵀ · xᵀ', () => printedOrder(transpose(x)), matmul(d1, transpose(x))),
    }),
  ];
}
