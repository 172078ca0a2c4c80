/**
 * Section 5.6: f(x) = sqrt(x² + exp(x²)) + cos(x² + exp(x²)), its derivative (5.110), node by node, and the second one.
 *
 * Every operation is elementwise, so x is a vector of points and each entry is a case of its own. The points keep to
 * |x| <= 1.5: the argument of the cosine grows like exp(x²), so in float32 its digits are gone soon after.
 */
import { Graph, gradients } from 'retrograph';
import { add, cos, exp, sqrt, square } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result } from '../example.ts';
import { at, differences, type Vector } from '../matrix.ts';

const POINTS: Vector = [-1.5, -0.75, 0.25, 1, 1.5];

export function graph() {
  const g = new Graph();
  const x = g.placeholder('x', ['$points']);
  const a = g.name('a', square(x));
  const b = g.name('b', exp(a));
  const c = g.name('c', add(a, b));
  const d = g.name('d', sqrt(c));
  const e = g.name('e', cos(c));
  const f = g.name('f', add(d, e));
  const forward = g.nodes.length;
  const backward = gradients(f, { d, e, c, b, a, x });
  return { graph: g, x, f, forward, backward, both: g.nodes.length };
}

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const { x, f, forward, backward, both } = graph();
  const out = await evaluate({ f, ...backward, second: gradients(backward.x, x) }, { feeds: { x: POINTS } }, options);

  const each = (of: (x: number) => number): Vector => POINTS.map(of);
  const c = (x: number): number => x ** 2 + Math.exp(x ** 2);
  const value = (x: number): number => Math.sqrt(c(x)) + Math.cos(c(x));
  const byC = (x: number): number => 1 / (2 * Math.sqrt(c(x))) - Math.sin(c(x));
  const inner = (x: number): number => 2 * x + 2 * x * Math.exp(x ** 2);
  const first = (x: number): number => inner(x) / (2 * Math.sqrt(c(x))) - Math.sin(c(x)) * inner(x);
  const factored = (x: number): number => 2 * x * byC(x) * (1 + Math.exp(x ** 2));
  const second = (x: number): number => {
    const curvature = -1 / (4 * c(x) ** 1.5) - Math.cos(c(x));
    return curvature * inner(x) ** 2 + byC(x) * (2 + (2 + 4 * x ** 2) * Math.exp(x ** 2));
  };
  const slope = (of: (x: number) => number): Vector =>
    each((x) =>
      at(
        differences((m) => of(at(m, 0, 0)), [[x]]),
        0,
        0,
      ),
    );
  return [
    result('(5.109)', 'f(x) at x = −1.5, −0.75, 0.25, 1, 1.5', out.f, each(value)),
    result(
      'node d',
      '∂f/∂d = 1, where d = √c',
      out.d,
      each(() => 1),
    ),
    result(
      'node e',
      '∂f/∂e = 1, where e = cos c',
      out.e,
      each(() => 1),
    ),
    result('node c', '∂f/∂c = 1/(2√c) − sin c, where c = a + b', out.c, each(byC)),
    result('node b', '∂f/∂b = ∂f/∂c, where b = exp a', out.b, each(byC)),
    result(
      'node a',
      '∂f/∂a = ∂f/∂b exp a + ∂f/∂c, where a = x²',
      out.a,
      each((x) => byC(x) * (1 + Math.exp(x ** 2))),
    ),
    result('(5.110)', 'df/dx, first line', out.x, each(first), { differences: slope(value) }),
    result('(5.110)', 'df/dx, second line: 2x (1/(2√c) − sin c)(1 + exp x²)', out.x, each(factored), {
      differences: slope(value),
    }),
    result('(5.110)′ (ours)', 'd²f/dx²', out.second, each(second), { differences: slope(first) }),
    result(
      'cost',
      `f has ${forward} nodes, f and its derivatives by all of them ${both}: no more than 4 times as many`,
      both <= 4 * forward ? 1 : 0,
      1,
    ),
  ];
}
