/** What tfjs's wasm backend lacks, computes wrongly or slowly, and what stands in for it. */
import { type LegalizeRule, type Sym, fill } from '../../engine/index.ts';
import { notEqual } from '../../ops/comparison/not-equal.ts';
import { matMul } from '../../ops/matrix/mat-mul.ts';
import { transpose } from '../../ops/matrix/transpose.ts';

const swapLastTwo = (s: Sym): Sym => transpose(s, [...s.shape.slice(2).map((_, i) => i), s.rank - 1, s.rank - 2]);

export const rules: readonly LegalizeRule[] = [
  {
    name: 'mat-mul-by-explicit-transposes',
    reason: 'a transposed product is 12 to 31 times slower than a transpose and a plain product, which alone reaches XNNPACK',
    op: 'BatchMatMul',
    rewrite: ({ inputs, attrs }) => {
      const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean };
      if (!transposeA && !transposeB) return undefined;
      const [a, b] = inputs;
      return matMul(transposeA ? swapLastTwo(a!) : a!, transposeB ? swapLastTwo(b!) : b!);
    },
  },
  {
    name: 'bool-by-comparison',
    reason: 'the Cast kernel stores the truncated number: 0.5 becomes false',
    op: 'Cast',
    rewrite: ({ inputs, attrs }) => {
      const [x] = inputs;
      if (attrs['dtype'] !== 'bool' || x!.dtype === 'bool') return undefined;
      return x!.dtype === 'int32' ? notEqual(x!, fill([], 0, 'int32')) : notEqual(x!, 0);
    },
  },
];
