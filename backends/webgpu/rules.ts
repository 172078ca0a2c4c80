/** Legalization rules for ops that tfjs's webgpu backend lacks or computes wrongly. */
import type { Attrs, LegalizeRule, Sym } from '../../engine/index.ts';
import { addN, broadcastTo, cast, dim, dimValue, fill, iota, reshape, sameShape, select } from '../../engine/index.ts';
import { equal } from '../../ops/comparison/equal.ts';
import { where } from '../../ops/comparison/where.ts';
import { floorDiv } from '../../ops/elementwise/floor-div.ts';
import { mul } from '../../ops/elementwise/multiply.ts';
import { sub } from '../../ops/elementwise/sub.ts';
import { max } from '../../ops/reduction/max.ts';
import { min } from '../../ops/reduction/min.ts';
import { reverse } from '../../ops/shape/reverse.ts';
import { gpuRules } from '../gpu-rules.ts';

/** The most terms of an AddN: devices guarantee eight buffers per shader, including the result. */
const MAX_TERMS = 7;

/** Kernels that transpose their input. */
const TRANSPOSING = ['Cumprod', 'Cumsum', 'Max', 'Min', 'Prod', 'Sum', 'Transpose'];

/** The arguments `axis` and `keepDims` of reduction builders. */
const axisOf = (attrs: Attrs): [readonly number[], boolean] => [
  attrs.axis as readonly number[],
  attrs.keepDims as boolean,
];

/** The first index along an axis at which the extremum is. */
function firstIndex(x: Sym, axis: number, extremeOf: typeof max): Sym {
  const size = x.shape[axis]!;
  const indices = reshape(cast(iota(size), 'float32'), [size, ...x.shape.slice(axis + 1).map(() => 1)]);
  const found = equal(x, extremeOf(x, axis, true));
  return cast(min(where(found, indices, dimValue(dim.sub(size, 1))), axis), 'int32');
}

export const rules: readonly LegalizeRule[] = [
  ...gpuRules,
  {
    name: 'add-n-of-few',
    reason: 'the kernel binds all terms at once, and most devices bind no more than eight buffers',
    op: 'AddN',
    rewrite: ({ inputs }) =>
      inputs.length <= MAX_TERMS ? undefined : addN([addN(inputs.slice(0, MAX_TERMS)), ...inputs.slice(MAX_TERMS)]),
  },
  ...['BitwiseAnd', 'FloorDiv'].map(
    (op): LegalizeRule => ({
      name: `${op}-of-one-shape`,
      reason: 'our integer kernels require operands of one shape',
      op,
      rewrite: ({ op: own, inputs, outputs }) => {
        const { shape } = outputs[0]!;
        if (inputs[0]!.dtype !== 'int32' || inputs.every((s) => sameShape(s.shape, shape))) return undefined;
        const [a, b] = inputs.map((s) => broadcastTo(s, shape));
        return own.nodes({ a: a!, b: b! }, {})[0]!;
      },
    }),
  ),
  {
    name: 'integer-mod-by-quotient',
    reason: 'the kernel divides by 0, where the remainder should be 0',
    op: 'Mod',
    rewrite: ({ inputs, outputs }) => {
      const [a, b] = inputs;
      if (outputs[0]!.dtype !== 'int32') return undefined;
      const zero = fill([], 0, 'int32');
      return select(equal(b!, zero), zero, sub(a!, mul(b!, floorDiv(a!, b!))));
    },
  },
  ...TRANSPOSING.map(
    (op): LegalizeRule => ({
      name: `${op}-of-floats`,
      reason: 'the kernels transpose the axis to the end by a shader that does not compile for int32 and bool',
      op,
      rewrite: ({ op: own, inputs, outputs, attrs }) => {
        const [x] = inputs;
        if (x!.dtype === 'float32') return undefined;
        return cast(own.nodes({ x: cast(x!, 'float32') }, attrs)[0]!, outputs[0]!.dtype);
      },
    }),
  ),
  {
    name: 'arg-max-as-first-place',
    reason: 'of equal elements the kernel takes any, and not the first',
    op: 'ArgMax',
    rewrite: ({ inputs, attrs }) => firstIndex(inputs[0]!, attrs.axis as number, max),
  },
  {
    name: 'arg-min-as-first-place',
    reason: 'of equal elements the kernel takes any, and not the first',
    op: 'ArgMin',
    rewrite: ({ inputs, attrs }) => firstIndex(inputs[0]!, attrs.axis as number, min),
  },
  {
    name: 'all-as-minimum',
    reason: 'the kernel brings axes to the end by a shader that does not compile for bool',
    op: 'All',
    rewrite: ({ inputs, attrs }) => cast(min(cast(inputs[0]!, 'float32'), ...axisOf(attrs)), 'bool'),
  },
  {
    name: 'any-as-maximum',
    reason: 'the kernel brings axes to the end by a shader that does not compile for bool',
    op: 'Any',
    rewrite: ({ inputs, attrs }) => cast(max(cast(inputs[0]!, 'float32'), ...axisOf(attrs)), 'bool'),
  },
  ...['Cumprod', 'Cumsum'].map(
    (op): LegalizeRule => ({
      name: `${op}-forwards`,
      reason: 'the reverse shader contains the length, but is cached for other lengths too',
      op,
      rewrite: ({ op: own, inputs, attrs }) => {
        if (!attrs.reverse) return undefined;
        const axis = [attrs.axis as number];
        return reverse(own.nodes({ x: reverse(inputs[0]!, axis) }, { ...attrs, reverse: false })[0]!, axis);
      },
    }),
  ),
];
