/**
 * Cotangents of what is chosen. An op that takes some of its elements and leaves others (Select, Slice, Max) passes the mask of those
 * that it takes along with the cotangent, and the mask is applied after the rules of the elementwise ops below it: what was not chosen
 * gets exactly 0, where the chain rule alone gives 0 * Infinity = NaN.
 */
import type { Fn } from '../build/function.ts';
import type { Node, Sym } from '../build/sym.ts';
import { toposort } from '../build/toposort.ts';
import { broadcastAxes, broadcastTo } from '../primitives/broadcast-to.ts';
import { Call } from '../primitives/call.ts';
import { cast } from '../primitives/cast.ts';
import { fill, fillValue, zeroCotangent } from '../primitives/fill.ts';
import { reshape, sameShape } from '../primitives/reshape.ts';
import { Select, select } from '../primitives/select.ts';
import { sumAxes } from '../primitives/sum.ts';
import type { Shape } from '../types.ts';

// bool algebra by Select alone: the engine knows no logical ops
const no = (): Sym => fill([], 0, 'bool');
const yes = (): Sym => fill([], 1, 'bool');
export const not = (a: Sym): Sym => select(a, no(), yes());
export const and = (a: Sym | undefined, b: Sym): Sym => (a === undefined ? b : select(a, b, no()));
export const or = (a: Sym, b: Sym): Sym => (a === b ? a : select(a, yes(), b));

/** What a mask is `not` of, if it is. */
export function negated({ node: { op, inputs } }: Sym): Sym | undefined {
  const [condition, t, e] = inputs;
  return op === Select && fillValue(t!) === 0 && fillValue(e!) === 1 ? condition : undefined;
}

/** The value where the mask holds, else 0. */
export function applyMask(mask: Sym, value: Sym): Sym {
  const zero = zeroCotangent({ dtype: value.dtype, shape: [] });
  const unless = negated(mask);
  return unless === undefined ? select(mask, value, zero) : select(unless, zero, value);
}

/** The mask of a value that was broadcast to the mask's shape: true where any of its copies is. */
export function unbroadcastMask(mask: Sym, shape: Shape): Sym {
  const axes = broadcastAxes(shape, mask.shape);
  if (axes.length === 0) return mask;
  return reshape(cast(sumAxes(cast(mask, 'int32'), axes), 'bool'), keptDims(mask.shape, axes, shape.length));
}

/** A shape with 1 for the summed axes, without the leading ones that a value of that rank does not have. */
export const keptDims = (shape: Shape, axes: readonly number[], rank: number): Shape =>
  shape.map((d, i) => (axes.includes(i) ? 1 : d)).slice(Math.max(shape.length - rank, 0));

/**
 * Whether output element i depends on element i of the (broadcast) inputs alone; of a user's function too, where all that it is made of
 * is so, and where it takes nothing of another shape, which it may ignore.
 */
export function isElementwise({ op, attrs, inputs, outputs }: Node): boolean {
  if (op !== Call) return op.traits.elementwise === true;
  const { shape } = outputs[0]!;
  return (
    outputs.every((y) => sameShape(y.shape, shape)) &&
    inputs.every((s) => isSpreadOver(s.shape, shape)) &&
    isElementwiseFn(attrs.forward as Fn)
  );
}

const isSpreadOver = (from: Shape, to: Shape): boolean =>
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

/** Whether a mask of an output says something of the inputs: of a composite without rules, where it does in its expansion. */
export const passesMasks = (node: Node): boolean =>
  node.op.definition.gradient === undefined || node.op.traits.routes !== undefined || isElementwise(node);

/** Whether 0 times a derivative of the node may be NaN where its inputs are finite: there a mask is of use. */
export const isSteep = (node: Node): boolean => node.op.traits.finiteSlopes !== true && isElementwise(node);

/** For each output 1 where its cotangent may not be 0, and 0 where it is known to be. */
export const maskCotangents = (
  outputs: readonly Sym[],
  cotangents: readonly ({ readonly mask: Sym | undefined } | undefined)[],
): readonly Sym[] =>
  outputs.map((y, k) => {
    const cotangent = cotangents[k];
    if (cotangent === undefined) return zeroCotangent(y);
    return broadcastTo(cast(cotangent.mask ?? yes(), y.dtype), y.shape);
  });
