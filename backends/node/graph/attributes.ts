/** Makes attributes of TensorFlow's nodes. */
import type { DType } from '../../../engine/index.ts';
import type { AttrValue, TensorShape } from '../proto/messages.ts';

/** TensorFlow's element types and their numbers (tensorflow/core/framework/types.proto). */
export const TF_TYPES = {
  float32: 1,
  float64: 2,
  int32: 3,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  resource: 20,
  variant: 21,
  uint32: 22,
} as const;
export type TfType = keyof typeof TF_TYPES;

/** Our dtypes, by TensorFlow's numbers. */
export const DTYPES: Readonly<Record<number, DType>> = Object.fromEntries(
  (['float32', 'int32', 'bool', 'complex64'] as const).map((dtype) => [TF_TYPES[dtype], dtype]),
);

const utf8 = new TextEncoder();

export const type = (t: TfType): AttrValue => ({ type: TF_TYPES[t] });
export const types = (list: readonly TfType[]): AttrValue => ({ list: { type: list.map((t) => TF_TYPES[t]) } });
export const int = (i: number): AttrValue => ({ i });
export const float = (f: number): AttrValue => ({ f });
export const bool = (b: boolean): AttrValue => ({ b });
export const string = (s: string): AttrValue => ({ s: utf8.encode(s) });
export const strings = (list: readonly string[]): AttrValue => ({ list: { s: list.map((s) => utf8.encode(s)) } });
export const ints = (i: readonly number[]): AttrValue => ({ list: { i } });
export const func = (name: string): AttrValue => ({ func: { name } });

/** A shape: null for an unknown dim, or for an unknown rank. */
export const shapeOf = (dims: readonly (number | null)[] | null): TensorShape =>
  dims === null ? { unknownRank: true } : { dim: dims.map((d) => ({ size: d ?? -1 })) };
export const shape = (dims: readonly (number | null)[] | null): AttrValue => ({ shape: shapeOf(dims) });
export const shapes = (list: readonly (readonly (number | null)[] | null)[]): AttrValue => ({
  list: { shape: list.map(shapeOf) },
});
