/**
 * Finds a node by its op, inputs and attributes: a hash table of indices with open addressing. It holds integers only, which the garbage
 * collector does not trace; graphs may have hundreds of thousands of nodes.
 */
import { type Attrs, attrsKey, sameAttrs } from '../attr.ts';
import type { AnyOp } from '../op.ts';
import type { Node, Sym } from './sym.ts';

type Arity = readonly number[] | undefined;

export class Interned {
  readonly #nodes: readonly Node[];
  /** Indices plus 1; 0 is an empty slot. */
  #indices = new Int32Array(64);
  /** The hash of the node in each slot. */
  #hashes = new Int32Array(64);
  #count = 0;

  /** @param nodes the graph's nodes; the list grows with the graph */
  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
  }

  find(hash: number, op: AnyOp, inputs: readonly Sym[], arity: Arity, attrs: Attrs): Node | undefined {
    const mask = this.#indices.length - 1;
    for (let at = hash & mask; this.#indices[at] !== 0; at = (at + 1) & mask) {
      if (this.#hashes[at] !== hash) continue;
      const node = this.#nodes[this.#indices[at]! - 1]!;
      if (isMadeOf(node, op, inputs, arity, attrs)) return node;
    }
    return undefined;
  }

  /** @param index of the node */
  add(hash: number, index: number): void {
    if (2 * this.#count >= this.#indices.length) this.#grow();
    this.#insert(hash, index + 1);
    this.#count++;
  }

  #insert(hash: number, entry: number): void {
    const mask = this.#indices.length - 1;
    let at = hash & mask;
    while (this.#indices[at] !== 0) at = (at + 1) & mask;
    this.#indices[at] = entry;
    this.#hashes[at] = hash;
  }

  #grow(): void {
    const [indices, hashes] = [this.#indices, this.#hashes];
    this.#indices = new Int32Array(2 * indices.length);
    this.#hashes = new Int32Array(2 * indices.length);
    for (let at = 0; at < indices.length; at++) if (indices[at] !== 0) this.#insert(hashes[at]!, indices[at]!);
  }
}

/** All nodes of the list that may be equal to others. */
export function internedOf(nodes: readonly Node[]): Interned {
  const interned = new Interned(nodes);
  nodes.forEach(({ op, inputs, attrs, distinct }, index) => {
    if (!distinct) interned.add(hashOf(op, inputs, attrs), index);
  });
  return interned;
}

/** A hash of what makes nodes equal: op, inputs (in any order if the op is commutative) and attributes. */
export function hashOf(op: AnyOp, inputs: readonly Sym[], attrs: Attrs): number {
  let hash = Math.imul(op.name.length, 31) + op.name.charCodeAt(0);
  if (op.traits.commutative) {
    const [a, b] = [idOf(inputs[0]!), idOf(inputs[1]!)];
    hash = a < b ? mix(mix(hash, a), b) : mix(mix(hash, b), a);
  } else for (let i = 0; i < inputs.length; i++) hash = mix(hash, idOf(inputs[i]!));
  return mix(hash, hashOfAttrs(op, attrs));
}

const idOf = ({ node, output }: Sym): number => node.id + output;

/** Hashes by attributes: copies of a node share these, and their key may be long (a variable's contains its initial values). */
const known = new WeakMap<Attrs, number>();

function hashOfAttrs(op: AnyOp, attrs: Attrs): number {
  let hash = known.get(attrs);
  if (hash === undefined) {
    const key = attrsKey(op.attrs, attrs);
    hash = key.length;
    for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
    known.set(attrs, hash);
  }
  return hash;
}

/** Multiplicative hashing by the golden ratio, which spreads consecutive numbers. */
const mix = (hash: number, value: number): number => {
  const product = Math.imul(hash ^ value, 0x9e3779b1);
  return product ^ (product >>> 15);
};

function isMadeOf(node: Node, op: AnyOp, inputs: readonly Sym[], arity: Arity, attrs: Attrs): boolean {
  return (
    node.op === op &&
    (sameElements(node.inputs, inputs) || (op.traits.commutative === true && areSwapped(node.inputs, inputs))) &&
    (node.arity === arity || (node.arity !== undefined && arity !== undefined && sameElements(node.arity, arity))) &&
    sameAttrs(op.attrs, node.attrs, attrs)
  );
}

const areSwapped = <T>([a, b]: readonly T[], [c, d]: readonly T[]): boolean => a === d && b === c;

function sameElements<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
