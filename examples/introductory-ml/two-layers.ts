/**
 * (5) to (31): two layers, for one sample as a column. First linear, then with a ReLU, both for half the squared error;
 * then with a ReLU for classification into three classes, where L = -log p(y|x).
 *
 * What is printed as `1(h > 0) v` is a product entry by entry, and it comes before the outer product with xᵀ.
 */
import { log, mul, neg, sum } from 'retrograph/ops';
import { evaluate, misnamed, type Result, type RunOptions, result, slip } from '../example.ts';
import { fill, hadamard, type Matrix, matmul, softmax, sub, transpose } from '../matrix.ts';
import { backward, forward, type Hidden, type Loss, lossOf, mask, numeric, values } from './closed-form.ts';
import { derivatives, inputs, network } from './network.ts';

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [
    ...(await linear(options)),
    ...(await relu(options)),
    ...(await classification(options)),
    await columnsMasked(options),
  ];
}

/** Everything about one net: what the engine gives, and the closed forms. */
async function run(sizes: readonly number[], hidden: Hidden, loss: Loss, options: RunOptions, label?: number) {
  const v = values(sizes, options.seed, label);
  const net = network(sizes, hidden, loss);
  const printed = neg(log(sum(mul(net.y, net.p))));
  const outputs = { f: net.f, h: net.h[1]!, loss: net.loss, p: net.p, printed, by: derivatives(net) };
  const out = await evaluate(outputs, inputs(v), options);
  const { h, f } = forward(v, hidden);
  const { f: dF } = backward(v, hidden, loss);
  const W2T = transpose(v.layers[1]!.W);
  const byH = matmul(W2T, dF);
  const checked = (i: number, name: 'W' | 'b') => ({ differences: numeric(v, hidden, loss, i, name) });
  return { v, out, h: h[1]!, f, dF, W2T, byH, checked };
}

async function linear(options: RunOptions): Promise<readonly Result[]> {
  const { v, out, h, f, dF, W2T, byH, checked } = await run([2, 4, 3], 'linear', 'halfSquared', options);
  return [
    result('(5)', 'f = W2 h + b2', out.f, f),
    result('(6)', 'h = W1 x + b1', out.h, h),
    result('(7)', '∂L/∂W2 = ∂L/∂f hᵀ = (f − y) hᵀ', out.by.W2, matmul(sub(f, v.y), transpose(h)), checked(1, 'W')),
    result('(8)', '∂L/∂h = W2ᵀ ∂L/∂f = W2ᵀ (f − y)', out.by.h1, byH),
    result('(9)', '∂L/∂b2 = ∂L/∂f = f − y', out.by.b2, dF, checked(1, 'b')),
    result('(9), margin', '∂L/∂b2 = 1 · ∂L/∂f, because ∂f/∂b2 = 1', out.by.b2, dF, {
      slip: slip('because f = W2 h + b2 = 1', () => fill(3, 1, 1), f),
    }),
    result(
      '(10)',
      '∂L/∂W1 = ∂L/∂h xᵀ = W2ᵀ (f − y) xᵀ',
      out.by.W1,
      matmul(W2T, sub(f, v.y), transpose(v.x)),
      checked(0, 'W'),
    ),
    result('(11)', '∂L/∂b1 = ∂L/∂h = W2ᵀ (f − y)', out.by.b1, byH, checked(0, 'b')),
  ];
}

async function relu(options: RunOptions): Promise<readonly Result[]> {
  const net = await run([2, 4, 3], 'relu', 'halfSquared', options);
  const { v, out, h, f, dF, byH, checked } = net;
  return [
    result('(12)', 'h = ReLU(W1 x + b1)', out.h, h),
    result('(13)', 'f = W2 h + b2', out.f, f),
    result('loss of (13)', 'L = ½(y − f(x))²', out.loss, lossOf(f, v.y, 'halfSquared')),
    result('(14)', '∂L/∂W2 = ∂L/∂f hᵀ', out.by.W2, matmul(dF, transpose(h)), checked(1, 'W')),
    result('(15)', '∂L/∂h = W2ᵀ ∂L/∂f', out.by.h1, byH),
    result('(16)', '∂L/∂b2 = ∂L/∂f', out.by.b2, dF, checked(1, 'b')),
    ...hiddenLayer(['(17)', '(18)', '(19)', '(20)'], net),
    result('(19), left side', '∂L/∂b1 = 1(h > 0) ⊙ ∂L/∂h', out.by.b1, hadamard(mask(h), byH), {
      slip: slip('∂L/∂b2 = 1(h > 0) ∂L/∂h', () => hadamard(mask(h), byH), dF),
    }),
  ];
}

