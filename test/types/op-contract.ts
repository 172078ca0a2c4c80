// What the compiler must accept and refuse of an op's definition. Checked by `npm run check`; nothing here is run.
import { attr, defineOp, NOT_DIFFERENTIABLE, ZERO } from '../../engine/index.ts';
import { compile, Graph, gradients, type Sym, type SymLike } from '../../index.node.ts';
import { matMul, mul, sum } from '../../ops/index.ts';

const kernel = [{ kind: 'kernel' }] as const;

// rules see the inputs that their op has; an optional one is there inside its own rule
export const Fused = defineOp({
  name: 'Fused',
  inputs: ['x', 'filter', 'bias?'],
  attrs: { strides: attr.ints(), rate: attr.number(1) },
  infer: ({ x, bias }, { strides, rate }) => {
    const first: number | undefined = strides[0];
    const scale: number = rate;
    return first === scale && bias?.shape !== undefined ? [bias] : [x];
  },
  lowering: kernel,
  gradient: {
    x: ({ filter }, { dy }) => mul(dy, filter),
    filter: ({ x }, { dy, attrs }) => mul(mul(dy, x), attrs.strides[0] ?? 1),
    bias: ({ bias }, { dy }) => mul(dy, bias),
  },
});
export const oneDefault: Sym = Fused.node({ x: 1, filter: [2] }, { strides: [1] });

// inputs may be called dy and y, as sixteen tfjs kernels call them: they and the context are two parameters
export const EluGradLike = defineOp({
  name: 'EluGradLike',
  inputs: ['dy', 'y'],
  infer: ({ y }) => [y],
  lowering: kernel,
  gradient: { dy: ({ y }, { dy }) => mul(dy, y), y: ({ dy: incoming }, { dy }) => mul(dy, incoming) },
});

export const SeveralOutputs = defineOp({
  name: 'SeveralOutputs',
  inputs: ['x'],
  outputs: ['values', 'indices'],
  infer: ({ x }) => [x, x],
  lowering: kernel,
  gradient: { x: (_inputs, { ys, dys }) => mul(dys.values, ys.indices) },
});

export const Variadic = defineOp({
  name: 'Variadic',
  inputs: ['...xs'],
  infer: ({ xs }) => [xs[0]!],
  lowering: kernel,
  gradient: { xs: ({ xs }, { dy }) => xs.map(() => dy) },
});

export const Declared = defineOp({
  name: 'Declared',
  inputs: ['x', 'index'],
  infer: ({ x }) => [x],
  lowering: kernel,
  gradient: { x: ZERO, index: NOT_DIFFERENTIABLE },
});

// --- what must be refused

defineOp({
  name: 'B',
  inputs: ['a', 'b'],
  infer: ({ a }) => [a],
  lowering: kernel,
  // @ts-expect-error no rule for b
  gradient: { a: (_i, { dy }) => dy },
});
defineOp({
  name: 'B',
  inputs: ['x', 'bias?'],
  infer: ({ x }) => [x],
  lowering: kernel,
  // @ts-expect-error no rule for the optional bias
  gradient: { x: (_i, { dy }) => dy },
});
// @ts-expect-error no gradient at all
defineOp({ name: 'B', inputs: ['x'], infer: ({ x }) => [x], lowering: kernel });
defineOp({
  name: 'B',
  inputs: ['...xs'],
  infer: ({ xs }) => [xs[0]!],
  lowering: kernel,
  // @ts-expect-error a variadic rule gives one gradient for each element
  gradient: { xs: (_i, { dy }) => dy },
});
defineOp({
  name: 'B',
  inputs: ['x', 'bias?'],
  infer: ({ x }) => [x],
  lowering: kernel,
  gradient: {
    // @ts-expect-error bias may be absent in x's rule
    x: ({ bias }, { dy }) => mul(dy, bias),
    bias: (_i, { dy }) => dy,
  },
});
defineOp({
  name: 'B',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: kernel,
  gradient: {
    x: (_i, { dy }) => dy,
    // @ts-expect-error no such input
    z: (_i: unknown, { dy }: { dy: SymLike }) => dy,
  },
});
// @ts-expect-error strides have no default
Fused.node({ x: 1, filter: 2 });
// @ts-expect-error no such attribute
Fused.node({ x: 1, filter: 2 }, { strides: [1], padding: 'same' });

// --- results are typed by the names of the outputs
export async function results(): Promise<number> {
  const g = new Graph();
  const x = g.placeholder('x', ['$n', 2]);
  const w = g.variable('w', [2, 1]);
  const loss = sum(matMul(x, w));
  const grads = gradients(loss, { w });
  // @ts-expect-error no gradient by that name
  void grads.v;
  const program = await compile({ loss, w: grads.w });
  const out = await program.run({ x: [[1, 2]] });
  // @ts-expect-error no such output
  void out.nope;
  return out.loss.item() + out.w.data.length;
}
