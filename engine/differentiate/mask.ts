/**
 * Masks of cotangents. An op that uses only some elements of its input (Select, Slice, Max) passes a mask of those along with the
 * cotangent, and the mask is applied after the rules of the elementwise ops before it: elements that are not used get exactly 0, where the
 * chain rule alone gives 0 * Infinity = NaN.
 */

import type { Fn, Node, Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { broadcastAxes, broadcastTo } from '../primitives/broadcast-to.ts';
import { Call } from '../primitives/call.ts';
import { cast } from '../primitives/cast.ts';
import { fill, fillValue, zeroCotangent } from '../primitives/fill.ts';
import { reshape, sameShape } from '../primitives/reshape.ts';
import { Select, select } from '../primitives/select.ts';
import { sumAxes } from '../primitives/sum.ts';
import type { Shape } from '../types.ts';

// boolean algebra by Select, since the engine has no logical primitives
const no = (): Sym => fill([], 0, 'bool');
const yes = (): Sym => fill([], 1, 'bool');
export const not = (a: Sym): Sym => select(a, no(), yes());
export const and = (a: Sym | undefined, b: Sym): Sym => (a === undefined ? b : select(a, b, no()));
export const or = (a: Sym, b: Sym): Sym => (a === b ? a : select(a, yes(), b));

/** `a` for a mask made by `not(a)`, else undefined. */
export function negated({ node: { op, inputs } }: Sym): Sym | undefined {
  const [condition, t, e] = inputs;
  return op === Select && fillValue(t!) === 0 && fillValue(e!) === 1 ? condition : undefined;
}

/** The value where the mask is true, else 0. */
export function applyMask(mask: Sym, value: Sym): Sym {
  const zero = zeroCotangent({ dtype: value.dtype, shape: [] });
  const unless = negated(mask);
  return unless === undefined ? select(mask, value, zero) : select(unless, zero, value);
}

/** The mask of a value that was broadcast to the mask's shape: true where any of its copies is true. */
export function unbroadcastMask(mask: Sym, shape: Shape): Sym {
  const axes = broadcastAxes(shape, mask.shape);
  if (axes.length === 0) return mask;
  return reshape(cast(sumAxes(cast(mask, 'int32'), axes), 'bool'), keptDims(mask.shape, axes, shape.length));
}

/** The shape after summing `axes` with kept dims, without leading dims beyond `rank`. */
export const keptDims = (shape: Shape, axes: readonly number[], rank: number): Shape =>
  shape.map((d, i) => (axes.includes(i) ? 1 : d)).slice(Math.max(shape.length - rank, 0));

/**
 * Whether output element i depends only on element i of the broadcast inputs. True for a Call too, if all nodes of its body are
 * elementwise and its inputs broadcast to its outputs' shape (a body may ignore an input, so its nodes alone do not show this).
 */
export function isElementwise({ op, attrs, inputs, outputs }: Node): boolean {
  if (op !== Call) return op.traits.elementwise === true;
  const { shape } = outputs[0]!;
  return (
    outputs.every((y) => sameShape(y.shape, shape)) &&
    inputs.every((s) => broadcastsTo(s.shape, shape)) &&
    isElementwiseFn(attrs.forward as Fn)
  );
}

const broadcastsTo = (from: Shape, to: Shape): boolean =>
  from.length <= to.length && from.every((d, i) => d === 1 || d === to[i + to.length - from.length]);

const elementwiseFns = new WeakMap<Fn, boolean>();
function isElementwiseFn(fn: Fn): boolean {
  let known = elementwiseFns.get(fn);
  if (known === undefined) {
    known = toposort(fn.results).every((node) => node.inputs.length === 0 || isElementwise(node));
    elementwiseFns.set(fn, known);
  }
  return known;
}

/** Whether a mask of an output gives a mask of an input; assumed of a composite without rules, whose expansion decides. */
export const passesMasks = (node: Node): boolean =>
  node.op.definition.gradient === undefined || node.op.traits.routes !== undefined || isElementwise(node);

/** Whether a derivative of the node may be infinite for finite inputs, so that 0 times it is NaN: then a mask is useful. */
export const isSteep = (node: Node): boolean => node.op.traits.finiteSlopes !== true && isElementwise(node);

/** For each output, 1 where its cotangent may be nonzero and 0 where it is known to be 0. */
export const maskCotangents = (
  outputs: readonly Sym[],
  cotangents: readonly ({ readonly mask: Sym | undefined } | undefined)[],
): readonly Sym[] =>
  outputs.map((y, k) => {
    const cotangent = cotangents[k];
    if (cotangent === undefined) return zeroCotangent(y);
    return broadcastTo(cast(cotangent.mask ?? yes(), y.dtype), y.shape);
  });
