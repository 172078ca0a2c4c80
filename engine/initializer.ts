/** Initializers generate the first values of variables, on the host, so that all backends start from the same bits. */
import { type Attr, attr } from './attr.ts';
import { AttributeError } from './errors.ts';
import { flatten, isEmptyOf } from './literal.ts';
import { type DType, type NestedArray, numbersPer, sizeOf, type TypedArray, typedArrayOf } from './types.ts';

export interface Initializer {
  /** Its name in serialized graphs. */
  readonly name: string;
  /** Its settings, as plain data. A `seed` in it overrides the store's. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Generates values. `seed` is a hash of the store's seed and the variable's name, for initializers without their own seed. */
  readonly generate: (shape: readonly number[], dtype: DType, seed: number) => TypedArray;
}

export type InitializerLike = Initializer | number | boolean | NestedArray | TypedArray;

const isInitializer = (v: unknown): v is Initializer =>
  typeof v === 'object' && v !== null && 'generate' in v && 'config' in v;

/**
 * An initializer with given values: one for all elements, or an array of the variable's shape (of [real, imaginary] pairs for complex64).
 * `generate` throws AttributeError if the array does not fit the variable.
 */
export function literal(value: number | boolean | NestedArray | TypedArray): Initializer {
  const data = attr.data();
  const { values, shape } = flatten(value);
  return {
    name: 'literal',
    config: { shape: [...shape], data: data.toJSON(values) },
    generate: (target, dtype) => {
      const out = typedArrayOf(dtype, sizeOf(target));
      const flat = ArrayBuffer.isView(value);
      const whole = numbersPer(dtype) === 1 ? target : [...target, numbersPer(dtype)];
      const fits =
        shape.length === 0 ||
        (flat ? values.length === out.length : shape.join() === whole.join() || isEmptyOf(shape, whole));
      if (!fits)
        throw new AttributeError(
          `an initial value of shape [${shape.join(', ')}] does not fit a variable of shape [${target.join(', ')}]`,
        );
      if (shape.length > 0) out.set(values);
      else for (let i = 0; i < out.length; i += numbersPer(dtype)) out[i] = values[0]!;
      return out;
    },
  };
}

/** The literal initializer of a serialized graph. */
export const literalFromConfig = (config: Readonly<Record<string, unknown>>): Initializer => {
  const values = attr.data().parse(config.data);
  const shape = attr.ints().parse(config.shape);
  const restored = literal(shape.length === 0 ? values[0]! : values);
  return { ...restored, config };
};

export const initializerAttr: Attr<Initializer> = attr.custom<Initializer>(
  'an initializer, a number, or an array',
  (v) => {
    if (isInitializer(v)) return v;
    if (typeof v === 'number' || typeof v === 'boolean' || Array.isArray(v) || ArrayBuffer.isView(v))
      return literal(v as NestedArray);
    return undefined;
  },
  {
    key: (v) => JSON.stringify([v.name, v.config]),
    toJSON: (v) => ({ name: v.name, ...v.config }),
  },
);
