/** What a graph is made of: nodes, and Syms, which are a node's outputs. Both are immutable. Functions are graphs as values. */

import type { Attrs } from '../attr.ts';
import { type DimLike, formatShape, toDim } from '../dim/index.ts';
import { shown, some } from '../inspect.ts';
import type { AnyOp } from '../op.ts';
import type { DType, NestedArray, Shape, TensorType, TypedArray } from '../types.ts';
import { formatSite, type Site } from './callsite.ts';
import type { NodeTable } from './table.ts';

/** A relation between dims that could not be decided when the node was made, and is checked when dims are bound. */
export interface DimCheck {
  readonly kind: 'equal' | 'atLeast';
  readonly a: Shape[number];
  readonly b: Shape[number];
  /** The requirement in words, for the error. */
  readonly what: string;
}

const MAX_SITES = 8;
const NONE: readonly never[] = Object.freeze([]);

export class Node {
  /** Its number in its graph; inputs have smaller ids than their users. -1 for a free node. */
  readonly id: number;
  readonly op: AnyOp;
  readonly attrs: Attrs;
  /** All inputs, slot after slot. */
  readonly inputs: readonly Sym[];
  /** How many inputs each slot holds; undefined where every slot holds one. */
  readonly arity: readonly number[] | undefined;
  /** One object for each output. */
  readonly outputs: readonly Sym[];
  /** undefined for a free node: one that depends on no graph's node (see `NodeTable.adopt`). */
  readonly graph: NodeTable | undefined;
  readonly checks: readonly DimCheck[];
  /** Whether it is a constant that a user made directly: not interned until passes run, so that it can be differentiated by alone. */
  readonly distinct: boolean;
  /** Call sites of the origin, which is not kept itself: a program would then keep all nodes that passes replaced. */
  readonly originSites: readonly Site[];
  #sites: readonly Site[] = NONE;
  /** Names by output. */
  #names: readonly (readonly string[])[] = NONE;

  constructor(fields: {
    id: number;
    op: AnyOp;
    attrs: Attrs;
    inputs: readonly Sym[];
    arity: readonly number[] | undefined;
    types: readonly TensorType[];
    graph: NodeTable | undefined;
    /** The node whose gradient, lowering or rewrite this is. */
    origin: Node | undefined;
    checks: readonly DimCheck[];
    distinct?: boolean;
  }) {
    this.id = fields.id;
    this.op = fields.op;
    this.attrs = fields.attrs;
    this.inputs = fields.inputs;
    this.arity = fields.arity;
    this.graph = fields.graph;
    this.originSites = fields.origin === undefined ? NONE : allSites(fields.origin);
    this.checks = fields.checks;
    this.distinct = fields.distinct ?? false;
    const { types } = fields;
    const [only] = types;
    this.outputs =
      types.length === 1
        ? [new Sym(this, 0, only!.dtype, only!.shape)]
        : types.map((type, k) => new Sym(this, k, type.dtype, type.shape));
  }

  /** Call sites of the node and of equal ones that were interned to it, up to 8. */
  get sites(): readonly Site[] {
    return this.#sites;
  }

  addSites(sites: readonly Site[]): void {
    if (sites.length > 0 && this.#sites.length < MAX_SITES)
      this.#sites = [...this.#sites, ...sites].slice(0, MAX_SITES);
  }

  /** The user's names for its first output. */
  get names(): readonly string[] {
    return this.namesOf(0);
  }

  /** The user's names for an output. */
  namesOf(output: number): readonly string[] {
    return this.#names[output] ?? NONE;
  }

  addName(name: string, output = 0): void {
    if (this.namesOf(output).includes(name)) return;
    this.#names = this.outputs.map((_, k) => (k === output ? [...this.namesOf(k), name] : this.namesOf(k)));
  }

  /** Copies its names to the values that replace its outputs. */
  giveNames(outputs: readonly Sym[]): void {
    if (this.#names === NONE) return;
    for (const [k, { node, output }] of outputs.entries())
      for (const name of this.namesOf(k)) node.addName(name, output);
  }

  /** The first name given by the user, or `op_id`. */
  get label(): string {
    return this.names[0] ?? `${this.op.name}_${this.id}`;
  }

  /** The user's line that made this node, or the nearest origin that has one. */
  get site(): string | undefined {
    for (const site of allSites(this)) {
      const line = formatSite(site);
      if (line !== undefined) return line;
    }
    return undefined;
  }
}

/** Call sites of the node, then those of its origin. */
function allSites({ sites, originSites }: Node): readonly Site[] {
  if (originSites.length === 0) return sites;
  return sites.length === 0 ? originSites : [...sites, ...originSites];
}

/** A symbolic tensor: output `output` of `node`. One object for each, so `===` is identity. */
export class Sym implements TensorType {
  readonly node: Node;
  readonly output: number;
  readonly dtype: DType;
  readonly shape: Shape;

  constructor(node: Node, output: number, dtype: DType, shape: Shape) {
    this.node = node;
    this.output = output;
    this.dtype = dtype;
    this.shape = shape;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** `h1`, or `split:1` for a further output that has no name. */
  get label(): string {
    return this.output === 0
      ? this.node.label
      : (this.node.namesOf(this.output)[0] ?? `${this.node.label}:${this.output}`);
  }

  toString(): string {
    return `${this.label} ${this.dtype}${formatShape(this.shape)}`;
  }
}

/** A closed subgraph as an attribute's value: see function.ts. */
export interface Fn {
  /** Parameter nodes of the body's graph: the declared ones, then the captured ones. */
  readonly parameters: readonly Sym[];
  readonly results: readonly Sym[];
  readonly graph: NodeTable;
  /** Equal keys mean equal Functions. */
  readonly key: string;
}

/** `h1 float32[$batch, 16] = Tanh(add_3), made at train.ts:12:20` */
const describeNode = ({ outputs, op, inputs, site }: Node): string =>
  `${some(outputs)} = ${op.name}(${inputs.length === 0 ? '' : some(inputs, (s) => s.label)})${site === undefined ? '' : `, made at ${site}`}`;

shown(Node, 'Node', describeNode);
shown(Sym, 'Sym', (s) => (s.node.outputs.length === 1 ? describeNode(s.node) : `${s}, of ${describeNode(s.node)}`));

/** A Sym, or a value that builders convert to a constant. */
export type SymLike = Sym | number | boolean | NestedArray | TypedArray;

export const isSym = (value: unknown): value is Sym => value instanceof Sym;

/** A user's shape, parsed. */
export const toShape = (shape: readonly DimLike[]): Shape => Object.freeze(shape.map(toDim));
