import { isSym, type Node, type Sym } from '../build/sym.ts';
import { type Lowering, lift } from '../op.ts';
import { inputRecord } from '../slots.ts';
import { ofSameTypes } from './replacement.ts';

/** The outputs of a composite, made of other ops. */
// biome-ignore lint/suspicious/noExplicitAny: lowerings of any op
export function expand(node: Node, composite: Extract<Lowering<any, any>, { kind: 'composite' }>): readonly Sym[] {
  const result = composite.expand(inputRecord(node.op, node.inputs, node.arity) as never, node.attrs as never);
  const outputs = (Array.isArray(result) && !isSym(result) ? result : [result]).map((s) => lift(s as Sym));
  return ofSameTypes(node, outputs, `the composite of ${node.op.name}`);
}
