/** Legalization rules and fusions for ops that tfjs's wasm backend lacks, or computes wrongly or slowly. */
import type { FusionRule, LegalizeRule } from '../../engine/index.ts';
import { cast, fill, pattern, reshape } from '../../engine/index.ts';
import { logicalAnd } from '../../ops/comparison/logical-and.ts';
import { logicalNot } from '../../ops/comparison/logical-not.ts';
import { logicalOr } from '../../ops/comparison/logical-or.ts';
import { notEqual } from '../../ops/comparison/not-equal.ts';
import { fusedMatMul } from '../../ops/matrix/fused-mat-mul.ts';
import { reverse } from '../../ops/shape/reverse.ts';
import { biasOfProduct } from '../bias-fusions.ts';
import { longProductsApart } from '../long-reductions.ts';
import { convolutionBoundRules, convolutionFusions, convolutionRules } from './convolution-rules.ts';
import { shapeRules } from './shape-rules.ts';

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

export const boundRules: readonly LegalizeRule[] = [longProductsApart, ...convolutionBoundRules];

export const fusions: readonly FusionRule[] = [
  ...convolutionFusions,
  biasOfProduct,
  {
    name: 'mat-mul-bias-and-relu',
    reason: 'the activation in the same pass',
    // a product of rank 2 is a view of the kernel's product of rank 3
    pattern: pattern('Relu', [
      pattern('Reshape', [
        pattern('_FusedMatMul', ['a', 'b', 'bias'], { when: ({ attrs }) => attrs.activation === 'linear' }),
      ]),
    ]),
    rewrite: ({ a, b, bias }, { outputs }) => reshape(fusedMatMul(a!, b!, bias!, 'relu'), outputs[0]!.shape),
  },
];
