/** Legalization rules and fusions for ops that tfjs's wasm backend lacks, or computes wrongly or slowly. */
import type { FusionRule, LegalizeRule, Sym } from '../../engine/index.ts';
import { cast, fill, pattern, reshape, sizeOf } from '../../engine/index.ts';
import { logicalAnd } from '../../ops/comparison/logical-and.ts';
import { logicalNot } from '../../ops/comparison/logical-not.ts';
import { logicalOr } from '../../ops/comparison/logical-or.ts';
import { notEqual } from '../../ops/comparison/not-equal.ts';
import { fusedMatMul } from '../../ops/matrix/fused-mat-mul.ts';
import { matMul } from '../../ops/matrix/mat-mul.ts';
import { transpose } from '../../ops/matrix/transpose.ts';
import { reverse } from '../../ops/shape/reverse.ts';
import { biasOfProduct } from '../bias-fusions.ts';
import { longProductsApart } from '../long-reductions.ts';
import { convolutionBoundRules, convolutionFusions, convolutionRules } from './convolution-rules.ts';
import { shapeRules } from './shape-rules.ts';

const swapLastTwo = (s: Sym): Sym => transpose(s, [...s.shape.slice(2).map((_, i) => i), s.rank - 1, s.rank - 2]);

export const rules: readonly LegalizeRule[] = [
  ...convolutionRules,
  {
    name: 'bool-by-comparison',
    reason: 'the Cast kernel stores the truncated number: 0.5 becomes false',
    op: 'Cast',
    rewrite: ({ inputs, attrs }) => {
      const [x] = inputs;
      if (attrs.dtype !== 'bool' || x!.dtype === 'bool') return undefined;
      return x!.dtype === 'int32' ? notEqual(x!, fill([], 0, 'int32')) : notEqual(x!, 0);
    },
  },
  {
    name: 'bool-reverse-by-int',
    reason: 'the Reverse kernel copies 4 bytes for each bool, beyond the end of its output',
    op: 'Reverse',
    rewrite: ({ inputs, attrs }) => {
      const [x] = inputs;
      return x!.dtype === 'bool'
        ? cast(reverse(cast(x!, 'int32'), attrs.dims as readonly number[]), 'bool')
        : undefined;
    },
  },
  {
    name: 'bool-select-by-logic',
    reason: 'the Select kernel reads bools as 4 bytes each, beyond the end of the heap',
    op: 'Select',
    rewrite: ({ inputs, outputs }) => {
      const [c, t, e] = inputs;
      return outputs[0]!.dtype === 'bool' ? logicalOr(logicalAnd(c!, t!), logicalAnd(logicalNot(c!), e!)) : undefined;
    },
  },
  ...shapeRules,
];

/** With fewer multiplications, a transposed product is faster than explicit transposes. */
const SMALL_PRODUCT = 4096;

export const boundRules: readonly LegalizeRule[] = [
  longProductsApart,
  ...convolutionBoundRules,
  {
    name: 'mat-mul-by-explicit-transposes',
    reason:
      'a transposed product is 12 to 31 times slower than a transpose and a plain product, since only plain ones use XNNPACK',
    op: 'BatchMatMul',
    rewrite: ({ inputs, outputs, attrs }) => {
      const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
      const [a, b] = inputs;
      const size = sizeOf(outputs[0]!.shape as number[]) * (a!.shape.at(transposeA ? -2 : -1) as number);
      if ((!transposeA && !transposeB) || size < SMALL_PRODUCT) return undefined;
      return matMul(transposeA ? swapLastTwo(a!) : a!, transposeB ? swapLastTwo(b!) : b!);
    },
  },
];

/** Activations of the fused kernel, by op; without Relu and Relu6, which turn NaN into 0 there. */
const ACTIVATIONS: Readonly<Record<string, 'sigmoid'>> = { Sigmoid: 'sigmoid' };

export const fusions: readonly FusionRule[] = [
  ...convolutionFusions,
  biasOfProduct,
  ...Object.entries(ACTIVATIONS).map(
    ([op, activation]): FusionRule => ({
      name: `mat-mul-bias-and-${activation}`,
      reason: 'the activation in the same pass',
      // a product of rank 2 is a view of the kernel's product of rank 3
      pattern: pattern(op, [
        pattern('Reshape', [
          pattern('_FusedMatMul', ['a', 'b', 'bias'], { when: ({ attrs }) => attrs.activation === 'linear' }),
        ]),
      ]),
      rewrite: ({ a, b, bias }, { outputs }) => reshape(fusedMatMul(a!, b!, bias!, activation), outputs[0]!.shape),
    }),
  ),
];
