import { attr, type Initializer } from '../../engine/index.ts';
import { filled, makeInitializer } from './initializer.ts';

/** Zeros, of any dtype. */
export const zeros = (options: object = {}): Initializer =>
  makeInitializer('zeros', {}, options, (_settings, shape, dtype) => filled(shape, dtype, 0));

/** Ones, of any dtype. */
export const ones = (options: object = {}): Initializer =>
  makeInitializer('ones', {}, options, (_settings, shape, dtype) => filled(shape, dtype, 1));

export interface ConstantOptions {
  readonly value: number;
}

/** One value everywhere. */
export function constant(options: ConstantOptions): Initializer {
  return makeInitializer('constant', { value: attr.number() }, options, ({ value }, shape, dtype) =>
    filled(shape, dtype, value),
  );
}
