/** Jacobians and Hessians for values of any shapes: a Map of the vjp over the standard basis of y, so nothing is unrolled. */
import { deriving } from '../build/context.ts';
import { trace } from '../build/function.ts';
import { graphOf } from '../build/graph.ts';
import type { Sym } from '../build/sym.ts';
import { type Dim, product } from '../dim/index.ts';
import { DTypeError, NoPathError, ShapeError } from '../errors.ts';
import { addN } from '../primitives/add-n.ts';
import { broadcastTo } from '../primitives/broadcast-to.ts';
import { cast } from '../primitives/cast.ts';
import { fill, zeroCotangent } from '../primitives/fill.ts';
import { iota } from '../primitives/iota.ts';
import { MapOp } from '../primitives/map.ts';
import { reshape } from '../primitives/reshape.ts';
import { select } from '../primitives/select.ts';
import { formatType } from '../types.ts';
import { backpropagate } from './backpropagate.ts';
import { gradients, type MapTree, overTree, type PathOptions, type SymTree } from './gradients.ts';

/**
 * J[i..., j...] = dy_i / dx_j, of shape [...y.shape, ...x.shape], for each x.
 * (Deisenroth, Faisal, Ong, Mathematics for Machine Learning, section 5.4, defines these tensors.)
 * @throws NoPathError if y does not depend on an x; DTypeError for dtypes other than float32 (of complex64, use real and imag);
 * NotDifferentiableError
 */
export function jacobian<T extends SymTree>(y: Sym, xs: T, options: PathOptions = {}): MapTree<T> {
  return overTree(xs, (list) => {
    const graph = graphOf([y, ...list]);
    const target = graph.adopt(y);
    const sources = list.map((x) => graph.adopt(x));
    for (const s of [target, ...sources])
      if (s.dtype !== 'float32')
        throw new DTypeError(`no Jacobian of ${s.dtype} values: '${s.label}'`, { site: s.node.site });
    return deriving(graph, target.node, () => {
      const count = product(target.shape);
      const minusRows = iota(count, 'int32', 0, -1);
      const { fn, captured } = trace(graph, [{ dtype: 'int32', shape: [] }], ([minusRow]) => {
        const { cotangents, connected } = backpropagate(graph, [target], [basis(minusRow!, count, target)], sources);
        return sources.map((x, i) => {
          if (!connected[i] && options.unconnected !== 'zeros') {
            throw new NoPathError(
              `'${target.label}' does not depend on '${x.label}'; pass { unconnected: 'zeros' } if its Jacobian should be 0`,
              { node: x.node.label, site: x.node.site },
            );
          }
          return cotangents[i] ?? zeroCotangent(x);
        });
      });
      const stacked = MapOp.nodes({ mapped: [minusRows], captured }, { body: fn, count, stacked: sources.length });
      return stacked.map((j, i) => reshape(j, [...target.shape, ...sources[i]!.shape]));
    });
  });
}

/**
 * A vector of y's standard basis, in y's shape: 1 at element `-minusRow`. Computed in integers, so that it is exact. The row is negated
 * because the primitives can add integers, but neither subtract nor compare them.
 */
function basis(minusRow: Sym, count: Dim, y: Sym): Sym {
  const distance = addN([iota(count), broadcastTo(minusRow, [count])]);
  const elsewhere = cast(distance, 'bool');
  return reshape(select(elsewhere, fill([], 0, y.dtype), fill([], 1, y.dtype)), y.shape);
}

/**
 * The blocks of the Hessian of a scalar y: `H.a.b[i..., j...] = d2y / da_i db_j` for a record or list of xs; the only block for one Sym.
 * @throws ShapeError if y is not a scalar; as `jacobian`
 */
export function hessian<T extends SymTree>(y: Sym, xs: T, options: PathOptions = {}): MapTree<T, MapTree<T>> {
  if (y.shape.length > 0)
    throw new ShapeError(`hessian: '${y.label}' is ${formatType(y)}, not a scalar`, { site: y.node.site });
  const first = gradients(y, xs, options);
  return overTree(first as unknown as T, (gs) => gs.map((g) => jacobian(g, xs, { unconnected: 'zeros' }))) as MapTree<
    T,
    MapTree<T>
  >;
}
