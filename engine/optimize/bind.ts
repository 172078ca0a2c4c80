/** Binds dims: replaces symbols by sizes, and checks what shape inference deferred. */
import { type AttrSchema, type DimBindings, formatValue } from '../attr.ts';
import { regionsOf } from '../build/function.ts';
import type { DimCheck, Node, Sym } from '../build/sym.ts';
import { dimNames, evaluateDim, formatDim, isStatic } from '../dim/index.ts';
import { ShapeError } from '../errors.ts';
import { DimValue } from '../primitives/dim-value.ts';
import { Fill } from '../primitives/fill.ts';
import type { Shape } from '../types.ts';
import { fold } from './fold-constants.ts';
import type { Copying } from './rewrite.ts';
import type { Rewrite } from './target.ts';

/** The names of all symbols in the nodes' shapes and attributes, bodies included. */
export function dimsOf(nodes: readonly Node[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const region of regionsOf(nodes))
    for (const { op, attrs, outputs } of region.nodes) {
      for (const s of outputs)
        for (const d of s.shape) if (typeof d !== 'number') for (const name of dimNames(d)) names.add(name);
      const schema = op.attrs as AttrSchema;
      for (const name in schema) for (const d of schema[name]!.dims?.(attrs[name]) ?? []) names.add(d);
    }
  return names;
}

/**
 * Checks the sizes that a user gives.
 * @param names the symbols that the program depends on
 * @param nodes the nodes of the whole graph, whose symbols may be bound too
 * @throws ShapeError for a value that is not a size, or a symbol that the graph does not have
 */
export function requireDims(dims: DimBindings, names: readonly string[], nodes: readonly Node[]): void {
  for (const [name, size] of Object.entries(dims)) {
    if (!Number.isInteger(size) || size < 0) throw new ShapeError(`$${name} is a size, not ${formatValue(size)}`);
    if (names.includes(name)) continue;
    const known = dimsOf(nodes);
    if (!known.has(name))
      throw new ShapeError(
        `no shape has the dim $${name}; dims: ${[...known].map((n) => `$${n}`).join(', ') || 'none'}`,
      );
  }
}

/**
 * Copies nodes with a number for every dim.
 * @throws DimError for a symbol without a size; ShapeError for a negative size
 */
export const bindingBy = (dims: DimBindings): Copying => ({
  attrs: ({ op, attrs }) => {
    let bound = attrs;
    for (const name of op.sized) {
      const value = op.attrs[name].bind(attrs[name], dims);
      if (value !== attrs[name]) bound = { ...bound, [name]: value };
    }
    return bound;
  },
  types: (node) =>
    node.outputs.every(({ shape }) => isStatic(shape))
      ? node.outputs
      : node.outputs.map(({ dtype, shape }) => ({ dtype, shape: shape.map((d) => sizeOfDim(node, d, dims)) })),
});

/** Replaces sizes that are values, and folds expressions of sizes alone (`1 / $batch`). */
export const bindValues =
  (dims: DimBindings): Rewrite =>
  (node, original) => {
    if (node.op === DimValue) return sizeAsFill(node, dims);
    const isKnown = node.inputs[0]?.node.op === Fill && node.inputs.every((s) => s.node.op === Fill);
    return isKnown && original.inputs.some((s) => s.node.op !== Fill) ? fold(node) : undefined;
  };

function sizeAsFill({ attrs }: Node, dims: DimBindings): Sym {
  const { dim, dtype } = attrs as { dim: Shape[number]; dtype: 'float32' };
  return Fill.node({}, { shape: [], value: evaluateDim(dim, dims), dtype });
}

/** A dim as a size. @throws ShapeError if it is negative: a slice or a window larger than its input */
function sizeOfDim(node: Node, d: Shape[number], dims: DimBindings): number {
  const size = evaluateDim(d, dims);
  if (size >= 0) return size;
  throw new ShapeError(`${node.op.name} ('${node.label}'): the size ${formatDim(d)} is ${size}`, {
    node: node.label,
    site: node.site,
  });
}

/** A check that shape inference deferred, and its node. */
export interface DeferredCheck extends DimCheck {
  readonly node: Node;
}

/** All deferred checks of these nodes and of the bodies of their Functions. */
export const deferredChecks = (nodes: readonly Node[]): readonly DeferredCheck[] =>
  regionsOf(nodes).flatMap((region) =>
    region.nodes.flatMap((node) => node.checks.map((check) => ({ ...check, node }))),
  );

const HOLDS: Readonly<Record<DimCheck['kind'], (a: number, b: number) => boolean>> = {
  equal: (a, b) => a === b,
  atLeast: (a, b) => a >= b,
};
const RELATION: Readonly<Record<DimCheck['kind'], string>> = {
  equal: 'must equal',
  atLeast: 'must be at least',
};

/**
 * Decides the checks whose symbols all have sizes.
 * @throws ShapeError for the first check that fails, naming node, dims, values and the user's line
 */
export function decideChecks(checks: readonly DeferredCheck[], dims: DimBindings): void {
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
