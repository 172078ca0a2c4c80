/**
 * Section 5.2: partial derivatives, the gradient as a row, and the three rules. x is a plain vector [n] for the engine;
 * a function's value has shape [1], so that its Jacobian is the row 1 x n of (5.40).
 */
import { Graph, jacobian, type Sym } from 'retrograph';
import { add, concat, div, exp, matMul, mul, sin, slice, square, sub, tanh } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result } from '../example.ts';
import { differences, type Matrix, matmul, add as plus, row, scale } from '../matrix.ts';

/** Entry i of a vector, as a vector of one. */
export const part = (x: Sym, i: number): Sym => slice(x, [i], [1]);

/** f = x1² x2 + sin(x2 x3) and g = x1 exp(x3) + x2, with their partial derivatives. */
const f = (x: readonly number[]): number => x[0]! ** 2 * x[1]! + Math.sin(x[1]! * x[2]!);
const g = (x: readonly number[]): number => x[0]! * Math.exp(x[2]!) + x[1]!;
const gradF = (x: readonly number[]): Matrix =>
  row(2 * x[0]! * x[1]!, x[0]! ** 2 + x[2]! * Math.cos(x[1]! * x[2]!), x[1]! * Math.cos(x[1]! * x[2]!));
const gradG = (x: readonly number[]): Matrix => row(Math.exp(x[2]!), 1, x[0]! * Math.exp(x[2]!));

const fSym = (x: Sym): Sym => add(mul(square(part(x, 0)), part(x, 1)), sin(mul(part(x, 1), part(x, 2))));
const gSym = (x: Sym): Sym => add(mul(part(x, 0), exp(part(x, 2))), part(x, 1));

/** The step of the difference quotient: a power of two, so that float32 shifts x by it exactly enough. */
const h = 2 ** -8;

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const point = [0.5, 0.75, -0.5];
  const graph = new Graph();
  const x = graph.placeholder('x', [3]);
  const [fx, gx] = [fSym(x), gSym(x)];
  const [byF, byG] = [jacobian(fx, x), jacobian(gx, x)];
  const quotients = [0, 1, 2].map((i) => {
    const shifted = add(
      x,
      [0, 1, 2].map((j) => (i === j ? h : 0)),
    );
    return [`quotient${i + 1}`, div(sub(fSym(shifted), fx), h)] as const;
  });
  // (5.48) with an inner function of two values, inner = (f, g), and the outer one tanh(u1) + u1 u2
  const outer = (u: Sym): Sym => add(tanh(part(u, 0)), mul(part(u, 0), part(u, 1)));
  const inner = graph.name('inner', concat([fx, gx]));
  const composed = outer(inner);
  const [byInner, innerByX] = [jacobian(composed, inner), jacobian(inner, x)];
  const out = await evaluate(
    {
      byF,
      quotients1: quotients[0]![1],
      quotients2: quotients[1]![1],
      quotients3: quotients[2]![1],
      product: jacobian(mul(fx, gx), x),
      productRule: add(mul(byF, gx), mul(fx, byG)),
      sum: jacobian(add(fx, gx), x),
      sumRule: add(byF, byG),
      chain: jacobian(composed, x),
      chainRule: matMul(byInner, innerByX),
      byInner,
      innerByX,
      fx,
    },
    { feeds: { x: point } },
    options,
  );

  const numeric = (of: (x: readonly number[]) => number): Matrix => differences((m) => of(m[0]!), [point]);
  const [F, G] = [f(point), g(point)];
  const product = plus(scale(G, gradF(point)), scale(F, gradG(point)));
  const sums = plus(gradF(point), gradG(point));
  const outerByInner = row(1 - Math.tanh(F) ** 2 + G, F);
  const innerJacobian = [...gradF(point), ...gradG(point)];
  const chain = matmul(outerByInner, innerJacobian);
  const partial = (i: number) =>
    result(
      '(5.39)',
      `∂f/∂x_${i + 1} = lim (f(x + h e_${i + 1}) − f(x))/h; here h = 2⁻⁸`,
      [out.quotients1, out.quotients2, out.quotients3][i]!,
      [gradF(point)[0]![i]!],
      { tolerance: 0.02, reason: 'h is not 0' },
    );
  return [
    result('f', 'f(x) = x1² x2 + sin(x2 x3)', out.fx, [F]),
    ...[0, 1, 2].map(partial),
    result('(5.40)', '∇f = df/dx = [∂f/∂x1 ∂f/∂x2 ∂f/∂x3], 1 x n: the limits', out.byF, gradF(point), {
      differences: numeric(f),
    }),
    result('(5.46)', 'product rule: ∂(f g)/∂x', out.product, product, { differences: numeric((x) => f(x) * g(x)) }),
    result('(5.46)', '∂f/∂x g + f ∂g/∂x', out.productRule, product),
    result('(5.47)', 'sum rule: ∂(f + g)/∂x', out.sum, sums, { differences: numeric((x) => f(x) + g(x)) }),
    result('(5.47)', '∂f/∂x + ∂g/∂x', out.sumRule, sums),
    result('(5.48)', 'chain rule: ∂(g ∘ f)/∂x, f of two values', out.chain, chain, {
      differences: numeric((x) => Math.tanh(f(x)) + f(x) * g(x)),
    }),
    result('(5.48)', '∂g/∂f, 1 x 2', out.byInner, outerByInner),
    result('(5.48)', '∂f/∂x, 2 x 3', out.innerByX, innerJacobian),
    result('(5.48)', '∂g/∂f ∂f/∂x, the product of the two', out.chainRule, chain),
  ];
}
