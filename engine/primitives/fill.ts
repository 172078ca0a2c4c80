/** Fill: a value with one number in all elements; also the zero cotangent. */
import { attr } from '../attr.ts';
import type { Sym } from '../build/sym.ts';
import { toShape } from '../build/sym.ts';
import type { DimLike } from '../dim/index.ts';
import { DTypeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import { scalar } from '../scalar/build.ts';
import { SCALAR_TYPES } from '../scalar/expression.ts';
import type { DType, TensorType } from '../types.ts';

/** `cotangent` marks the engine's zero cotangents: only these annihilate a product, so that a user's `x * 0` is NaN for an infinite x. */
export const Fill = defineOp({
  name: 'Fill',
  inputs: [],
  attrs: { shape: attr.shape(), value: attr.number(), dtype: attr.dtype('float32'), cotangent: attr.bool(false) },
  infer: (_inputs, { dtype, shape, value }) => {
    if (!Object.is(elementOf(value, dtype), value)) throw new DTypeError(`${value} is not a value of ${dtype}`);
    return [{ dtype, shape }];
  },
  lowering: [
    {
      kind: 'expression',
      expr: (_inputs, { value, dtype }) =>
        scalar.constant(dtype === 'bool' ? value !== 0 : value, SCALAR_TYPES[dtype] ?? 'f32'),
    },
    { kind: 'kernel' },
  ],
  traits: { leaf: 'constant' },
  elements: ({ value }) => value,
  parts: (_inputs, { shape, value, cotangent }) => {
    const im = zeroCotangent({ dtype: 'float32', shape });
    return { re: cotangent ? im : fill(shape, value), im };
  },
  gradient: {},
});

/** A number converted to the dtype: int32 wraps as in a typed array, a bool is 0 or 1. */
export function elementOf(value: number, dtype: DType): number {
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  return dtype === 'int32' ? value | 0 : value;
}

export const fill = (shape: readonly DimLike[], value: number, dtype: DType = 'float32'): Sym =>
  Fill.node({}, { shape: toShape(shape), value: elementOf(value, dtype), dtype });

/** The zero cotangent of a value of this type. */
export const zeroCotangent = ({ shape, dtype }: TensorType): Sym =>
  Fill.node({}, { shape, value: 0, dtype, cotangent: true });

/** The value of a Fill, if `sym` is one. */
export const fillValue = (sym: Sym): number | undefined =>
  sym.node.op === Fill ? (sym.node.attrs.value as number) : undefined;

export const isZeroCotangent = (sym: Sym): boolean =>
  sym.node.op === Fill && sym.node.attrs.value === 0 && sym.node.attrs.cotangent === true;
