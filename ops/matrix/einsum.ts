import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, broadcastTo, cast, DTypeError, defineComposite, lift, reshape, upcast } from '../../engine/index.ts';
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
 * The cotangent of an operand: the product of the other operands and dy, summed over labels that the operand does not have, repeated along
 * labels that only it has, and on the diagonal of labels that it has twice.
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
 * The sum of products over the labels that are not in the result. All equations of numpy are supported: any number of operands, an
 * ellipsis, repeated labels in an operand (its diagonal), no arrow. A dim of 1 is broadcast. Several operands are multiplied pair by pair,
 * the pair that leaves the smallest values first, each as a matrix product.
 * @throws AttributeError for an invalid equation; ShapeError if it does not match the operands
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
