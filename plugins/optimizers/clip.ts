/** Gradient clipping, for one gradient, a list or a record. The optimizers' options `clipValue` and `clipNorm` use these functions. */
import { isSym, type MapTree, type Sym, type SymLike, type SymTree, select } from '../../engine/index.ts';
import {
  clipByValue as clip,
  div,
  isFinite as isFiniteNumber,
  isNaN as isNotANumber,
  lessEqual,
  mul,
  norm,
  stack,
} from '../../ops/exports.ts';

const leaves = (tree: SymTree): readonly Sym[] => (isSym(tree) ? [tree] : Object.values(tree));

function mapTree<T extends SymTree>(tree: T, f: (sym: Sym) => Sym): MapTree<T> {
  if (isSym(tree)) return f(tree) as MapTree<T>;
  if (Array.isArray(tree)) return (tree as readonly Sym[]).map(f) as unknown as MapTree<T>;
  return Object.fromEntries(Object.entries(tree).map(([name, sym]) => [name, f(sym)])) as MapTree<T>;
}

/**
 * The square root of the sum of squares of all elements of all values. The squares do not overflow; NaN if any element is NaN. Its gradient
 * is 0 if the norm is 0.
 */
export function globalNorm(values: SymTree): Sym {
  const norms = leaves(values).map((x) => norm(x));
  return norms.length === 1 ? norms[0]! : norm(stack(norms));
}

/** Limits each element to [min, max]. NaN stays NaN. */
export function clipByValue<T extends SymTree>(values: T, min: number, max: number): MapTree<T> {
  return mapTree(values, (x) => select(isNotANumber(x), x, clip(x, min, max)));
}

/**
 * Scales all values by min(1, maxNorm / norm), where norm is the global norm (R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of
 * training recurrent neural networks", 2013). Zeros stay zeros. If the norm is infinite or NaN, all values become NaN, as in
 * tf.clip_by_global_norm.
 */
export function clipByGlobalNorm<T extends SymTree>(values: T, maxNorm: SymLike): MapTree<T> {
  const length = globalNorm(values);
  const limited = select(isFiniteNumber(length), div(maxNorm, length), Number.NaN);
  const scale = select(lessEqual(length, maxNorm), 1, limited);
  return mapTree(values, (x) => mul(x, scale));
}
