/**
 * Section 5.2.2: the chain rule for a function of two values that depend on t, and on s and t. Gradients are rows, the
 * derivatives of a vector by a number are columns, and the chain rule is the product of a row and a matrix.
 *
 * The functions are ours: f = x1² + 2 x2 with x1 = sin t, x2 = cos t; and f = x1² x2 with x1 = s cos t, x2 = s + t².
 */
import { Graph, jacobian } from 'retrograph';
import { add, concat, cos, matMul, mul, sin, square } from 'retrograph/ops';
import { evaluate, misnamed, type Result, type RunOptions, result } from '../example.ts';
import { column, differences, type Matrix, matmul, row } from '../matrix.ts';
import { part } from './partial-derivatives.ts';

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [...(await ofOne(options)), ...(await ofTwo(options))];
}

async function ofOne(options: RunOptions): Promise<readonly Result[]> {
  const graph = new Graph();
  const t = graph.placeholder('t', [1]);
  const x = concat([sin(t), cos(t)]);
  const f = add(square(part(x, 0)), mul(2, part(x, 1)));
  const [byX, xByT] = [jacobian(f, x), jacobian(x, t)];
  const value = 0.75;
  const out = await evaluate(
    { f, byX, xByT, byT: jacobian(f, t), product: matMul(byX, xByT) },
    { feeds: { t: [value] } },
    options,
  );

  const of = (t: number): number => Math.sin(t) ** 2 + 2 * Math.cos(t);
  const fByX = row(2 * Math.sin(value), 2);
  const byT = column(Math.cos(value), -Math.sin(value));
  const closed = [[2 * Math.sin(value) * Math.cos(value) - 2 * Math.sin(value)]];
  return [
    result('f(t)', 'f(x1(t), x2(t))', out.f, [of(value)]),
    result('(5.49)', '[∂f/∂x1 ∂f/∂x2], a row', out.byX, fByX),
    result('(5.49)', '∂x1/∂t over ∂x2/∂t, a column', out.xByT, byT),
    result('(5.49)', 'df/dt, the row times the column', out.product, matmul(fByX, byT)),
    result('(5.49)', 'df/dt = ∂f/∂x1 ∂x1/∂t + ∂f/∂x2 ∂x2/∂t', out.byT, closed, {
      differences: differences((m) => of(m[0]![0]!), [[value]]),
    }),
  ];
}

async function ofTwo(options: RunOptions): Promise<readonly Result[]> {
  const graph = new Graph();
  const st = graph.placeholder('st', [2]);
  const [s, t] = [part(st, 0), part(st, 1)];
  const x = concat([mul(s, cos(t)), add(s, square(t))]);
  const f = mul(square(part(x, 0)), part(x, 1));
  const [byX, xBySt] = [jacobian(f, x), jacobian(x, st)];
  const point = row(0.75, 1.25);
  const out = await evaluate(
    { f, byX, xBySt, byS: jacobian(f, s), byT: jacobian(f, t), bySt: jacobian(f, st), product: matMul(byX, xBySt) },
    { feeds: { st: point[0]! } },
    options,
  );

  const inner = ([s = 0, t = 0]: readonly number[]) => [s * Math.cos(t), s + t ** 2] as const;
  const of = (m: Matrix): number => {
    const [x1, x2] = inner(m[0]!);
    return x1 ** 2 * x2;
  };
  const [S = 0, T = 0] = point[0]!;
  const [x1, x2] = inner(point[0]!);
  const fByX = row(2 * x1 * x2, x1 ** 2);
  const matrix = [
    [Math.cos(T), -S * Math.sin(T)],
    [1, 2 * T],
  ];
  const byS = 2 * x1 * x2 * Math.cos(T) + x1 ** 2 * 1;
  const byT = 2 * x1 * x2 * -S * Math.sin(T) + x1 ** 2 * 2 * T;
  const numeric = differences(of, point);
  const twice = misnamed(
    '(5.51) and (5.52)',
    'the two equations stand twice, the second time with the text before them',
  );
  return [
    result('f(s, t)', 'f(x1(s, t), x2(s, t))', out.f, [of(point)]),
    result('(5.51)', '∂f/∂s = ∂f/∂x1 ∂x1/∂s + ∂f/∂x2 ∂x2/∂s', out.byS, [[byS]], {
      differences: [[numeric[0]![0]!]],
      slip: twice,
    }),
    result('(5.52)', '∂f/∂t = ∂f/∂x1 ∂x1/∂t + ∂f/∂x2 ∂x2/∂t', out.byT, [[byT]], { differences: [[numeric[0]![1]!]] }),
    result('(5.53)', '∂f/∂x, 1 x 2', out.byX, fByX),
    result('(5.53)', '∂x/∂(s, t), 2 x 2', out.xBySt, matrix),
    result('(5.53)', 'df/d(s, t) = ∂f/∂x ∂x/∂(s, t), the product', out.product, matmul(fByX, matrix)),
    result('(5.53)', 'df/d(s, t), differentiated at once', out.bySt, [[byS, byT]], { differences: numeric }),
  ];
}
