/** Batches of examples, in an order that depends on a seed and the epoch. */
import type { HostValue, NestedArray, TypedArray } from '../../engine/index.ts';
import { AttributeError, asTypedArray, FeedError, HostTensor, numbersPer, sizeOf } from '../../engine/index.ts';
import { permutation, randomState } from '../../engine/random.ts';

/**
 * Examples along the first axis: nested arrays, `{ data, shape, dtype }` (such as a run's result), or a flat typed array with the same
 * number of elements for each example.
 */
export type Column = NestedArray | HostValue | TypedArray;

/** The same kind of column, with a batch's examples. */
export type BatchOf<C extends Column> = C extends TypedArray ? C : C extends HostValue ? HostTensor : NestedArray;
export type Batch<D extends Readonly<Record<string, Column>>> = { readonly [K in keyof D]: BatchOf<D[K]> };

export interface BatchOptions {
  readonly batchSize: number;
  /** Use a random order. Default true. */
  readonly shuffle?: boolean;
  /** Default 0. */
  readonly seed?: number;
  /** Each epoch has a different order. Default 0. */
  readonly epoch?: number;
  /** Leave out a smaller last batch. Default false. */
  readonly dropRemainder?: boolean;
  /** The number of examples; needed only if all columns are flat. */
  readonly examples?: number;
}

/** A stream that no random op or initializer uses, so that all may have the same seed. */
const STREAM = 0xfffffffe;

/** The numbers below n, in an order that depends only on seed and epoch. */
export const shuffle = (
  n: number,
  { seed = 0, epoch = 0 }: { readonly seed?: number; readonly epoch?: number } = {},
): Int32Array => permutation(randomState(seed, epoch), STREAM, n);

/**
 * One epoch: every example once.
 * @throws FeedError for columns of different lengths; AttributeError unless the batch size is a positive integer
 */
export function* batches<D extends Readonly<Record<string, Column>>>(
  data: D,
  options: BatchOptions,
): Generator<Batch<D>, void> {
  const { batchSize, dropRemainder = false } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new AttributeError(`batchSize is a positive integer, not ${batchSize}`);
  const columns = Object.entries(data);
  const count = countExamples(data, options.examples);
  const order = options.shuffle === false ? Int32Array.from({ length: count }, (_, i) => i) : shuffle(count, options);
  for (let start = 0; start < count; start += batchSize) {
    const rows = order.subarray(start, start + batchSize);
    if (dropRemainder && rows.length < batchSize) return;
    yield Object.fromEntries(columns.map(([name, column]) => [name, take(column, rows, count)])) as Batch<D>;
  }
}

const isColumn = (x: unknown): x is Column =>
  Array.isArray(x) || ArrayBuffer.isView(x) || Array.isArray((x as HostValue | undefined)?.shape);

/** The number of examples in columns. @throws FeedError if the columns differ, or their lengths are unknown */
export function countExamples(data: Readonly<Record<string, Column>>, given?: number): number {
  if (typeof data !== 'object' || data === null)
    throw new FeedError(`data are columns by the names of placeholders, not ${String(data)}: write { x: ... }`);
  const columns = Object.entries(data);
  for (const [name, column] of columns)
    if (!isColumn(column))
      throw new FeedError(
        `'${name}': a column is an array, a typed array or { data, shape, dtype }, not ${String(column)}`,
      );
  const lengths = columns.flatMap(([name, column]) =>
    ArrayBuffer.isView(column) ? [] : [[name, 'shape' in column ? column.shape[0]! : column.length] as const],
  );
  const count = given ?? lengths[0]?.[1];
  if (count === undefined)
    throw new FeedError(
      'flat arrays do not tell how many examples there are: pass { examples: ... }, or a column as { data, shape, dtype }',
    );
  const wrong = [
    ...lengths.filter(([, length]) => length !== count),
    ...columns.flatMap(([name, column]) =>
      ArrayBuffer.isView(column) && column.length !== count * Math.floor(column.length / Math.max(count, 1))
        ? [[name, `${column.length} elements`] as const]
        : [],
    ),
  ];
  if (wrong.length > 0)
    throw new FeedError(
      `there are ${count} examples, but ${wrong.map(([name, length]) => `'${name}' has ${length}`).join(', ')}`,
    );
  return count;
}

function take(column: Column, rows: Int32Array, count: number): Column {
  if (ArrayBuffer.isView(column)) return takeRows(column, rows, column.length / count);
  if (!('shape' in column)) return Array.from(rows, (row) => column[row]!);
  const shape = [rows.length, ...column.shape.slice(1)];
  const width = sizeOf(shape.slice(1)) * numbersPer(column.dtype);
  return new HostTensor({ data: takeRows(column.data, rows, width), shape, dtype: column.dtype });
}

function takeRows<A extends TypedArray>(data: A, rows: Int32Array, width: number): A {
  const Class = (asTypedArray(data) ?? data).constructor as new (length: number) => A;
  const out = new Class(rows.length * width);
  for (const [i, row] of rows.entries()) out.set(data.subarray(row * width, (row + 1) * width), i * width);
  return out;
}
