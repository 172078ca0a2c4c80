/**
 * The node table of a graph: makes nodes, interns them by op, attributes and inputs (no common subexpression exists twice), and adopts
 * free nodes.
 */
import type { Attrs } from '../attr.ts';
import { classOf } from '../error-class.ts';
import { GraphError, RetrographError } from '../errors.ts';
import { shown } from '../inspect.ts';
import type { AnyOp } from '../op.ts';
import { inputRecord } from '../slots.ts';
import { formatType, type TensorType } from '../types.ts';
import { captureSite, type Entered, formatSite, type Site } from './callsite.ts';
import { calledAs, context } from './context.ts';
import { hashOf, type Interned, internedOf } from './interned.ts';
import { type DimCheck, Node, type Sym } from './sym.ts';

const NO_CHECKS: readonly DimCheck[] = Object.freeze([]);

export class NodeTable {
  #nodes: Node[] = [];
  /** Ops by name: a graph has one definition for each name. */
  readonly #ops = new Map<string, AnyOp>();
  /** Made when a node is first looked for: most tables are complete once their dead nodes are dropped. */
  #interned: Interned | undefined;
  readonly #adopted = new Map<Node, Node>();
  readonly #interning: boolean;
  #nextId = 0;
  #streams = 0;

  /** @param interning false keeps equal nodes separate, to measure what interning saves */
  constructor(interning = true) {
    this.#interning = interning;
  }

  /** All nodes, each after its inputs. */
  get nodes(): readonly Node[] {
    return this.#nodes;
  }

  /** The next random op's stream number. */
  nextStream(): number {
    return this.#streams++;
  }

  /** The op of that name that this graph uses, if any. */
  op(name: string): AnyOp | undefined {
    return this.#ops.get(name);
  }

