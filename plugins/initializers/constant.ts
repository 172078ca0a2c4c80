/** Initializers that fill a variable with one value. */
import { attr, type Initializer } from '../../engine/index.ts';
import { filled, makeInitializer } from './initializer.ts';

/** All zeros, for any dtype. */
export const zeros = (options: object = {}): Initializer =>
  makeInitializer('zeros', {}, options, (_settings, shape, dtype) => filled(shape, dtype, 0));

/** All ones, for any dtype. */
export const ones = (options: object = {}): Initializer =>
  makeInitializer('ones', {}, options, (_settings, shape, dtype) => filled(shape, dtype, 1));

export interface ConstantOptions {
  readonly value: number;
}

/** The same value in every element. */
export function constant(options: ConstantOptions): Initializer {
  return makeInitializer('constant', { value: attr.number() }, options, ({ value }, shape, dtype) =>
    filled(shape, dtype, value),
  );
}
