/** Draws the inputs of a sample's row from a seed. */
import type { Dim, DimBindings, DType } from '../../engine/index.ts';
import {
  dimNames,
  evaluateDim,
  flatten,
  isDifferentiable,
  numbersPer,
  sizeOf,
  toShape,
  typedArrayOf,
} from '../../engine/index.ts';
import { hashSeed, hostUniform, permutation, randomState } from '../../engine/random.ts';
import type { Sample, SampleInput } from '../../ops/sample.ts';

/** A drawn input. Values are float32, and exact in the double precision of the judge. */
export interface DrawnInput {
  /** The input's name; `inputs[0]` for an element of a variadic one. */
  readonly name: string;
  readonly slot: string;
  /** The shape in the graph, with unknown dims. */
  readonly shape: readonly Dim[];
  readonly dtype: DType;
  readonly value: {
    readonly data: Float32Array | Int32Array | Uint8Array;
    readonly shape: readonly number[];
    readonly dtype: DType;
  };
}

/** Sizes of a row's unknown dims: small and distinct. */
export function bindingsOf(sample: Sample): DimBindings {
  const shapes = Object.values(sample.inputs)
    .flatMap((input) => (Array.isArray(input) ? input : [input]))
    .flatMap((input) => ('shape' in input ? toShape(input.shape) : []));
  const names = [...new Set(shapes.flatMap((d) => dimNames(d)))];
  return Object.fromEntries(names.map((name, i) => [name, 2 + i]));
}

export function drawInputs(sample: Sample, seed: number): readonly DrawnInput[] {
  const dims = bindingsOf(sample);
  return Object.entries(sample.inputs).flatMap(([slot, input]) => {
    const list = Array.isArray(input) ? (input as readonly SampleInput[]) : undefined;
    return list === undefined
      ? [drawOne(slot, slot, input as SampleInput, dims, seed)]
      : list.map((one, i) => drawOne(`${slot}_${i}`, slot, one, dims, seed));
  });
}

function drawOne(name: string, slot: string, input: SampleInput, dims: DimBindings, seed: number): DrawnInput {
  if (input.kind === 'values') {
    const { values, shape, dtype } = flatten(input.values, input.dtype);
    return { name, slot, shape, dtype, value: { data: values, shape, dtype } };
  }
  const shape = toShape(input.shape);
  const sizes = shape.map((d) => evaluateDim(d, dims));
  const own = hashSeed(seed, name);
  const dtype = input.kind === 'uniform' ? input.dtype : 'float32';
  const data =
    input.kind === 'uniform' ? uniformData(input, sizeOf(sizes), own) : distinctData(input.gap, sizeOf(sizes), own);
  return { name, slot, shape, dtype, value: { data, shape: sizes, dtype } };
}

function uniformData(
  { low, high, dtype }: { low: number; high: number; dtype: DType },
  length: number,
  seed: number,
): Float32Array | Int32Array | Uint8Array {
  const draws = hostUniform(seed, length * numbersPer(dtype), { minval: low, maxval: high });
  if (isDifferentiable(dtype)) return draws;
  const out = typedArrayOf(dtype, length);
  out.set(draws.map(Math.floor));
  return out;
}

/** gap/2, -3 gap/2, 5 gap/2, ..., shuffled. Values and magnitudes are distinct. */
function distinctData(gap: number, length: number, seed: number): Float32Array {
  const order = permutation(randomState(seed), 0, length);
  return Float32Array.from(order, (k) => (k % 2 === 0 ? 1 : -1) * (k + 0.5) * gap);
}
