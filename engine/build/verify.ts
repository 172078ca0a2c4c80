/** The verifier: re-derives what must hold of every node. Passes are checked by it in tests. */
import { isFn, parseAttrs } from '../attr.ts';
import { GraphError } from '../errors.ts';
import { Parameter } from '../primitives/parameter.ts';
import { inputRecord } from '../slots.ts';
import { formatType, mayMatch, type TensorType } from '../types.ts';
import { context, deriving } from './context.ts';
import type { Fn } from './function.ts';
import type { Node, Sym } from './sym.ts';
import { toposort } from './toposort.ts';

/**
 * Checks what the roots depend on: one graph, inputs before users, attributes that their schema takes, and types that shape
 * inference gives again.
 * @throws GraphError naming the node and its line
 */
export function verify(roots: readonly Sym[]): void {
  verifyNodes(roots, new Set(), new Set());
}

/**
 * @param parameters those of the Function whose results the roots are
 * @param verified Functions that need no second look: nested ones would need exponentially many
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
    if (!isOfNothing(node)) verifyTypes(node, fail);
    // whether a parameter is in its place depends on who asks
    if (node.op !== Parameter) sound.add(node);
  }
}

/** Whether it takes or gives a value without elements, which a window, say, need not fit into: nothing is computed of it. */
const isOfNothing = ({ inputs, outputs }: Node): boolean =>
  [...inputs, ...outputs].some(({ shape }) => shape.includes(0));

/** Nodes are immutable: each is looked at once, however many passes leave it as it is. */
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
  if (parameters.size < fn.parameters.length) fail('its Function has a parameter twice');
  for (const { node, label } of fn.parameters) {
    if (node.op !== Parameter) fail(`'${label}' is no parameter, but its Function has it for one`);
    if (node.graph !== fn.graph) fail('a parameter of its Function belongs to another graph');
  }
  for (const node of toposort(fn.results)) {
    const { leaf } = node.op.traits;
    if (node.inputs.length === 0 && leaf !== 'parameter' && leaf !== 'constant')
      fail(`its Function is not closed: '${node.label}' is neither a parameter nor a constant`);
  }
  verifyNodes(fn.results, parameters, verified);
}

/** The types that shape inference gives; what it leaves open was said when the node was made. */
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
    const own = node.outputs[k]!;
    if (!mayMatch(type, own)) fail(`output ${k} is ${formatType(own)}; shape inference gives ${formatType(type)}`);
  });
}
