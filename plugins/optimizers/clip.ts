/** Gradient clipping, over one gradient, a list or a record of them. The optimizers' options `clipValue` and `clipNorm` call these. */
import {
  addN,
  isSym,
  type MapTree,
  type Sym,
  type SymLike,
  type SymTree,
  select,
  sumAxes,
} from '../../engine/index.ts';
import { clipByValue as clip, div, greater, mul, sqrt, square } from '../../ops/exports.ts';

const leaves = (tree: SymTree): readonly Sym[] => (isSym(tree) ? [tree] : Object.values(tree));

function mapTree<T extends SymTree>(tree: T, f: (sym: Sym) => Sym): MapTree<T> {
  if (isSym(tree)) return f(tree) as MapTree<T>;
  if (Array.isArray(tree)) return (tree as readonly Sym[]).map(f) as unknown as MapTree<T>;
  return Object.fromEntries(Object.entries(tree).map(([name, sym]) => [name, f(sym)])) as MapTree<T>;
}

/** The sum of all squares. */
const sumOfSquares = (tree: SymTree): Sym =>
  addN(
    leaves(tree).map((x) =>
      sumAxes(
        square(x),
        x.shape.map((_, i) => i),
      ),
    ),
  );

/** sqrt(sum of the squares of all elements of all values). Its own gradient is 0 where the norm is 0. */
export function globalNorm(values: SymTree): Sym {
  const squares = sumOfSquares(values);
  return select(greater(squares, 0), sqrt(squares), 0);
}

/** Each element limited to [min, max]. */
export function clipByValue<T extends SymTree>(values: T, min: number, max: number): MapTree<T> {
  return mapTree(values, (x) => clip(x, min, max));
}

/**
 * All values scaled by min(1, maxNorm / norm), where the norm is that of all of them together (Pascanu, Mikolov, Bengio, "On the
 * difficulty of training recurrent neural networks", 2013). Zeros stay zeros.
 */
export function clipByGlobalNorm<T extends SymTree>(values: T, maxNorm: SymLike): MapTree<T> {
  const squares = sumOfSquares(values);
  const scale = select(greater(squares, square(maxNorm)), div(maxNorm, sqrt(squares)), 1);
  return mapTree(values, (x) => mul(x, scale));
}
