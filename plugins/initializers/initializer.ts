/** Makes initializers from a schema, which also reads documents, and a function that generates the values. */
import type { Attr, AttrSchema, Attrs, DefaultedAttr, DType, Initializer, TypedArray } from '../../engine/index.ts';
import { attr, DTypeError, parseAttrs, sizeOf, typedArrayOf } from '../../engine/index.ts';

/** Options of random initializers. */
export interface SeedOptions {
  /** Default: a hash of the store's seed and the variable's name. */
  readonly seed?: number;
}

type SettingsOf<A> = { readonly [K in keyof A]: A[K] extends Attr<infer T> ? T : never };

/** Makes an initializer. @throws AttributeError for a setting that is missing, unknown or rejected by its schema */
export function makeInitializer<A extends AttrSchema>(
  name: string,
  schema: A,
  given: object,
  generate: (settings: SettingsOf<A>, shape: readonly number[], dtype: DType, seed: number) => TypedArray,
): Initializer {
  const settings = parseAttrs(name, schema, given as Attrs) as SettingsOf<A>;
  const config = Object.entries(schema).flatMap(([key, a]) =>
    settings[key] === undefined ? [] : [[key, a.toJSON(settings[key])]],
  );
  return {
    name,
    config: Object.fromEntries(config),
    generate: (shape, dtype, seed) => generate(settings, shape, dtype, seed),
  };
}

const SEED = attr.optional(attr.custom('a safe integer', (v) => (Number.isSafeInteger(v) ? (v as number) : undefined)));

/** Makes an initializer that draws float32 values from the option `seed`, or else from the seed given to `generate`. */
export function makeRandom<A extends AttrSchema>(
  name: string,
  schema: A,
  given: object,
  draw: (settings: SettingsOf<A>, shape: readonly number[], seed: number) => Float32Array,
): Initializer {
  return makeInitializer(name, { ...schema, seed: SEED }, given, (settings, shape, dtype, hash) => {
    if (dtype !== 'float32') throw new DTypeError(`${name} gives float32 values, and the variable is ${dtype}`);
    const { seed = hash } = settings as SeedOptions;
    return draw(settings as SettingsOf<A>, shape, seed);
  });
}

const FINITE = attr.custom('a finite number', (v) => (Number.isFinite(v) ? (v as number) : undefined));
export const finite = (value: number): DefaultedAttr<number> => ({ ...FINITE, default: value });

/** An array of one value; complex values are real. */
export function filled(shape: readonly number[], dtype: DType, value: number): TypedArray {
  const out = typedArrayOf(dtype, sizeOf(shape));
  if (dtype !== 'complex64') return out.fill(value);
  for (let i = 0; i < out.length; i += 2) out[i] = value;
  return out;
}