async function classification(options: RunOptions): Promise<readonly Result[]> {
  const label = 1; // the second class: y = 2 where classes count from 1
  const net = await run([2, 4, 3], 'relu', 'softmax', options, label);
  const { v, out, h, f, dF, byH, checked } = net;
  const p = softmax(f);
  const indicator = (class_: number): Matrix => p.map((_, j) => [j === class_ ? 1 : 0]);
  return [
    result('(21)', 'h = ReLU(W1 x + b1)', out.h, h),
    result('(22)', 'f = W2 h + b2', out.f, f, { slip: misnamed('f = W2 h_1 + b2', 'h_1 is the h of (21)') }),
    result('(23)', 'p = Softmax(f)', out.p, p),
    result('loss of (23)', 'L = −log p(y|x), as printed', out.printed, lossOf(f, v.y, 'softmax')),
    result('loss of (23)', 'the same by softmaxCrossEntropy', out.loss, lossOf(f, v.y, 'softmax')),
    result('(24)', '∂L/∂f = p − 1(y)', out.by.f, sub(p, indicator(label)), {
      slip: slip('1(y = 1), 1(y = 2), 1(y = 3), for a y that counts from 0', () => sub(p, indicator(label - 1)), dF),
    }),
    result('(25)', '∂L/∂W2 = ∂L/∂f hᵀ', out.by.W2, matmul(dF, transpose(h)), {
      ...checked(1, 'W'),
      slip: misnamed('∂L/∂W2 = ∂L/∂f h_1ᵀ', 'h_1 is the h of (21) and (26)'),
    }),
    result('(26)', '∂L/∂h = W2ᵀ ∂L/∂f', out.by.h1, byH),
    result('(27)', '∂L/∂b2 = ∂L/∂f', out.by.b2, dF, checked(1, 'b')),
    ...hiddenLayer(['(28)', '(29)', '(30)', '(31)'], net),
  ];
}

/** (17) to (20), and again (28) to (31): what the mask 1(h > 0) is multiplied with, and how. */
function hiddenLayer(
  ids: readonly [string, string, string, string],
  { v, out, h, dF, W2T, byH, checked }: Awaited<ReturnType<typeof run>>,
): readonly Result[] {
  const on = mask(h);
  const xT = transpose(v.x);
  const dW1 = matmul(hadamard(on, byH), xT);
  const db1 = hadamard(on, matmul(W2T, dF));
  return [
    result(ids[0], '∂L/∂W1 = (1(h > 0) ⊙ ∂L/∂h) xᵀ', out.by.W1, dW1, {
      ...checked(0, 'W'),
      slip: slip('1(h > 0) ∂L/∂h xᵀ', () => matmul(on, byH, xT), dW1),
    }),
    result(ids[1], '= (1(h > 0) ⊙ W2ᵀ ∂L/∂f) xᵀ', out.by.W1, matmul(hadamard(on, matmul(W2T, dF)), xT), {
      slip: slip('1(h > 0) W2ᵀ ∂L/∂f xᵀ', () => matmul(on, W2T, dF, xT), dW1),
    }),
    result(ids[2], '∂L/∂b1 = 1(h > 0) ⊙ ∂L/∂h', out.by.b1, hadamard(on, byH), {
      ...checked(0, 'b'),
      slip: slip('1(h > 0) ∂L/∂h', () => matmul(on, byH), db1),
    }),
    result(ids[3], '= 1(h > 0) ⊙ W2ᵀ ∂L/∂f', out.by.b1, db1, {
      slip: slip('1(h > 0) W2ᵀ ∂L/∂f', () => matmul(on, W2T, dF), db1),
    }),
  ];
}

/** With as many hidden units as inputs, a mask that is a plain list multiplies columns, and no error says so. */
async function columnsMasked(options: RunOptions): Promise<Result> {
  const { v, out, h, byH, checked } = await run([4, 4, 2], 'relu', 'halfSquared', options);
  const right = matmul(hadamard(mask(h), byH), transpose(v.x));
  return result('(17), h = d', '∂L/∂W1 = (1(h > 0) ⊙ ∂L/∂h) xᵀ, with 4 units and 4 inputs', out.by.W1, right, {
    ...checked(0, 'W'),
    slip: slip(
      '1(h > 0) ∂L/∂h xᵀ, the mask a list: columns are masked',
      () => hadamard(transpose(mask(h)), matmul(byH, transpose(v.x))),
      right,
    ),
  });
}
