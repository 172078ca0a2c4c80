/** Reductions of many terms, which kernels add up in one float32: see docs/conventions.md, "Sums". */
import type { Dim, LegalizeRule, Node, Shape } from '../engine/index.ts';
import { asComposite } from './rules.ts';

/** Sums of more terms than this are long. */
export const LONG = 4096;

/** How many terms each element of a matrix product is the sum of. */
export const termsOfProduct = (a: Shape, transposeA: unknown): Dim => a.at(transposeA ? -2 : -1)!;

const reason = 'the kernel adds up all terms in one float32, of which a million that are equal lose three digits';

/** Of an op whose parts are computed right, where there are many terms. */
export const whereLong = (op: string, isLong: (node: Node) => boolean): LegalizeRule => ({
  name: `long-${op.replace(/^_/, '')}-apart`,
  reason,
  op,
  rewrite: (node) => (isLong(node) ? asComposite(node) : undefined),
});

/** For bound dims, of backends that compute long products right. */
export const longProductsApart: LegalizeRule = whereLong(
  '_FusedMatMul',
  ({ inputs, attrs }) => (termsOfProduct(inputs[0]!.shape, attrs.transposeA) as number) > LONG,
);
