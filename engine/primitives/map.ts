/** Map: a Function applied along the leading axis of values. */
import { attr } from '../attr.ts';
import { apart, atOnce, requireEqual } from '../build/context.ts';
import { makeFn, trace } from '../build/function.ts';
import { type Fn, isSym, type Sym } from '../build/sym.ts';
import type { Dim } from '../dim/index.ts';
import { AttributeError, DTypeError, GraphError, ShapeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import { isDifferentiable, type TensorType } from '../types.ts';
import { requireArguments } from './call.ts';

/**
 * Applies `body` to each element along the leading axis of `mapped`. The body's parameters are an element of each mapped value, then
 * `captured`. The first `stacked` results are stacked along a new leading axis, the others summed over the iterations.
 */
export const MapOp = defineOp({
  name: 'Map',
  inputs: ['...mapped', '...captured'],
  outputs: ['...stacked', '...summed'],
  attrs: { body: attr.fn(), count: attr.dim(), stacked: attr.int() },
  infer: ({ mapped, captured }, { body, count, stacked }) => {
    mapped.forEach((x, i) => {
      if (x.shape.length === 0) throw new ShapeError(`mapped value ${i} is a scalar`);
      requireEqual(count, x.shape[0]!, `the leading dim of mapped value ${i}`);
    });
    requireArguments(body, [...mapped.map((x) => ({ dtype: x.dtype, shape: x.shape.slice(1) })), ...captured]);
    if (stacked < 0 || stacked > body.results.length)
      throw new GraphError(`${stacked} of ${body.results.length} results stacked`);
    return body.results.map((r, k) => {
      if (k >= stacked && !isDifferentiable(r.dtype) && r.dtype !== 'int32')
        throw new DTypeError(`a sum of ${r.dtype}`);
      return { dtype: r.dtype, shape: k < stacked ? [count, ...r.shape] : r.shape };
    });
  },
  outputArity: ({ body, stacked }) => [stacked, body.results.length - stacked],
  lowering: [
    {
      kind: 'loop',
      loop: ({ mapped }, { body, count, stacked }) => ({ body, count, mapped: mapped.length, stacked }),
    },
  ],
  gradient: {
    mapped: (inputs, { dys, attrs, vjp }) => {
      const outputs = mapGradient(inputs, dys, attrs, vjp);
      return outputs.slice(0, inputs.mapped.length);
    },
    captured: (inputs, { dys, attrs, vjp }) => {
      const outputs = mapGradient(inputs, dys, attrs, vjp);
      return outputs.slice(inputs.mapped.length);
    },
  },
});

interface MapInputs {
  readonly mapped: readonly Sym[];
  readonly captured: readonly Sym[];
}
interface MapCotangents {
  readonly stacked: readonly Sym[];
  readonly summed: readonly Sym[];
}

/**
 * The gradient of a Map is a Map over the same elements and the cotangents of the stacked results. Cotangents of captured values are
 * summed over the iterations, which needs no memory for a stack. Both rules build the same node, which interning shares.
 */
function mapGradient(
  { mapped, captured }: MapInputs,
  dys: MapCotangents,
  attrs: { body: Fn; count: Dim },
  vjp: (fn: Fn) => Fn,
): readonly Sym[] {
  const back = vjp(attrs.body); // (mapped, captured, dStacked, dSummed) -> (dMapped, dCaptured)
  const m = mapped.length;
  const c = captured.length;
  const s = dys.stacked.length;
  const p = back.parameters;
  // parameters of the new body: first the mapped elements, then the captured values
  const order = [...p.slice(0, m), ...p.slice(m + c, m + c + s), ...p.slice(m, m + c), ...p.slice(m + c + s)];
  return MapOp.nodes(
    { mapped: [...mapped, ...dys.stacked], captured: [...captured, ...dys.summed] },
    { body: makeFn(back.graph, order, back.results), count: attrs.count, stacked: m },
  );
}

/**
 * Applies `f` to each element along the leading axis of the values in `xs`, and stacks its results. `f` may use other values: they are
 * captured.
 * @throws ShapeError for a scalar or no value; AttributeError if `f` returns no Sym or record of Syms
 */
export function map<K extends string>(
  xs: Sym | readonly Sym[],
  f: (...elements: Sym[]) => Record<K, Sym>,
): { readonly [P in K]: Sym };
export function map(xs: Sym | readonly Sym[], f: (...elements: Sym[]) => Sym): Sym;
export function map(
  xs: Sym | readonly Sym[],
  f: (...elements: Sym[]) => Sym | Record<string, Sym>,
): Sym | Record<string, Sym> {
  const mapped = Array.isArray(xs) ? (xs as readonly Sym[]) : [xs as Sym];
  if (mapped.length === 0) throw new ShapeError('map: there are no values to map over');
  const graph = mapped.find((x) => x.node.graph !== undefined)?.node.graph;
  const count = mapped[0]!.shape[0];
  if (count === undefined) throw new ShapeError('map: a scalar has no leading axis to map over');
  let names: readonly string[] | undefined;
  const types = mapped.map((x): TensorType => ({ dtype: x.dtype, shape: x.shape.slice(1) }));
  const { fn, captured } = trace(graph, types, (elements) => {
    const result = atOnce(
      'map',
      apart(() => f(...elements)),
    );
    if (!isSym(result) && !(typeof result === 'object' && result !== null && Object.values(result).every(isSym)))
      throw new AttributeError(`map: f must return a Sym or a record of Syms, not ${String(result)}`);
    if (isSym(result)) return [result];
    names = Object.keys(result);
    return names.map((n) => (result as Record<string, Sym>)[n]!);
  });
  const outputs = MapOp.nodes({ mapped, captured }, { body: fn, count, stacked: fn.results.length });
  return names === undefined ? outputs[0]! : Object.fromEntries(names.map((n, k) => [n, outputs[k]!]));
}
