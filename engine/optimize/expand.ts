/** Expands a node by its composite lowering. */
import type { Node, Sym } from '../build/sym.ts';
import { expansion, type Lowering } from '../op.ts';
import { ofSameTypes } from './replacement.ts';

/** The outputs of the node, computed by the composite's ops. @throws RewriteError if their types differ from the node's */
// biome-ignore lint/suspicious/noExplicitAny: lowerings of any op
export const expand = (node: Node, composite: Extract<Lowering<any, any>, { kind: 'composite' }>): readonly Sym[] =>
  ofSameTypes(node, expansion(node, composite, node.inputs), `the composite of ${node.op.name}`);
