/** Makes the step of a node: a call of a backend's kernel, a random draw on the host, or a loop. */

import type { Fn, Node } from '../build/sym.ts';
import { UnsupportedOpError } from '../errors.ts';
import { type AnyOp, loopOf } from '../op.ts';
import { expressionOf } from '../optimize/expression-of.ts';
import { scalarToJSON } from '../scalar/document.ts';
import { inputRecord } from '../slots.ts';
import type { Operands } from './liveness.ts';
import type { Plan, Step } from './plan.ts';

/** Whether the node needs a step: a leaf has its value before the run, and a view shares its input's. */
export const needsStep = ({ op: { traits } }: Node): boolean => traits.leaf === undefined && !traits.view;

/**
 * @param free the slots to free after it
 * @param planBody gives the plan of a body
 * @throws UnsupportedOpError for a node that no step can compute
 */
export function stepOf(
  node: Node,
  { inputs, outputs }: Operands,
  free: readonly number[],
  planBody: (fn: Fn) => Plan,
): Step {
  const { op, label, attrs } = node;
  const loop = loopOf(node);
  if (loop !== undefined) {
    const { mapped, stacked } = loop;
    const [count, body] = [loop.count as number, planBody(loop.body)];
    return { kind: 'loop', label, count, body, inputs, mapped, outputs, stacked, free };
  }
  if (op.traits.random) {
    const expression = expressionOf(node);
    if (expression === undefined) throw unsupported(node, 'a random op needs an expression');
    const stream = attrs.stream as number;
    return { kind: 'draw', label, inputs, outputs, stream, expression: scalarToJSON(expression), free };
  }
  const [fn] = op.functions;
  if (fn !== undefined) throw unsupported(node, `a kernel cannot take a Function ('${fn}')`);
  return { kind: 'kernel', kernel: op.name, label, names: inputNames(node), inputs, outputs, attrs, free };
}

/** The names of a kernel's inputs; undefined if it takes a list. @throws UnsupportedOpError if it would take both */
function inputNames(node: Node): readonly string[] | undefined {
  const { op, inputs, arity } = node;
  if (op.slots.length === 1 && op.slots[0]!.kind === 'variadic') return undefined;
  const names = arity === undefined ? namesOf(op) : Object.keys(inputRecord(op, inputs, arity));
  if (names.length !== inputs.length) throw unsupported(node, 'a kernel takes named inputs or a list, not both');
  return names;
}

const allNames = new WeakMap<AnyOp, readonly string[]>();

/** Names of the inputs of an op without optional ones; all its steps share the array. */
function namesOf(op: AnyOp): readonly string[] {
  let names = allNames.get(op);
  if (names === undefined) {
    names = op.slots.map((slot) => slot.name);
    allNames.set(op, names);
  }
  return names;
}

const unsupported = ({ op, label, site }: Node, why: string): UnsupportedOpError =>
  new UnsupportedOpError(`${op.name}: ${why}`, { node: label, site });
