import {
  attr,
  broadcastTo,
  cast,
  type Dim,
  DTypeError,
  defineComposite,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
  upcast,
} from '../../engine/index.ts';
import { contract, isStretched, onDiagonals } from './einsum-contraction.ts';
import { type Equation, formatEquation, labelDims, parseEquation, requireLabelDims } from './einsum-equation.ts';

interface Shaped {
  readonly shape: readonly Dim[];
}
const parsed = (equation: string, tensors: readonly Shaped[]): Equation =>
  parseEquation(
    equation,
    tensors.map((t) => t.shape.length),
  );
const dimsOf = (equation: Equation, tensors: readonly Shaped[]): ReadonlyMap<string, Dim> =>
  labelDims(
    equation,
    tensors.map((t) => t.shape),
  );

export const Einsum = defineComposite({
  name: 'Einsum',
  inputs: ['...tensors'],
  attrs: { equation: attr.string() },
  infer: ({ tensors }, attrs) => {
    const [first] = tensors;
    const equation = parsed(attrs.equation, tensors);
    for (const { dtype } of tensors) {
      if (dtype !== first!.dtype) throw new DTypeError(`operands of ${first!.dtype} and ${dtype}`);
      if (dtype !== 'float32' && dtype !== 'int32') throw new DTypeError(`operands of ${dtype}, not float32 or int32`);
    }
    requireLabelDims(
      equation,
      tensors.map((t) => t.shape),
    );
    const dims = dimsOf(equation, tensors);
    return [{ dtype: first!.dtype, shape: equation.output.map((label) => dims.get(label)!) }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ tensors }, attrs) => {
        const equation = parsed(attrs.equation, tensors);
        return contract(equation, tensors, dimsOf(equation, tensors));
      },
    },
  ],
  traits: { linear: ['tensors'] },
  gradient: {
    tensors: ({ tensors }, { dy, attrs }) => {
      const equation = parsed(attrs.equation, tensors);
      return tensors.map((_, k) => cotangent(equation, tensors, k, dy));
    },
  },
});

/**
 * The cotangent of an operand: the sum of the other operands times that of the result, over the labels that the operand
 * lacks; the same for all indices of a label that only the operand has; on the diagonal of labels that it has twice.
 */
function cotangent(equation: Equation, tensors: readonly Sym[], k: number, dy: Sym): Sym {
  const x = tensors[k]!;
  const own = equation.operands[k]!;
  const dims = dimsOf(equation, tensors);
  const isOther = (_: unknown, i: number): boolean => i !== k;
  const operands = [equation.output, ...equation.operands.filter(isOther)];
  const elsewhere = new Set(operands.flat());
  const once = [...new Set(own)];
  const ownDim = (label: string): Dim => x.shape[own.indexOf(label)]!;
  const output = once.filter((label) => elsewhere.has(label) && !isStretched(ownDim(label), dims.get(label)!));
  const g = einsum(formatEquation({ operands, output }), dy, ...tensors.filter(isOther));
  const spread = reshape(
    g,
    once.map((label) => (output.includes(label) ? g.shape[output.indexOf(label)]! : 1)),
  );
  return onDiagonals(broadcastTo(spread, once.map(ownDim)), once, own);
}

/**
 * The sum of products over the labels that are not in the result, by any equation that numpy takes: any number of operands,
 * an ellipsis, labels twice in one operand (its diagonal), no arrow. A dim of 1 is broadcast. Several operands are multiplied
 * pair by pair, the pair that leaves the least first, each as a matrix product.
 * @throws AttributeError for what is no equation; ShapeError where it does not go with the operands
 */
export function einsum(equation: string, ...tensors: SymLike[]): Sym {
  const syms = tensors.map((x) => lift(x));
  const dtype = syms.map((x) => x.dtype).reduce(upcast, 'int32');
  return Einsum.node(
    { tensors: syms.map((x) => cast(x, dtype)) },
    { equation: formatEquation(parsed(equation, syms)) },
  );
}

export const doc: OpDoc = {
  summary: 'A sum of products, by an equation of labels.',
  forward: 'y_o = \\sum_{s} \\prod_k x^{(k)}_{l_k}, \\; s \\text{ the labels that } o \\text{ lacks}',
  gradient: {
    tensors:
      '\\bar x^{(k)}_{l_k} = \\sum \\bar y_o \\prod_{j \\ne k} x^{(j)}_{l_j}, \\text{ over the labels that } l_k \\text{ lacks}',
  },
  source: 'the derivative of a product, for each factor; Laue et al., "A simple and efficient tensor calculus" (2020)',
};
const tfGradIsWrong = 'it has none';
type Shape = readonly (string | number)[];
/** A row of the kernel's own equations: one or two operands, none of them with a label twice. */
const row = (equation: string, ...shapes: Shape[]) =>
  sample({ tensors: shapes.map((shape) => uniform(shape)) }, { attrs: { equation }, note: equation, tfGradIsWrong });
/** Of equations that tfjs does not take, or gets wrong, with what they mean. */
const written = (
  equation: string,
  shapes: readonly Shape[],
  reference: NonNullable<SampleOptions['reference']>,
  options: SampleOptions = {},
) =>
  sample(
    { tensors: shapes.map((shape) => uniform(shape)) },
    {
      build: ({ tensors }) => einsum(equation, ...(tensors as unknown as readonly Sym[])),
      reference,
      tfjs: (tf, inputs) => tf.einsum(equation, ...inputs),
      tfGradIsWrong,
      note: equation,
      ...options,
    },
  );
