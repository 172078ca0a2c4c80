/** The user's functions to differentiate: gradients, vjp, jvp and hvp. All return Syms, so the results can be differentiated again. */
import { deriving } from '../build/context.ts';
import { freshParameter } from '../build/function.ts';
import { graphOf } from '../build/graph.ts';
import { isSym, type Sym, type SymLike } from '../build/sym.ts';
import type { NodeTable } from '../build/table.ts';
import { DTypeError, GraphError, NoPathError, ShapeError } from '../errors.ts';
import { lift } from '../op.ts';
import { broadcastTo } from '../primitives/broadcast-to.ts';
import { fill, zeroCotangent } from '../primitives/fill.ts';
import { formatType, isDifferentiable, mayMatch } from '../types.ts';
import { backpropagate } from './backpropagate.ts';

export interface PathOptions {
  /** 'zeros': the gradient by an x that y does not depend on is 0 instead of an error. */
  readonly unconnected?: 'error' | 'zeros';
}

export interface GradientOptions extends PathOptions {
  /** The cotangent of y; ones by default, as in tf.grad. */
  readonly dy?: SymLike;
}

/** One Sym, a list of them, or a record. */
export type SymTree = Sym | readonly Sym[] | Readonly<Record<string, Sym>>;
/** The same structure with `V` for each Sym. */
export type MapTree<T extends SymTree, V = Sym> = T extends Sym ? V : { readonly [K in keyof T]: V };

/** Applies `f` to the list of a tree's Syms, and returns its results in the tree's structure. */
export function overTree<T extends SymTree, V>(tree: T, f: (syms: readonly Sym[]) => readonly V[]): MapTree<T, V> {
  if (isSym(tree)) return f([tree])[0] as MapTree<T, V>;
  if (Array.isArray(tree)) return f(tree as readonly Sym[]) as MapTree<T, V>;
  const names = Object.keys(tree);
  const values = f(names.map((name) => (tree as Readonly<Record<string, Sym>>)[name]!));
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as MapTree<T, V>;
}

/** The Syms of a tree, in order. */
export const leaves = (tree: SymTree): readonly Sym[] =>
  isSym(tree)
    ? [tree]
    : Array.isArray(tree)
      ? (tree as readonly Sym[])
      : Object.values(tree as Readonly<Record<string, Sym>>);

/** The values given for a tree's Syms, in the order of `leaves`. @throws GraphError if one is missing */
function leavesLike<T extends SymTree>(tree: T, values: MapTree<T, SymLike>): readonly SymLike[] {
  if (isSym(tree)) return [values as SymLike];
  const keys = Object.keys(tree);
  return keys.map((key) => {
    const value = (values as Readonly<Record<string, SymLike | undefined>>)[key];
    if (value === undefined) throw new GraphError(`no value is given for '${key}'`);
    return value;
  });
}

/**
 * `dy^T dy/dx` for each x, in x's shape and dtype: the derivative of the sum of y's elements, weighted with `dy`.
 * @param xs a Sym, a list or a record; intermediate values are allowed too. The result has the same structure.
 * @throws NoPathError if y does not depend on an x; NotDifferentiableError; ShapeError if dy's shape does not fit y; DTypeError for an
 * integer or bool x
 */
export function gradients<T extends SymTree>(y: Sym, xs: T, options: GradientOptions = {}): MapTree<T> {
  return overTree(xs, (list) => {
    const graph = graphOf([y, ...list]);
    return cotangentsOf(
      graph,
      [graph.adopt(y)],
      [options.dy],
      list.map((x) => graph.adopt(x)),
      options.unconnected ?? 'error',
    );
  });
}

/**
 * A vector-Jacobian product: like `gradients`, for one y or several, with a cotangent for each.
 * @throws as `gradients`
 */
export function vjp<Y extends SymTree, T extends SymTree>(
  ys: Y,
  dys: MapTree<Y, SymLike>,
  xs: T,
  options: PathOptions = {},
): MapTree<T> {
  const list = leaves(ys);
  const given = leavesLike(ys, dys);
  return overTree(xs, (targets) => {
    const graph = graphOf([...list, ...targets]);
    return cotangentsOf(
      graph,
      list.map((y) => graph.adopt(y)),
      given,
      targets.map((x) => graph.adopt(x)),
      options.unconnected ?? 'error',
    );
  });
}

