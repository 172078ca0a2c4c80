/** Binding dims: the program with numbers for names, checked. */
import { type AttrSchema, type DimBindings, isFn } from '../attr.ts';
import { deriving } from '../build/context.ts';
import { type Fn, makeFn } from '../build/function.ts';
import type { DimCheck, Node, Sym } from '../build/sym.ts';
import { NodeTable } from '../build/table.ts';
import { toposort } from '../build/toposort.ts';
import { dimNames, evaluateDim, formatDim } from '../dim.ts';
import { ShapeError } from '../errors.ts';
import { type ProgramGraph, rootsOf, withRoots } from '../optimize/program-graph.ts';
import { DimValue } from '../primitives/dim-value.ts';
import { Fill } from '../primitives/fill.ts';
import type { Shape } from '../types.ts';

/** The names of all dims that the nodes speak of, in shapes and attributes. */
export function dimsOf(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Fn>();
  const visit = (list: readonly Node[]): void => {
    for (const node of list) {
      for (const s of node.outputs)
        for (const d of s.shape) if (typeof d !== 'number') for (const name of dimNames(d)) names.add(name);
      const schema = node.op.attrs as AttrSchema;
      for (const name in schema) {
        const value = node.attrs[name];
        for (const d of schema[name]!.dims?.(value) ?? []) names.add(d);
        if (isFn(value) && !seen.has(value)) {
          seen.add(value);
          visit(toposort(value.results));
        }
      }
    }
  };
  visit(nodes);
  return names;
}

/**
 * Every dim of the program as a number.
 * @throws DimError for a name that is not bound
 */
export function bindDims(program: ProgramGraph, dims: DimBindings): ProgramGraph {
  const roots = rootsOf(program);
  const nodes = toposort(roots);
  if (dimsOf(nodes).size === 0) return program;
  const graph = new NodeTable();
  return withRoots(program, graph, bindNodes(graph, nodes, roots, dims, new Map()));
}

function bindNodes(
  graph: NodeTable,
  nodes: readonly Node[],
  roots: readonly Sym[],
  dims: DimBindings,
  functions: Map<string, Fn>,
): readonly Sym[] {
  const copies = new Map<Node, readonly Sym[]>();
  for (const node of nodes) {
    const inputs = node.inputs.map((s) => copies.get(s.node)![s.output]!);
    copies.set(
      node,
      deriving(graph, node, () => bindNode(graph, node, inputs, dims, functions)),
    );
  }
  return roots.map((s) => copies.get(s.node)![s.output]!);
}

function bindNode(
  graph: NodeTable,
  node: Node,
  inputs: readonly Sym[],
  dims: DimBindings,
  functions: Map<string, Fn>,
): readonly Sym[] {
  if (node.op === DimValue) {
    const { dim, dtype } = node.attrs as { dim: Shape[number]; dtype: 'float32' };
    return [Fill.node({}, { shape: [], value: evaluateDim(dim, dims), dtype })];
  }
  const schema = node.op.attrs as AttrSchema;
  const attrs: Record<string, unknown> = {};
  for (const name in schema) {
    const value = node.attrs[name];
    attrs[name] = isFn(value) ? bindFunction(value, dims, functions) : (schema[name]!.bind?.(value, dims) ?? value);
  }
  const types = node.outputs.map(({ dtype, shape }) => ({ dtype, shape: shape.map((d) => sizeOfDim(node, d, dims)) }));
  const bound = graph.intern(node.op, inputs, node.arity, Object.freeze(attrs), types);
  node.giveNames(bound.outputs);
  return bound.outputs;
}

/** A dim as a size. @throws ShapeError for a negative one: a slice or a window larger than what it is taken from */
function sizeOfDim(node: Node, d: Shape[number], dims: DimBindings): number {
  const size = evaluateDim(d, dims);
  if (size >= 0) return size;
  throw new ShapeError(`${node.op.name} ('${node.label}'): the size ${formatDim(d)} is ${size}`, {
    node: node.label,
    site: node.site,
  });
}

function bindFunction(fn: Fn, dims: DimBindings, functions: Map<string, Fn>): Fn {
  let bound = functions.get(fn.key);
  if (bound === undefined) {
    const body = new NodeTable();
    const roots = bindNodes(
      body,
      toposort([...fn.parameters, ...fn.results]),
      [...fn.parameters, ...fn.results],
      dims,
      functions,
    );
    bound = makeFn(body, roots.slice(0, fn.parameters.length), roots.slice(fn.parameters.length));
    functions.set(fn.key, bound);
  }
  return bound;
}

/** A check that shape inference left open, and the node that it is about. */
export interface OpenCheck extends DimCheck {
  readonly node: Node;
}

/** All open checks of these nodes and of their Functions. */
export function openChecks(nodes: readonly Node[]): readonly OpenCheck[] {
  const checks: OpenCheck[] = [];
  const seen = new Set<Fn>();
  const visit = (list: readonly Node[]): void => {
    for (const node of list) {
      for (const check of node.checks) checks.push({ ...check, node });
      for (const name in node.attrs) {
        const value = node.attrs[name];
        if (isFn(value) && !seen.has(value)) {
          seen.add(value);
          visit(toposort(value.results));
        }
      }
    }
  };
  visit(nodes);
  return checks;
}

const HOLDS: Readonly<Record<DimCheck['kind'], (a: number, b: number) => boolean>> = {
  equal: (a, b) => a === b,
  atLeast: (a, b) => a >= b,
};
const RELATION: Readonly<Record<DimCheck['kind'], string>> = {
  equal: 'must equal',
  atLeast: 'must be at least',
};

/**
 * Decides those checks whose dims are all known.
 * @throws ShapeError for the first that does not hold, naming node, dims, values and the user's line
 */
export function decideChecks(checks: readonly OpenCheck[], dims: DimBindings): void {
  for (const { kind, a, b, what, node } of checks) {
    if ([a, b].some((d) => dimNames(d).some((name) => dims[name] === undefined))) continue;
    const [x, y] = [evaluateDim(a, dims), evaluateDim(b, dims)];
    if (HOLDS[kind](x, y)) continue;
    const value = (d: Shape[number], n: number): string => (typeof d === 'number' ? `${n}` : `${formatDim(d)} = ${n}`);
    throw new ShapeError(
      `${node.op.name} ('${node.label}'): ${what}: ${value(a, x)} ${RELATION[kind]} ${value(b, y)}`,
      { node: node.label, site: node.site },
    );
  }
}
