/** The convention for a kink is not differentiated again where the function is smooth. */
import { expect } from 'chai';
import { evaluate, Graph, gradients, hessian, type Sym } from '../../engine/index.ts';
import { abs, add, euclideanNorm, losses, mul, neg, norm, pow, square, sub, sum } from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

const ofNorm = (n: (x: Sym) => Sym): Readonly<Record<string, (x: Sym) => Sym>> => ({
  square: (x) => square(n(x)),
  'a product with itself': (x) => mul(n(x), n(x)),
  power: (x) => pow(n(x), 2),
  'a multiple, negated': (x) => neg(mul(-1, mul(n(x), n(x)))),
  'a sum of powers': (x) => add(square(n(x)), pow(n(x), 3)),
  'a fourth power and a square': (x) => sub(square(n(x)), pow(n(x), 4)),
});
/** Smooth at 0, and what their Hessians there are multiples of. */
const SMOOTH: Readonly<Record<string, readonly [(x: Sym) => Sym, number]>> = {
  ...Object.fromEntries(Object.entries(ofNorm(norm)).map(([name, f]) => [`${name} of the norm`, [f, 2]])),
  ...Object.fromEntries(
    Object.entries(ofNorm((x) => euclideanNorm(x))).map(([name, f]) => [`${name} of euclideanNorm`, [f, 2]]),
  ),
  ...Object.fromEntries(Object.entries(ofNorm(abs)).map(([name, f]) => [`${name} of abs`, [(x: Sym) => sum(f(x)), 2]])),
  'norms of rows': [(x) => sum(square(norm(mul(x, [[1], [0]]), 2, 0))), 2],
  huberLoss: [(x) => losses.huberLoss([0, 0], x, undefined, 1, losses.Reduction.SUM), 1],
};

for (const backend of HERE) {
  describe(`smooth functions of functions with kinks, on ${backend.name}`, () => {
    for (const [name, [f, factor]] of Object.entries(SMOOTH))
      it(name, async () => {
        const g = new Graph();
        const x = g.placeholder('x', [2]);
        const y = f(x);
        const program = { first: gradients(y, x), second: hessian(y, { x }).x.x };
        const out = await evaluate(program, { x: [0, 0] }, { backend });
        expectClose(out.first.data, [0, 0]);
        expectClose(out.second.data, [factor, 0, 0, factor]);
        expect(out.second.shape).to.deep.equal([2, 2]);
      });
  });
}
