/** An op of a Function, outside of the library: a user's function, applied again and again. */
import type { Sym, SymLike } from 'retrograph';
import {
  apply,
  attr,
  defineComposite,
  float,
  GraphError,
  type OpDoc,
  requireArguments,
  type SampleOptions,
  sample,
  trace,
  uniform,
} from 'retrograph/engine';
import { add, mul, sin } from 'retrograph/ops';

export const Repeat = defineComposite({
  name: 'Repeat',
  inputs: ['x', '...captured'],
  attrs: { body: attr.fn(), times: attr.int() },
  infer: ({ x, captured }, { body, times }) => {
    if (times < 0) throw new GraphError(`a function cannot be applied ${times} times`);
    requireArguments(body, [x, ...captured]);
    requireArguments(body, [...body.results, ...captured]); // what it gives, it takes again
    return [x];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, captured }, { body, times }) => {
        let value = x;
        for (let i = 0; i < times; i++) [value] = apply(body, [value, ...captured]) as [Sym];
        return value;
      },
    },
  ],
});

/** f(f(... f(x))), `times` times; f gives a value of x's type. What it uses of its surroundings is captured. @throws GraphError */
export function repeat(times: number, f: (value: Sym) => Sym, x: SymLike): Sym {
  const start = float(x);
  const { fn: body, captured } = trace(start.node.graph, [start], ([value]) => [f(value!)]);
  return Repeat.node({ x: start, captured }, { body, times });
}

export const doc: OpDoc = {
  summary: 'A function, applied again and again.',
  forward: 'y = f^n(x, c)',
  gradient: {
    x: '\\bar y \\, \\partial f^n / \\partial x',
    captured: '\\bar y \\, \\partial f^n / \\partial c',
  },
  source: 'the chain rule',
};

const options: SampleOptions = { tfjs: null };

export const samples = [
  sample(
    { x: uniform(['$n', 3]) },
    {
      ...options,
      build: ({ x }) => repeat(2, (v) => add(sin(v), v), x!),
      reference: (tf, [x]) => {
        const once = tf.add(tf.sin(x!), x!);
        return tf.add(tf.sin(once), once);
      },
    },
  ),
  sample(
    { x: uniform([2, 3]), w: uniform([3]) },
    {
      ...options,
      build: ({ x, w }) => repeat(3, (v) => mul(v, w!), x!),
      reference: (tf, [x, w]) => tf.mul(x!, tf.pow(w!, 3)),
      note: 'a captured value',
    },
  ),
  sample(
    { x: uniform([2]) },
    { ...options, build: ({ x }) => repeat(0, sin, x!), reference: (tf, [x]) => tf.clone(x!), note: 'not once' },
  ),
];