function cotangentsOf(
  graph: NodeTable,
  ys: readonly Sym[],
  dys: readonly (SymLike | undefined)[],
  xs: readonly Sym[],
  unconnected: 'error' | 'zeros',
): readonly Sym[] {
  xs.forEach((x) => {
    if (!isDifferentiable(x.dtype))
      throw new DTypeError(`there is no gradient with respect to '${x.label}', which is ${x.dtype}`, {
        site: x.node.site,
      });
  });
  const seeds = ys.map((y, i) => seed(graph, y, dys[i]));
  const { cotangents, connected } = backpropagate(graph, ys, seeds, xs);
  return xs.map((x, i) => {
    if (!connected[i] && unconnected === 'error') {
      throw new NoPathError(
        `'${ys.map((y) => y.label).join("', '")}' does not depend on '${x.label}'; pass { unconnected: 'zeros' } if its gradient should be 0`,
        { node: x.node.label, site: x.node.site },
      );
    }
    return cotangents[i] ?? deriving(graph, x.node, () => zeroCotangent(x));
  });
}

function seed(graph: NodeTable, y: Sym, dy: SymLike | undefined): Sym {
  if (dy === undefined)
    return deriving(graph, y.node, () => fill(y.shape, 1, isDifferentiable(y.dtype) ? y.dtype : 'float32'));
  const sym = graph.adopt(lift(dy, y.dtype));
  if (sym.shape.length === 0 && y.shape.length > 0) return deriving(graph, y.node, () => broadcastTo(sym, y.shape));
  const spreads = sym.shape.some((d, i) => d === 1 && y.shape[i] !== 1);
  if (spreads || !mayMatch(sym, y)) {
    throw new ShapeError(`dy is ${formatType(sym)}, but y ('${y.label}') is ${formatType(y)}`, { site: y.node.site });
  }
  // where symbolic dims may differ from those of y, the broadcast defers the check
  return broadcastTo(sym, y.shape);
}

/**
 * A Jacobian-vector product, dy/dx v, in y's shape: the derivative of the vjp, which is linear, with respect to its cotangent.
 * @param tangents a tangent v for each x, of x's shape
 * @throws as `gradients`
 */
export function jvp<T extends SymTree>(
  y: Sym,
  xs: T,
  tangents: MapTree<T, SymLike>,
  { unconnected = 'error' }: PathOptions = {},
): Sym {
  const list = leaves(xs);
  const given = leavesLike(xs, tangents);
  const graph = graphOf([y, ...list]);
  const target = graph.adopt(y);
  return deriving(graph, target.node, () => {
    const cotangent = graph.adopt(freshParameter(target));
    const pulled = cotangentsOf(
      graph,
      [target],
      [cotangent],
      list.map((x) => graph.adopt(x)),
      unconnected,
    );
    const dys = pulled.map((g, i) => seed(graph, g, given[i]));
    return cotangentsOf(graph, pulled, dys, [cotangent], 'zeros')[0]!;
  });
}

/**
 * A Hessian-vector product of a scalar y: the sum over j of (d2y / dx_i dx_j) v_j for each x_i, without building the Hessian.
 * @throws ShapeError if y is not a scalar; as `gradients`
 */
export function hvp<T extends SymTree>(
  y: Sym,
  xs: T,
  vectors: MapTree<T, SymLike>,
  { unconnected = 'error' }: PathOptions = {},
): MapTree<T> {
  if (y.shape.length > 0)
    throw new ShapeError(`hvp: '${y.label}' is ${formatType(y)}, not a scalar`, { site: y.node.site });
  const flat = leavesLike(xs, vectors);
  return overTree(xs, (list) => {
    const graph = graphOf([y, ...list]);
    const targets = list.map((x) => graph.adopt(x));
    const first = cotangentsOf(graph, [graph.adopt(y)], [undefined], targets, unconnected);
    return cotangentsOf(graph, first, flat, targets, 'zeros');
  });
}
