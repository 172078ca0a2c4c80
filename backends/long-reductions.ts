/** Rules for reductions of many terms, which kernels sum in one float32: see docs/conventions.md, "Sums". */
import type { Dim, LegalizeRule, Node, Shape } from '../engine/index.ts';
import { asComposite } from './rules.ts';

/** Sums of more terms than this are long. */
export const LONG = 4096;

/** The number of terms that each element of a matrix product sums. */
export const termsOfProduct = (a: Shape, transposeA: unknown): Dim => a.at(transposeA ? -2 : -1)!;

const reason = 'the kernel sums all terms in one float32, which loses three digits for a million equal terms';

/** A rule that expands an op with many terms into its composite, whose ops sum them precisely. */
export const whereLong = (op: string, isLong: (node: Node) => boolean): LegalizeRule => ({
  name: `long-${op.replace(/^_/, '')}-apart`,
  reason,
  op,
  rewrite: (node) => (isLong(node) ? asComposite(node) : undefined),
});

/** For bound dims, on backends with a precise kernel for long products. */
export const longProductsApart: LegalizeRule = whereLong(
  '_FusedMatMul',
  ({ inputs, attrs }) => (termsOfProduct(inputs[0]!.shape, attrs.transposeA) as number) > LONG,
);
