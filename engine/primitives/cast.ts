/** Cast: conversion to another dtype. */
import { attr } from '../attr.ts';
import type { Sym, SymLike } from '../build/sym.ts';
import { defineOp, lift } from '../op.ts';
import { scalar } from '../scalar/build.ts';
import { SCALAR_TYPES } from '../scalar/expression.ts';
import type { DType } from '../types.ts';
import { elementOf, Fill } from './fill.ts';

/** float to int truncates towards zero, real to bool is x != 0, complex to real takes the real part. */
export const Cast = defineOp({
  name: 'Cast',
  inputs: ['x'],
  attrs: { dtype: attr.dtype() },
  infer: ({ x }, { dtype }) => [{ dtype, shape: x.shape }],
  lowering: [
    { kind: 'expression', expr: ({ x }, { dtype }) => scalar.cast(x, SCALAR_TYPES[dtype] ?? 'f32') },
    { kind: 'kernel' },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  parts: ({ x: { re, im } }, { dtype }) =>
    dtype === 'complex64' ? { re: cast(re, 'float32'), im: cast(im, 'float32') } : cast(re, dtype),
  simplify: ({ x }, { dtype }) => {
    if (x.dtype === dtype) return x;
    if (x.node.op !== Fill) return undefined;
    const { shape, value, cotangent } = x.node.attrs as { shape: []; value: number; cotangent: boolean };
    return Fill.node({}, { shape, dtype, cotangent, value: elementOf(value, dtype) });
  },
  gradient: { x: ({ x }, { dy }) => cast(dy, x.dtype) },
});

export function cast(x: SymLike, dtype: DType): Sym {
  const sym = lift(x);
  return sym.dtype === dtype ? sym : Cast.node({ x: sym }, { dtype });
}
