/** How a variable gets its first value. Initializers run on the host, so every backend starts from the same bits. */
import { type Attr, attr } from './attr.ts';
import { AttributeError } from './errors.ts';
import { flatten, isEmptyOf } from './literal.ts';
import { type DType, type NestedArray, numbersPer, sizeOf, type TypedArray, typedArrayOf } from './types.ts';

export interface Initializer {
  /** The name under which a document finds it again. */
  readonly name: string;
  /** Its settings, plain data. A `seed` of its own overrides the store's. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Values for a variable. `seed` is the hash of the store's seed and the variable's name, for those without their own. */
  readonly generate: (shape: readonly number[], dtype: DType, seed: number) => TypedArray;
}

export type InitializerLike = Initializer | number | boolean | NestedArray | TypedArray;

const isInitializer = (v: unknown): v is Initializer =>
  typeof v === 'object' && v !== null && 'generate' in v && 'config' in v;

/** A variable that starts from given values: one for all elements, or an array of the variable's shape; of complex64, of pairs. */
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

/** The literal initializer of a document. */
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