  /** Whether a node of one of these ops may be in the graph or in the body of a Function. */
  mayHold(ops: readonly string[]): boolean {
    return [...this.#ops.values()].some((op) => ops.includes(op.name) || op.functions.length > 0);
  }

  /**
   * An existing equal node, or a new one.
   * @param types the output types, if known: otherwise they are inferred
   * @param checks the deferred checks that belong to `types`
   * @param distinct see `Node.distinct`: makes a new node in any case
   */
  intern(
    op: AnyOp,
    inputs: readonly Sym[],
    arity: readonly number[] | undefined,
    attrs: Attrs,
    types?: readonly TensorType[],
    checks?: readonly DimCheck[],
    distinct = false,
  ): Node {
    const hash = distinct ? 0 : hashOf(op, inputs, attrs);
    this.#interned ??= internedOf(this.#nodes);
    const found = this.#interning && !distinct ? this.#interned.find(hash, op, inputs, arity, attrs) : undefined;
    if (found !== undefined) return found;
    this.#checkName(op);
    const node = makeNode(this.#nextId, this, op, inputs, arity, attrs, types, checks, distinct);
    if (!distinct) this.#interned.add(hash, this.#nodes.length);
    this.#nodes.push(node);
    this.#nextId++;
    // random ops that join a copy of the graph later must not get a stream number that is taken
    if (op.traits.random) this.#streams = Math.max(this.#streams, (attrs.stream as number) + 1);
    return node;
  }

  /**
   * Drops all other nodes. Those that stay keep their ids, and so their labels.
   * @param nodes nodes of this graph, each after its inputs, which are among them
   */
  retain(nodes: readonly Node[]): void {
    if (nodes.length === this.#nodes.length) return;
    this.#nodes = [...nodes];
    this.#interned = undefined;
    this.#adopted.clear();
  }

  #checkName(op: AnyOp): void {
    const same = this.#ops.get(op.name);
    if (same === op) return;
    if (same !== undefined) {
      throw new GraphError(
        `two ops are named '${op.name}'; a graph can have one definition of each name (is the library loaded twice?)`,
      );
    }
    this.#ops.set(op.name, op);
  }

  /** The copy of a free Sym in this graph, made at its first use here. */
  adopt(sym: Sym): Sym {
    if (sym.node.graph === this) return sym;
    if (sym.node.graph !== undefined) throw mixed(sym);
    const stack = [sym.node];
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      const waiting = node.inputs.filter((s) => !this.#adopted.has(s.node));
      if (this.#adopted.has(node)) stack.pop();
      else if (waiting.length > 0) stack.push(...waiting.map((s) => s.node));
      else {
        stack.pop();
        const inputs = node.inputs.map((s) => this.#adopted.get(s.node)!.outputs[s.output]!);
        this.#adopted.set(node, rebuildNode(this, node, inputs, numbered(this, node.op, node.attrs), node.distinct));
      }
    }
    return this.#adopted.get(sym.node)!.outputs[sym.output]!;
  }
}

shown(NodeTable, 'NodeTable', ({ nodes }) => `of ${nodes.length} nodes`);

/** A random op gets its stream number when it joins a graph. */
const numbered = (graph: NodeTable, op: AnyOp, attrs: Attrs): Attrs =>
  op.traits.random && attrs.stream === undefined ? Object.freeze({ ...attrs, stream: graph.nextStream() }) : attrs;

/**
 * Makes or finds a node in the graph of its inputs, else in the ambient graph; without either, makes a free node.
 * @param entered the op function that was called
 * @param distinct see `Node.distinct`
 */
export function createNode(
  op: AnyOp,
  inputs: readonly Sym[],
  arity: readonly number[] | undefined,
  attrs: Attrs,
  entered: Entered,
  distinct = op.traits.leaf === 'constant' && context.call?.makes === true && !context.derived,
): readonly Sym[] {
  context.entered = entered;
  const graph = graphOf(op, inputs) ?? context.graph;
  const node =
    graph === undefined
      ? makeNode(-1, undefined, op, inputs, arity, attrs, undefined, undefined, distinct)
      : graph.intern(op, adoptAll(graph, inputs), arity, numbered(graph, op, attrs), undefined, undefined, distinct);
  if (!context.derived) node.addSites([captureUser()]);
  return node.outputs;
}

const adoptAll = (graph: NodeTable, inputs: readonly Sym[]): readonly Sym[] =>
  inputs.every((s) => s.node.graph === graph) ? inputs : inputs.map((s) => graph.adopt(s));

/** A copy of the node with other inputs of the same types, without inference. It has the node's call sites and checks. */
export function rebuildNode(
  graph: NodeTable,
  node: Node,
  inputs: readonly Sym[],
  attrs = node.attrs,
  distinct = false,
): Node {
  const copy = graph.intern(node.op, inputs, node.arity, attrs, node.outputs, node.checks, distinct);
  if (copy.sites.length === 0) copy.addSites(node.sites);
  return copy;
}

function graphOf(op: AnyOp, inputs: readonly Sym[]): NodeTable | undefined {
  let graph: NodeTable | undefined;
  for (const input of inputs) {
    const other = input.node.graph;
    if (other === undefined || other === graph) continue;
    if (graph !== undefined) {
      const first = inputs.find((s) => s.node.graph === graph)!;
      throw new GraphError(`${calledAs(op.name)}: '${first.label}' and '${input.label}' belong to different graphs`, {
        site: currentSite(),
      });
    }
    graph = other;
  }
  return graph;
}

const mixed = (sym: Sym): GraphError =>
  new GraphError(`'${sym.label}' (made at ${sym.node.site ?? 'an unknown line'}) belongs to another graph`, {
    site: currentSite(),
  });

function makeNode(
  id: number,
  graph: NodeTable | undefined,
  op: AnyOp,
  inputs: readonly Sym[],
  arity: readonly number[] | undefined,
  attrs: Attrs,
  types?: readonly TensorType[],
  checks: readonly DimCheck[] = NO_CHECKS,
  distinct = false,
): Node {
  if (types === undefined) {
    const outer = context.checks;
    context.checks = undefined;
    try {
      types = op.definition.infer(inputRecord(op, inputs, arity) as never, attrs as never) as readonly TensorType[];
      if (context.checks !== undefined) checks = context.checks;
    } catch (e) {
      throw explain(e, op, inputs, arity);
    } finally {
      context.checks = outer;
    }
  }
  return new Node({ id, op, attrs, inputs, arity, types, graph, origin: context.origin, checks, distinct });
}

/** The stack below the exposed function that the user called, or below the op's function where an op's author calls that directly. */
const captureUser = (): Site => captureSite(context.call?.exposed ?? context.entered);

/** The user's current line; while the engine derives nodes, the line of the origin. */
const currentSite = (): string | undefined => context.origin?.site ?? formatSite(captureUser());

/**
 * Adds the input nodes, their types and the user's line to an error of shape inference. Not inside a user's call of an exposed function,
 * which adds its arguments itself (see expose.ts).
 */
function explain(error: unknown, op: AnyOp, inputs: readonly Sym[], arity: readonly number[] | undefined): unknown {
  if (!(error instanceof RetrographError) || error.node !== undefined || (context.call && !context.derived))
    return error;
  const names = op.slots.flatMap((slot, i) => Array.from({ length: arity?.[i] ?? 1 }, () => slot.name));
  const lines = inputs.map((s, i) => `  ${names[i]} = ${formatOperand(s)}`);
  const prefix = error.message.startsWith(op.name) ? '' : `${op.name}: `;
  return new (classOf(error))([prefix + error.message, ...lines].join('\n'), {
    node: op.name,
    site: currentSite(),
    cause: error.cause,
  });
}

/** `'h1' (Tanh) float32[$b, 3], made at train.ts:12:20` */
export function formatOperand(sym: Sym): string {
  const { site, op } = sym.node;
  return `'${sym.label}' (${op.name}) ${formatType(sym)}${site === undefined ? '' : `, made at ${site}`}`;
}
