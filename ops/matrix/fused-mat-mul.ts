import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, broadcastShapes, defineComposite, lift, requireEqual, reshape, ShapeError } from '../../engine/index.ts';
import { relu } from '../activation/relu.ts';
import { relu6 } from '../activation/relu6.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { add } from '../elementwise/add.ts';
import { matMul } from './mat-mul.ts';

const ACTIVATIONS = { linear: (x: Sym) => x, relu, relu6, sigmoid };
export type FusedActivation = keyof typeof ACTIVATIONS;

/**
 * A matrix product of values of rank 3, a bias and an activation in one kernel. Backends' rules create it; its gradients are those of its
 * composite.
 */
export const FusedMatMul = defineComposite({
  name: '_FusedMatMul',
  inputs: ['a', 'b', 'bias?'],
  attrs: {
    transposeA: attr.bool(false),
    transposeB: attr.bool(false),
    activation: attr.oneOf(Object.keys(ACTIVATIONS) as FusedActivation[], 'linear'),
  },
  infer: ({ a, b, bias }, { transposeA, transposeB }) => {
    if (a.shape.length !== 3 || b.shape.length !== 3)
      throw new ShapeError(`operands of rank ${a.shape.length} and ${b.shape.length}, not 3`);
    const [m, k] = transposeA ? [a.shape[2]!, a.shape[1]!] : [a.shape[1]!, a.shape[2]!];
    const [k2, n] = transposeB ? [b.shape[2]!, b.shape[1]!] : [b.shape[1]!, b.shape[2]!];
    requireEqual(k, k2, 'the inner dimensions');
    if (bias !== undefined) requireEqual(bias.shape[0] ?? 1, n, 'the bias and the columns of b');
    return [{ dtype: 'float32', shape: [...broadcastShapes(a.shape.slice(0, 1), b.shape.slice(0, 1)), m, n] }];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ a, b, bias }, { transposeA, transposeB, activation }) => {
        const product = matMul(a, b, transposeA, transposeB);
        return ACTIVATIONS[activation](bias === undefined ? product : add(product, bias));
      },
    },
  ],
});

/** activation(a b + bias), for matrices. */
export function fusedMatMul(a: SymLike, b: SymLike, bias: SymLike, activation: FusedActivation = 'linear'): Sym {
  const [x, y] = [asBatch(lift(a)), asBatch(lift(b))];
  const fused = FusedMatMul.node({ a: x, b: y, bias }, { activation });
  return x.shape[0] === 1 && y.shape[0] === 1 ? reshape(fused, fused.shape.slice(1)) : fused;
}

const asBatch = (x: Sym): Sym => (x.rank === 2 ? reshape(x, [1, ...x.shape]) : x);

export const doc: OpDoc = {
  summary: 'Matrix product, bias and activation in one kernel.',
  forward: 'Y = \\sigma(A B + b)',
  gradient: {
    a: "(\\bar Y \\odot \\sigma') B^\\top",
    b: "A^\\top (\\bar Y \\odot \\sigma')",
    bias: "\\sum_{rows} \\bar Y \\odot \\sigma'",
  },
  source: 'Auddy, eqs. (1)-(4), (25)-(29)',
};
