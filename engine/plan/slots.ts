/** Assigns slots to values, and lists the leaves that fill slots before the first step. */
import { NodeMap } from '../build/node-map.ts';
import type { Node, Sym } from '../build/sym.ts';
import { elementsOf, type Leaf } from '../op.ts';
import { BYTES_PER_ELEMENT, sizeOf } from '../types.ts';
import type { NamedValue, Plan, PlannedConstant, Slot, Value } from './plan.ts';

export interface Slots extends Pick<Plan, 'feeds' | 'variables' | 'constants' | 'random'> {
  /** The slots, without live ranges. */
  readonly contents: readonly Omit<Slot, 'first' | 'last'>[];
  /** The planned values of a node's outputs. */
  readonly valuesOf: (node: Node) => readonly Value[];
}

/**
 * Makes a slot for each leaf, and for each output of a node that a step computes; a view shares the slot of its input.
 * @param order nodes, inputs before their users
 * @param parameters the Function's parameters if this is a body: they become feeds, in order
 */
export function assignSlots(order: readonly Node[], parameters: readonly Sym[]): Slots {
  const values = new NodeMap<readonly Value[]>();
  const valuesOf = (node: Node): readonly Value[] => values.get(node)!;
  const contents: Slots['contents'][number][] = [];
  const feeds: NamedValue[] = [];
  const variables: NamedValue[] = [];
  const constants: PlannedConstant[] = [];
  const random: number[] = [];

  const make = (sym: Sym, kind: Slot['kind']): Value => {
    const { dtype, label } = sym;
    const shape = sym.shape as readonly number[];
    contents.push({ label, kind, bytes: sizeOf(shape) * BYTES_PER_ELEMENT[dtype] });
    return { slot: contents.length - 1, shape, dtype };
  };
  const addLeaf = (sym: Sym, leaf: Leaf, name: string): void => {
    const value = make(sym, leaf);
    values.set(sym.node, [value]);
    if (leaf === 'feed' || leaf === 'parameter') feeds.push({ ...value, name });
    else if (leaf === 'variable') variables.push({ ...value, name });
    else if (leaf === 'constant') constants.push({ ...value, data: elementsOf(sym.node) as PlannedConstant['data'] });
    else random.push(value.slot);
  };

  for (const [i, p] of parameters.entries()) addLeaf(p, 'parameter', `${i}`);
  for (const node of order) {
    const { leaf, view } = node.op.traits;
    const out = node.outputs[0]!;
    if (leaf === 'parameter') continue; // has its slot already
    if (leaf !== undefined) addLeaf(out, leaf, node.attrs.name as string);
    else if (view) {
      const { node: viewed, output } = node.inputs[0]!;
      values.set(node, [{ ...valuesOf(viewed)[output]!, shape: out.shape as readonly number[] }]);
    } else
      values.set(
        node,
        node.outputs.map((s) => make(s, 'value')),
      );
  }
  return { contents, valuesOf, feeds, variables, constants, random };
}
