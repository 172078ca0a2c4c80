/**
 * The node table of a graph: makes nodes, interns them on (op, attributes, inputs), so that common subexpressions never exist
 * twice, and adopts free ones.
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
import { hashOf, Interned } from './interned.ts';
import { type DimCheck, Node, type Sym } from './sym.ts';

const NO_CHECKS: readonly DimCheck[] = Object.freeze([]);

export class NodeTable {
  readonly nodes: Node[] = [];
  /** Ops by name: two definitions of one name never meet in a graph. */
  readonly #ops = new Map<string, AnyOp>();
  readonly #interned = new Interned(this.nodes);
  readonly #adopted = new Map<Node, Node>();
  readonly #interning: boolean;
  #streams = 0;

  /** @param interning false keeps equal nodes apart (for looking at what interning does) */
  constructor(interning = true) {
    this.#interning = interning;
  }

  /** The next random op's stream number. */
  nextStream(): number {
    return this.#streams++;
  }

  /** The op of that name that this graph uses, if any. */
  op(name: string): AnyOp | undefined {
    return this.#ops.get(name);
  }

  /** Whether a node of one of these ops may be here, or in the body of a Function. */
  mayHold(ops: readonly string[]): boolean {
    return [...this.#ops.values()].some((op) => ops.includes(op.name) || op.functions.length > 0);
  }

  /**
   * The node for these parts: an equal one that exists, or a new one. Types, and checks, may be given where they are known.
   * @param own a constant of the user's own, which no other is equal to
   */
  intern(
    op: AnyOp,
    inputs: readonly Sym[],
    arity: readonly number[] | undefined,
    attrs: Attrs,
    types?: readonly TensorType[],
    checks?: readonly DimCheck[],
    own = false,
  ): Node {
    const hash = own ? 0 : hashOf(op, inputs, attrs);
    const found = this.#interning && !own ? this.#interned.find(hash, op, inputs, arity, attrs) : undefined;
    if (found !== undefined) return found;
    this.#checkName(op);
    const node = makeNode(this.nodes.length, this, op, inputs, arity, attrs, types, checks, own);
    this.nodes.push(node);
    if (!own) this.#interned.add(hash, node);
    // what joins a copy of a graph later must not get a number that is taken
    if (op.traits.random) this.#streams = Math.max(this.#streams, (attrs.stream as number) + 1);
    return node;
  }

  #checkName(op: AnyOp): void {
    const same = this.#ops.get(op.name);
    if (same === op) return;
    if (same !== undefined) {
      throw new GraphError(
        `two ops are named '${op.name}'; a graph takes one definition of each name (is the library loaded twice?)`,
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
        this.#adopted.set(node, rebuildNode(this, node, inputs, numbered(this, node.op, node.attrs), node.own));
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
 * Makes, or finds, a node in the graph of its inputs; without any, in the surrounding graph; without one, a free node.
 * @param entered the function of the op that has been called
 * @param own whether it is a constant of the user's own
 */
export function createNode(
  op: AnyOp,
  inputs: readonly Sym[],
  arity: readonly number[] | undefined,
  attrs: Attrs,
  entered: Entered,
  own = op.traits.leaf === 'constant' && context.call?.makes === true && !context.derived,
): readonly Sym[] {
  context.entered = entered;
  const graph = graphOf(op, inputs) ?? context.graph;
  const node =
    graph === undefined
      ? makeNode(-1, undefined, op, inputs, arity, attrs, undefined, undefined, own)
      : graph.intern(op, adoptAll(graph, inputs), arity, numbered(graph, op, attrs), undefined, undefined, own);
  if (!context.derived) node.addSites([captureUser()]);
  return node.outputs;
}

const adoptAll = (graph: NodeTable, inputs: readonly Sym[]): readonly Sym[] =>
  inputs.every((s) => s.node.graph === graph) ? inputs : inputs.map((s) => graph.adopt(s));

/** A copy of the node with other inputs, of the same types: nothing is inferred again. It has the node's lines and checks. */
export function rebuildNode(
  graph: NodeTable,
  node: Node,
  inputs: readonly Sym[],
  attrs = node.attrs,
  own = false,
): Node {
  const copy = graph.intern(node.op, inputs, node.arity, attrs, node.outputs, node.checks, own);
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
  own = false,
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
  return new Node({ id, op, attrs, inputs, arity, types, graph, origin: context.origin, checks, own });
}

/** The stack from the user's present line on: where no exposed function was called, that is an author's who makes a node by hand. */
const captureUser = (): Site => captureSite(context.call?.exposed ?? context.entered);

/** The user's present line; inside a derivation, that of the node derived from. */
const currentSite = (): string | undefined => context.origin?.site ?? formatSite(captureUser());

/**
 * Adds to an error of shape inference what the op's author cannot know: the nodes, their types and the user's line. Where a user has
 * called an exposed function, that will say so by its own arguments.
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
