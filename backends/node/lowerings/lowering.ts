/** The interface of lowerings: how an op is written as TensorFlow's ops. */
import type { Node, Sym } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import type { AttrValue } from '../proto/messages.ts';

/** Writes a node's outputs, given its inputs. */
export type Write = (w: GraphWriter, node: Node, inputs: readonly Ref[]) => Ref | readonly Ref[];

export interface Lowering {
  readonly write: Write;
  /** Whether TensorFlow's op computes this node, and has a CPU kernel for it; by default always. */
  readonly when?: (node: Node) => boolean;
}

/** By the names of ops. */
export type Lowerings = Readonly<Record<string, Lowering>>;

/** The attribute `T`: the type of a tensor. */
export const T = (ref: Ref): { readonly T: AttrValue } => ({ T: attr.type(ref.dtype) });

export const isFloat = (s: Sym): boolean => s.dtype === 'float32';
export const allFloat = ({ inputs }: Node): boolean => inputs.every(isFloat);
export const notBool = ({ inputs }: Node): boolean => inputs.every((s) => s.dtype !== 'bool');

/** A node's attributes, typed. */
export const attrsOf = <A>(node: Node): A => node.attrs as unknown as A;
