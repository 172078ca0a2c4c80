/** Folds constants on the host by the reference evaluator of scalar expressions, with float32 rounding. */

import type { Node, Sym } from '../build/sym.ts';
import { isStatic } from '../dim/index.ts';
import { Constant } from '../primitives/constant.ts';
import { Fill } from '../primitives/fill.ts';
import { compileScalar } from '../scalar/evaluate.ts';
import type { TypedArray } from '../types.ts';
import { sizeOf, typedArrayOf } from '../types.ts';
import { expressionOf } from './expression-of.ts';
import { type ProgramGraph, rewriteProgram } from './program-graph.ts';

/** Results with more elements are computed at run time, so that folding does not make programs large. */
const MAX_ELEMENTS = 4096;

export const foldConstants = (program: ProgramGraph): ProgramGraph => rewriteProgram(program, fold);

const isKnown = ({ node }: Sym): boolean => node.op === Fill || node.op === Constant;

/** The value of a node whose inputs are constants; undefined if it is not folded. */
export function fold(node: Node): Sym | undefined {
  if (node.inputs.length === 0 || !node.inputs.every(isKnown)) return undefined;
  const { dtype, shape } = node.outputs[0]!;
  const uniform = node.inputs.every((s) => s.node.op === Fill);
  if (!uniform && (!isStatic(shape) || sizeOf(shape) > MAX_ELEMENTS)) return undefined;
  const expr = expressionOf(node);
  if (expr === undefined) return undefined;
  const length = uniform ? 1 : sizeOf(shape as readonly number[]);
  const out = typedArrayOf(dtype, length);
  const values = node.inputs.map((s) =>
    uniform ? [s.node.attrs.value as number] : spread(s, shape as readonly number[]),
  );
  compileScalar(expr, 'float32')(values, length, out);
  return uniform ? Fill.node({}, { shape, value: out[0]!, dtype }) : Constant.node({}, { dtype, shape, data: out });
}

/** A constant's elements, broadcast to a shape. */
function spread(s: Sym, shape: readonly number[]): ArrayLike<number> {
  const size = sizeOf(shape);
  if (s.node.op === Fill) return new Array<number>(size).fill(s.node.attrs.value as number);
  const data = s.node.attrs.data as TypedArray;
  const from = s.shape as readonly number[];
  if (data.length === size) return data;
  const lead = shape.length - from.length;
  const strides = from.map((d, i) => (d === 1 ? 0 : sizeOf(from.slice(i + 1))));
  return Array.from({ length: size }, (_, flat) => {
    let index = 0;
    for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
      const d = shape[axis]!;
      if (axis >= lead) index += (rest % d) * strides[axis - lead]!;
      rest = Math.floor(rest / d);
    }
    return data[index]!;
  });
}
