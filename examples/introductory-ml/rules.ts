/** (1) to (4): the derivatives of a matrix product, and of one linear layer with half the squared error. */
import { Graph, gradients } from 'retrograph';
import { matMul, mul, square, sub, sum } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result } from '../example.ts';
import {
  differences,
  generator,
  type Matrix,
  map,
  matmul,
  sub as minus,
  total,
  transpose,
  uniform,
} from '../matrix.ts';
import { backward, forward, lossOf, numeric, values } from './closed-form.ts';
import { derivatives, inputs, network } from './network.ts';

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [...(await product(options)), ...(await oneLayer(options))];
}

/** A = BC, and a scalar L of A: half the squared distance to some T. */
async function product(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed);
  const [B, C, T] = [uniform(random, 2, 3), uniform(random, 3, 4), uniform(random, 2, 4)];
  const graph = new Graph();
  const [Bs, Cs, Ts] = [graph.placeholder('B', [2, 3]), graph.placeholder('C', [3, 4]), graph.placeholder('T', [2, 4])];
  const A = matMul(Bs, Cs);
  const L = mul(0.5, sum(square(sub(A, Ts))));
  const out = await evaluate({ A, ...gradients(L, { byA: A, byB: Bs, byC: Cs }) }, { feeds: { B, C, T } }, options);

  const byA = minus(matmul(B, C), T);
  const lossAt = (B: Matrix, C: Matrix): number => total(map(minus(matmul(B, C), T), (e) => e ** 2 / 2));
  return [
    result('product', 'A = BC', out.A, matmul(B, C)),
    result('product', '∂L/∂A = A − T, for L = ½‖A − T‖²', out.byA, byA),
    result('(1)', '∂L/∂B = ∂L/∂A Cᵀ', out.byB, matmul(byA, transpose(C)), {
      differences: differences((B) => lossAt(B, C), B),
    }),
    result('(2)', '∂L/∂C = Bᵀ ∂L/∂A', out.byC, matmul(transpose(B), byA), {
      differences: differences((C) => lossAt(B, C), C),
    }),
  ];
}

async function oneLayer(options: RunOptions): Promise<readonly Result[]> {
  const v = values([3, 2], options.seed);
  const net = network([3, 2], 'linear', 'halfSquared');
  const out = await evaluate({ f: net.f, loss: net.loss, by: derivatives(net) }, inputs(v), options);
  const { f } = forward(v, 'linear');
  const d = backward(v, 'linear', 'halfSquared');
  return [
    result('one layer', 'f = Wx + b', out.f, f),
    result('one layer', 'L = ½(y − f)²', out.loss, lossOf(f, v.y, 'halfSquared')),
    result('(3)', '∂L/∂W = ∂L/∂f xᵀ', out.by.W1, matmul(d.f, transpose(v.x)), {
      differences: numeric(v, 'linear', 'halfSquared', 0, 'W'),
    }),
    result('(4)', '∂L/∂f = f − y', out.by.f, minus(f, v.y)),
  ];
}