export const samples = () => [
  row('ij,jk->ik', ['$n', 3], [3, 2]),
  row('ij,kj->ki', ['$n', 3], [2, 3]),
  row('bij,bjk->bik', ['$b', 2, 3], ['$b', 3, 2]),
  row('bqhd,bkhd->bhqk', ['$b', 2, 2, 3], ['$b', 3, 2, 3]),
  row('ij->ji', ['$n', 3]),
  row('ij->i', [2, '$n']),
  row('ijk->', [2, '$n', 3]),
  row('i,i->', ['$n'], ['$n']),
  row('i,i->i', ['$n'], ['$n']),
  row('i,j->ij', ['$n'], [3]),
  row('ab,bcd->dac', [2, 3], [3, 2, '$n']),
  row('abc,cb->a', ['$n', 2, 3], [3, 2]),
  row('ij,ij->ji', [2, 3], [2, 3]),
  row('ij,jk->ik', [2, 0], [0, 3]),
  written(
    'ij,jk',
    [
      ['$n', 3],
      [3, 2],
    ],
    (tf, [a, b]) => tf.matMul(a!, b!),
  ),
  written('ba', [['$n', 3]], (tf, [a]) => tf.transpose(a!)),
  written('ii', [[3, 3]], (tf, [a]) => tf.sum(tf.mul(a!, tf.eye(3)))),
  written('ii->i', [['$n', '$n']], (tf, [a]) => tf.sum(tf.mul(a!, tf.eye(a!.shape[0]!)), 1)),
  written('iji->j', [[2, '$n', 2]], (tf, [a]) => tf.sum(tf.mul(a!, tf.reshape(tf.eye(2), [2, 1, 2])), [0, 2])),
  written('iii->i', [[2, 2, 2]], (tf, [a]) => tf.gather(tf.reshape(a!, [8]), tf.tensor1d([0, 7], 'int32'))),
  written('ii,i->i', [[3, 3], [3]], (tf, [a, b]) => tf.mul(tf.sum(tf.mul(a!, tf.eye(3)), 1), b!)),
  written('i,j->', [['$n'], [3]], (tf, [a, b]) => tf.mul(tf.sum(a!), tf.sum(b!))),
  written('i->', [['$n']], (tf, [a]) => tf.sum(a!)),
  written(',ij->ij', [[], ['$n', 2]], (tf, [a, b]) => tf.mul(a!, b!)),
  written(
    '...ij,...jk->...ik',
    [
      ['$b', 2, 3],
      ['$b', 3, 2],
    ],
    (tf, [a, b]) => tf.matMul(a!, b!),
  ),
  written(
    '...ij,jk',
    [
      ['$b', 2, 2, 3],
      [3, 2],
    ],
    (tf, [a, b]) => tf.reshape(tf.matMul(tf.reshape(a!, [-1, 3]), b!), [...a!.shape.slice(0, 3), 2]),
  ),
  written(
    '...i,...i->...',
    [
      [2, 1, '$n'],
      [3, '$n'],
    ],
    (tf, [a, b]) => tf.sum(tf.mul(a!, b!), -1),
    { note: 'an ellipsis, broadcast' },
  ),
  written('i...->...i', [[2, 3, '$n']], (tf, [a]) => tf.transpose(a!, [1, 2, 0])),
  written(
    'ij,ij->i',
    [
      ['$n', 1],
      ['$n', 3],
    ],
    (tf, [a, b]) => tf.sum(tf.mul(a!, b!), 1),
    {
      note: 'a dim of 1 is broadcast',
    },
  ),
  written('ij,j->', [['$n', 1], [3]], (tf, [a, b]) => tf.mul(tf.sum(a!), tf.sum(b!)), {
    note: 'a dim of 1, of a label that is summed',
  }),
  written(
    'ij,jk,kl->il',
    [
      ['$n', 2],
      [2, 3],
      [3, 2],
    ],
    (tf, [a, b, c]) => tf.matMul(tf.matMul(a!, b!), c!),
  ),
  written(
    'bi,ijk,bk->bj',
    [
      ['$b', 2],
      [2, 2, 3],
      ['$b', 3],
    ],
    (tf, [a, w, b]) => {
      const left = tf.reshape(tf.matMul(a!, tf.reshape(w!, [2, 6])), [-1, 2, 3]);
      return tf.sum(tf.mul(left, tf.expandDims(b!, 1)), 2);
    },
  ),
  written('i,i,i,i->i', [['$n'], ['$n'], ['$n'], ['$n']], (tf, xs) =>
    xs.slice(1).reduce((a, b) => tf.mul(a, b), xs[0]!),
  ),
  written('a,b,c->cab', [[2], ['$n'], [3]], (tf, [a, b, c]) =>
    tf.mul(tf.reshape(c!, [3, 1, 1]), tf.mul(tf.reshape(a!, [2, 1]), b!)),
  ),
  sample(
    { tensors: [integers(['$n', 3], -5, 5), integers([3, 2], -5, 5)] },
    { attrs: { equation: 'ij,jk->ik' }, notDifferentiable: 'integers' },
  ),
];
