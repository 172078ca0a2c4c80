/** Converts nested arrays of numbers or booleans to flat typed arrays, and back. */
import type { Dim } from './dim/index.ts';
import { ShapeError } from './errors.ts';
import { asTypedArray, type DType, dtypeOf, type NestedArray, type TypedArray, typedArrayOf } from './types.ts';

export interface Flattened {
  readonly values: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/**
 * A literal as a typed array. By default numbers are float32, booleans bool, and a typed array has rank 1 and its own dtype. For
 * complex64, the innermost arrays are pairs [real, imaginary] (interleaved in a typed array), and a single number is real.
 * @throws ShapeError for a ragged array, or complex numbers that are not pairs
 */
export function flatten(value: number | boolean | NestedArray | TypedArray, dtype?: DType): Flattened {
  if (dtype === 'complex64') return flattenComplex(value);
  const array = asTypedArray(value);
  if (array !== undefined) {
    const natural = dtypeOf(array);
    return {
      values: dtype === undefined || dtype === natural ? array.slice() : fill(array, dtype),
      shape: [array.length],
      dtype: dtype ?? natural,
    };
  }
  const shape = shapeOf(value);
  const flat: (number | boolean)[] = [];
  const position: number[] = [];
  const visit = (v: unknown, depth: number): void => {
    const list = Array.isArray(v) || ArrayBuffer.isView(v) ? (v as unknown as readonly unknown[]) : undefined;
    const fault = (why: string): ShapeError => new ShapeError(why + formatPosition(position.slice(0, depth)));
    if (list !== undefined) {
      if (list.length !== shape[depth])
        throw fault(`a ragged array: expected shape [${shape.join(', ')}], got ${list.length} elements`);
      for (let i = 0; i < list.length; i++) {
        position[depth] = i;
        visit(list[i], depth + 1);
      }
    } else if (typeof v !== 'number' && typeof v !== 'boolean')
      throw fault(`expected numbers or booleans, got ${v === null ? 'null' : typeof v}`);
    else if (depth < shape.length) throw fault(`a ragged array: expected shape [${shape.join(', ')}], got ${v}`);
    else flat.push(v);
  };
  visit(value, 0);
  const type = dtype ?? (typeof flat[0] === 'boolean' ? 'bool' : 'float32');
  return { values: fill(flat, type), shape, dtype: type };
}

/** The shape of a nested array, by its first elements. */
export function shapeOf(value: unknown): readonly number[] {
  const shape: number[] = [];
  for (let v = value; Array.isArray(v) || ArrayBuffer.isView(v); v = (v as unknown as readonly unknown[])[0])
    shape.push((v as unknown as readonly unknown[]).length);
  return shape;
}

/** ' at [1][0]': the indices of a value in a nested array; '' for the whole array. */
const formatPosition = (position: readonly number[]): string =>
  position.length === 0 ? '' : ` at ${position.map((i) => `[${i}]`).join('')}`;

/** The indices, as text, of a flat array's element in the nested array of that shape. */
export function positionOf(element: number, shape: readonly number[]): string {
  const position: number[] = [];
  for (const size of [...shape].reverse()) {
    position.unshift(element % size);
    element = Math.floor(element / size);
  }
  return formatPosition(position);
}

function flattenComplex(value: number | boolean | NestedArray | TypedArray): Flattened {
  const { values, shape } = flatten(value, 'float32');
  const dtype = 'complex64';
  if (shape.length === 0) return { values: Float32Array.of(values[0]!, 0), shape, dtype };
  const outer = shape.slice(0, -1);
  if (ArrayBuffer.isView(value) && values.length % 2 === 0) return { values, shape: [values.length / 2], dtype };
  if (shape.at(-1) === 2) return { values, shape: outer, dtype };
  if (shape.at(-1) === 0) return { values, shape, dtype };
  throw new ShapeError(`complex numbers are pairs [real, imaginary], and the shape is [${shape.join(', ')}]`);
}

/** Whether an empty nested array fits a shape: `[]` fits any `[0, ...]`, `[[], []]` any `[2, 0, ...]`. */
export const isEmptyOf = (shape: readonly number[], whole: readonly Dim[]): boolean =>
  shape.at(-1) === 0 && shape.length <= whole.length && shape.every((d, i) => d === whole[i]);

function fill(values: ArrayLike<number | boolean>, dtype: DType): TypedArray {
  const out = typedArrayOf(dtype, values.length);
  for (let i = 0; i < values.length; i++) out[i] = dtype === 'bool' ? (values[i] ? 1 : 0) : Number(values[i]);
  return out;
}

/** The nested array of a flat one: bool elements become booleans, complex64 elements pairs. */
export function nest(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType,
): number | boolean | NestedArray {
  if (dtype === 'complex64') return nest(values, [...shape, 2], 'float32');
  let next = 0;
  const build = (depth: number): number | boolean | NestedArray => {
    if (depth === shape.length) {
      const v = values[next++]!;
      return dtype === 'bool' ? v !== 0 : v;
    }
    return Array.from({ length: shape[depth]! }, () => build(depth + 1));
  };
  return build(0);
}
