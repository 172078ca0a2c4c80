/** The driver of all passes: rewrites the nodes that some roots depend on, bottom up, until no rule applies. */
import type { Attrs } from '../attr.ts';
import { context, deriving } from '../build/context.ts';
import { makeFn } from '../build/function.ts';
import { NodeMap } from '../build/node-map.ts';
import { type Fn, isSym, type Node, type Sym } from '../build/sym.ts';
import { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import { GraphError } from '../errors.ts';
import type { AnyOp } from '../op.ts';
import type { TensorType } from '../types.ts';
import { ofSameTypes } from './replacement.ts';
import type { Rewrite } from './target.ts';

/** Limit on replacements of replacements, far above any real chain: a rule that replaces its own results would never end. */
const MAX_REPLACEMENTS = 64;

/**
 * Rewrites all nodes that the roots depend on into `graph`, replacements and bodies of Functions included, and returns the new roots.
 * Recursive only for replacements of replacements, so graphs may have any depth.
 * @throws GraphError if rewriting does not end; RewriteError for a replacement of other types
 */
export const rewrite = (
  graph: NodeTable,
  roots: readonly Sym[],
  rule: Rewrite,
  { copying = UNCHANGED, order = toposort(roots) }: RewriteOptions = {},
): readonly Sym[] => deriving(graph, undefined, () => rewriteWithin(graph, roots, rule, copying, order));

interface RewriteOptions {
  readonly copying?: Copying;
  /** The topological order of the nodes that the roots depend on, if it is known. */
  readonly order?: readonly Node[];
}

/** The attributes and types of a node's copy; its inputs and Functions are rewritten by the driver. */
export interface Copying {
  readonly attrs: (node: Node) => Attrs;
  readonly types: (node: Node) => readonly TensorType[];
}
const UNCHANGED: Copying = { attrs: ({ attrs }) => attrs, types: ({ outputs }) => outputs };

function rewriteWithin(
  graph: NodeTable,
  roots: readonly Sym[],
  rule: Rewrite,
  copying: Copying,
  order: readonly Node[],
): readonly Sym[] {
  /** The new outputs of each node; true: unchanged. */
  const done = new NodeMap<readonly Sym[] | true>();
  /** Whether all nodes so far are unchanged. */
  let same = true;
  /** Nodes whose replacements are being rewritten. */
  const open = new NodeMap<true>();
  /** For nodes made by rules: how many replacements led to them. */
  const depths = new NodeMap<number>();
  const functions = new Map<string, Fn>();
  const rewriteFunction = (fn: Fn): Fn => {
    let result = functions.get(fn.key);
    if (result === undefined) {
      result = rewriteBody(fn, rule, copying);
      functions.set(fn.key, result);
    }
    return result;
  };
  const resolve = (s: Sym): Sym => {
    const outputs = done.get(s.node)!;
    return outputs === true ? s : outputs[s.output]!;
  };

  const finish = (node: Node, outputs: readonly Sym[]): void => {
    node.giveNames(outputs);
    done.set(node, outputs);
  };
  /** Rewrites a node whose inputs have been rewritten. */
  const visit = (node: Node): void => {
    if (open.has(node)) throw endless(node); // its replacement depends on it
    const stays = same && node.graph === graph && node.op.functions.length === 0;
    const candidate = stays ? node : withInputs(graph, node, resolve, rewriteFunction, copying);
    if (candidate !== node) {
      same = false;
      const known = done.get(candidate);
      if (known !== undefined) {
        finish(node, known === true ? candidate.outputs : known);
        return;
      }
    }
    context.origin = candidate;
    const size = graph.nodes.length;
    const replaced = rule(candidate, node);
    if (replaced === undefined) {
      done.set(candidate, true);
      if (candidate !== node) done.set(node, candidate.outputs);
      return;
    }
    same = false;
    const adopted = (isSym(replaced) ? [replaced] : replaced).map((s) => graph.adopt(s));
    const outputs = ofSameTypes(candidate, adopted, 'a rewrite');
    const depth = (depths.get(node) ?? 0) + 1;
    if (depth > MAX_REPLACEMENTS) throw endless(node);
    for (let i = size; i < graph.nodes.length; i++) depths.set(graph.nodes[i]!, depth);
    open.set(node, true);
    visitAll(toposort(outputs, (n) => done.has(n)));
    finish(node, outputs.map(resolve));
  };
  const visitAll = (order: readonly Node[]): void => {
    for (const node of order) if (!done.has(node)) visit(node);
  };

  visitAll(order);
  return roots.map(resolve);
}

const endless = (node: Node): GraphError =>
  new GraphError(`rewriting '${node.label}' (${node.op.name}) does not end`, {
    node: node.label,
    site: node.site,
  });

/** The node in `graph` with rewritten inputs and Functions; the node itself if nothing changed. */
function withInputs(
  graph: NodeTable,
  node: Node,
  resolve: (s: Sym) => Sym,
  rewriteFunction: (fn: Fn) => Fn,
  copying: Copying,
): Node {
  const attrs = rewriteFunctions(node.op, copying.attrs(node), rewriteFunction);
  let same = node.graph === graph && attrs === node.attrs;
  for (const s of node.inputs) same &&= resolve(s) === s;
  if (same) return node;
  context.origin = node;
  const copy = graph.intern(node.op, node.inputs.map(resolve), node.arity, attrs, copying.types(node));
  node.giveNames(copy.outputs);
  return copy;
}

function rewriteFunctions({ functions }: AnyOp, attrs: Attrs, rewriteFunction: (fn: Fn) => Fn): Attrs {
  for (const name of functions) {
    const value = attrs[name] as Fn;
    const fn = rewriteFunction(value);
    if (fn.key !== value.key) attrs = { ...attrs, [name]: fn };
  }
  return attrs;
}

function rewriteBody(fn: Fn, rule: Rewrite, copying: Copying): Fn {
  const body = new NodeTable();
  const copyOf = ({ node }: Sym): Sym =>
    withInputs(
      body,
      node,
      (s) => s,
      (f) => f,
      copying,
    ).outputs[0]!;
  const parameters = fn.parameters.map(copyOf);
  const results = rewrite(body, fn.results, rule, { copying });
  body.retain(toposort([...parameters, ...results]));
  return makeFn(body, parameters, results);
}
