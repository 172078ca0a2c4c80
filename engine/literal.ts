/** Nested arrays of numbers or booleans, flattened to typed arrays, and back. */
import { ShapeError } from './errors.ts';
import { type DType, type NestedArray, type TypedArray, typedArrayOf } from './types.ts';

export interface Flattened {
  readonly values: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/**
 * A literal as a typed array: numbers are float32 and booleans bool, unless `dtype` says otherwise; a typed array has rank 1 and
 * keeps its own dtype.
 * @throws ShapeError for a ragged array
 */
export function flatten(value: number | boolean | NestedArray | TypedArray, dtype?: DType): Flattened {
  if (value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint8Array) {
    const own: DType = value instanceof Float32Array ? 'float32' : value instanceof Int32Array ? 'int32' : 'bool';
    return {
      values: dtype === undefined || dtype === own ? value.slice() : fill(value, dtype),
      shape: [value.length],
      dtype: dtype ?? own,
    };
  }
  const shape: number[] = [];
  for (let v: unknown = value; Array.isArray(v) || ArrayBuffer.isView(v); v = (v as unknown as readonly unknown[])[0])
    shape.push((v as unknown as readonly unknown[]).length);
  const flat: (number | boolean)[] = [];
  const visit = (v: unknown, depth: number): void => {
    const list = Array.isArray(v) || ArrayBuffer.isView(v) ? (v as unknown as readonly unknown[]) : undefined;
    if ((list === undefined) !== (depth === shape.length) || (list !== undefined && list.length !== shape[depth])) {
      throw new ShapeError(`a ragged array: expected shape [${shape.join(', ')}]`);
    }
    if (list !== undefined) for (const item of list) visit(item, depth + 1);
    else if (typeof v === 'number' || typeof v === 'boolean') flat.push(v);
    else throw new ShapeError(`expected numbers or booleans, got ${typeof v}`);
  };
  visit(value, 0);
  const type = dtype ?? (typeof flat[0] === 'boolean' ? 'bool' : 'float32');
  return { values: fill(flat, type), shape, dtype: type };
}

function fill(values: ArrayLike<number | boolean>, dtype: DType): TypedArray {
  const out = typedArrayOf(dtype, values.length);
  for (let i = 0; i < values.length; i++) out[i] = dtype === 'bool' ? (values[i] ? 1 : 0) : Number(values[i]);
  return out;
}

/** The nested array of a flat one; booleans come back as booleans. */
export function nest(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType,
): number | boolean | NestedArray {
  let at = 0;
  const build = (depth: number): number | boolean | NestedArray => {
    if (depth === shape.length) {
      const v = values[at++]!;
      return dtype === 'bool' ? v !== 0 : v;
    }
    return Array.from({ length: shape[depth]! }, () => build(depth + 1));
  };
  return build(0);
}
