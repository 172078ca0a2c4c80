/** The one driver of all passes: rewrites what some roots depend on, bottom up, until no rule applies. */
import { isFn } from '../attr.ts';
import { context, deriving } from '../build/context.ts';
import { type Fn, makeFn } from '../build/function.ts';
import { NodeMap } from '../build/node-map.ts';
import { isSym, type Node, type Sym } from '../build/sym.ts';
import { NodeTable, rebuildNode } from '../build/table.ts';
import { GraphError } from '../errors.ts';
import { ofSameTypes } from './replacement.ts';
import type { Rewrite } from './target.ts';

/** A rule that replaces even what it makes would never end; no chain of replacements is near this long. */
const MAX_REPLACEMENTS = 64;

/**
 * The roots in `graph`, with every node that `rule` replaces replaced, and replacements rewritten in turn. Bodies of Functions too.
 * Iterative, for graphs of any depth.
 */
export const rewrite = (graph: NodeTable, roots: readonly Sym[], rule: Rewrite): readonly Sym[] =>
  deriving(graph, undefined, () => rewriteWithin(graph, roots, rule));

function rewriteWithin(graph: NodeTable, roots: readonly Sym[], rule: Rewrite): readonly Sym[] {
  /** What has become of each node's outputs; true: they are what they were. */
  const done = new NodeMap<readonly Sym[] | true>();
  const pending = new NodeMap<readonly Sym[]>();
  /** Nodes whose replacements are being rewritten. */
  const open = new NodeMap<true>();
  /** Of what rules made: how many replacements led to it. */
  const depths = new NodeMap<number>();
  const functions = new Map<string, Fn>();
  const rewriteFunction = (fn: Fn): Fn => {
    let result = functions.get(fn.key);
    if (result === undefined) {
      result = rewriteBody(fn, rule);
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

  const stack: Node[] = [];
  for (const root of roots) {
    stack.push(root.node);
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      if (done.has(node)) {
        stack.pop();
        continue;
      }
      const replacement = pending.get(node);
      const before = stack.length;
      const needs = replacement ?? node.inputs;
      // last first, so that the first is visited first: the order of toposort
      for (let i = needs.length - 1; i >= 0; i--) if (!done.has(needs[i]!.node)) stack.push(needs[i]!.node);
      if (stack.length > before) {
        if (replacement === undefined) continue;
        if (open.has(node)) throw endless(node); // what replaces it depends on it
        open.set(node, true);
        continue;
      }
      stack.pop();
      if (replacement !== undefined) {
        finish(node, replacement.map(resolve));
        continue;
      }
      const candidate = withInputs(graph, node, resolve, rewriteFunction);
      const known = candidate === node ? undefined : done.get(candidate);
      if (known !== undefined) {
        finish(node, known === true ? candidate.outputs : known);
        continue;
      }
      context.origin = candidate;
      const size = graph.nodes.length;
      const replaced = rule(candidate, node);
      if (replaced === undefined) {
        done.set(candidate, true);
        if (candidate !== node) done.set(node, candidate.outputs);
        continue;
      }
      const own = (isSym(replaced) ? [replaced] : replaced).map((s) => graph.adopt(s));
      const outputs = ofSameTypes(candidate, own, 'a rewrite');
      const depth = (depths.get(node) ?? 0) + 1;
      if (depth > MAX_REPLACEMENTS) throw endless(node);
      for (let i = size; i < graph.nodes.length; i++) depths.set(graph.nodes[i]!, depth);
      pending.set(node, outputs);
      stack.push(node);
    }
  }
  return roots.map(resolve);
}

const endless = (node: Node): GraphError =>
  new GraphError(`rewriting '${node.label}' (${node.op.name}) does not end`, {
    node: node.label,
    site: node.site,
  });

/** The node in `graph` over rewritten inputs and Functions; itself where nothing changed. */
function withInputs(graph: NodeTable, node: Node, resolve: (s: Sym) => Sym, rewriteFunction: (fn: Fn) => Fn): Node {
  const attrs = rewriteFunctions(node, rewriteFunction);
  let same = node.graph === graph && attrs === node.attrs;
  for (const s of node.inputs) same &&= resolve(s) === s;
  if (same) return node;
  context.origin = node;
  const copy = graph.intern(node.op, node.inputs.map(resolve), node.arity, attrs, node.outputs);
  node.giveNames(copy.outputs);
  return copy;
}

function rewriteFunctions(node: Node, rewriteFunction: (fn: Fn) => Fn): Node['attrs'] {
  let attrs = node.attrs;
  for (const name in node.attrs) {
    const value = node.attrs[name];
    if (!isFn(value)) continue;
    const fn = rewriteFunction(value);
    if (fn.key !== value.key) attrs = { ...attrs, [name]: fn };
  }
  return attrs;
}

function rewriteBody(fn: Fn, rule: Rewrite): Fn {
  const body = new NodeTable();
  const parameters = fn.parameters.map((p) => rebuildNode(body, p.node, []).outputs[0]!);
  return makeFn(body, parameters, rewrite(body, fn.results, rule));
}
