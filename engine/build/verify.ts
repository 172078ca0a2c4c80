/** The verifier of a graph's invariants. Tests run it after each pass. */
import { isFn, parseAttrs } from '../attr.ts';
import { GraphError } from '../errors.ts';
import { Parameter } from '../primitives/parameter.ts';
import { inputRecord } from '../slots.ts';
import { formatType, mayMatch, type TensorType } from '../types.ts';
import { context, deriving } from './context.ts';

import type { Fn, Node, Sym } from './sym.ts';
import { toposort } from './toposort.ts';

/**
 * Checks every node that the roots depend on: it belongs to one graph, inputs come before users, attributes fit their schema, and output
 * types are those that shape inference gives.
 * @throws GraphError naming the node and its line
 */
export function verify(roots: readonly Sym[]): void {
  verifyNodes(roots, new Set(), new Set());
}

/**
 * @param parameters the parameters of the Function whose results are the roots
 * @param verified Functions already verified: without it, nested Functions would take exponential time
 */
function verifyNodes(roots: readonly Sym[], parameters: ReadonlySet<Sym>, verified: Set<Fn>): void {
  const graph = roots[0]?.node.graph;
  for (const node of toposort(roots)) {
    if (isKnownSound(node, graph)) continue;
    const fail = (what: string): never => {
      throw new GraphError(`verify: '${node.label}' (${node.op.name}): ${what}`, { node: node.label, site: node.site });
    };
    if (node.graph !== graph) fail('belongs to another graph');
    if (node.op === Parameter && !parameters.has(node.outputs[0]!)) fail('is used outside of its Function');
    for (const input of node.inputs) {
      if (input.node.id >= node.id) fail(`input '${input.label}' comes after its user`);
      if (input.node.outputs[input.output] !== input) fail(`input '${input.label}' is not an output of its node`);
    }
    verifyAttrs(node, fail);
    for (const value of Object.values(node.attrs)) {
      if (!isFn(value) || verified.has(value)) continue;
      verified.add(value);
      verifyFunction(value, verified, fail);
    }
    if (!isEmpty(node)) verifyTypes(node, fail);
    // a parameter is only valid within its own Function, so it is checked each time
    if (node.op !== Parameter) sound.add(node);
  }
}

/** Whether an input or output has no elements: inference may reject such shapes (a window does not fit), but nothing is computed. */
const isEmpty = ({ inputs, outputs }: Node): boolean => [...inputs, ...outputs].some(({ shape }) => shape.includes(0));

/** Verified nodes: nodes are immutable, so each is checked once. */
const sound = new WeakSet<Node>();
const isKnownSound = (node: Node, graph: Node['graph']): boolean => node.graph === graph && sound.has(node);

function verifyAttrs(node: Node, fail: (what: string) => never): void {
  try {
    parseAttrs(node.op.name, node.op.attrs, node.attrs);
  } catch (e) {
    fail((e as Error).message);
  }
}

function verifyFunction(fn: Fn, verified: Set<Fn>, fail: (what: string) => never): void {
  const parameters = new Set(fn.parameters);
  if (parameters.size < fn.parameters.length) fail('its Function lists a parameter twice');
  for (const { node, label } of fn.parameters) {
    if (node.op !== Parameter) fail(`its Function lists '${label}' as a parameter, which is a ${node.op.name}`);
    if (node.graph !== fn.graph) fail('a parameter of its Function belongs to another graph');
  }
  for (const node of toposort(fn.results)) {
    const { leaf } = node.op.traits;
    if (node.inputs.length === 0 && leaf !== 'parameter' && leaf !== 'constant')
      fail(`its Function is not closed: '${node.label}' is neither a parameter nor a constant`);
  }
  verifyNodes(fn.results, parameters, verified);
}

/** The types that shape inference gives; its deferred checks are dropped, since the node has them already. */
function inferAgain(node: Node, fail: (what: string) => never): readonly TensorType[] {
  const outer = context.checks;
  try {
    return deriving(node.graph, node, () =>
      node.op.definition.infer(inputRecord(node.op, node.inputs, node.arity) as never, node.attrs as never),
    );
  } catch (e) {
    return fail((e as Error).message);
  } finally {
    context.checks = outer;
  }
}

function verifyTypes(node: Node, fail: (what: string) => never): void {
  const types = inferAgain(node, fail);
  if (types.length !== node.outputs.length)
    fail(`has ${node.outputs.length} outputs; shape inference gives ${types.length}`);
  types.forEach((type, k) => {
    const output = node.outputs[k]!;
    if (!mayMatch(type, output))
      fail(`output ${k} is ${formatType(output)}; shape inference gives ${formatType(type)}`);
  });
}
