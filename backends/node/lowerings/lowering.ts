/** How an op is written as TensorFlow's. */
import type { Node, Sym } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import type { AttrValue } from '../proto/messages.ts';

/** Writes a node's outputs, given its inputs. */
export type Write = (w: GraphWriter, node: Node, inputs: readonly Ref[]) => Ref | readonly Ref[];

export interface Lowering {
  readonly write: Write;
  /** Whether TensorFlow's op means the same for this node, and runs on a processor; always, where this is left out. */
  readonly when?: (node: Node) => boolean;
}

/** By the names of ops. */
export type Lowerings = Readonly<Record<string, Lowering>>;

/** The attribute `T`, and others of types, of a reference. */
export const T = (ref: Ref): { readonly T: AttrValue } => ({ T: attr.type(ref.dtype) });

export const isFloat = (s: Sym): boolean => s.dtype === 'float32';
export const allFloat = ({ inputs }: Node): boolean => inputs.every(isFloat);
export const notBool = ({ inputs }: Node): boolean => inputs.every((s) => s.dtype !== 'bool');

/** Attributes of a node as what their schema says that they are. */
export const attrsOf = <A>(node: Node): A => node.attrs as unknown as A;
