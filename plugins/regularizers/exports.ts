/** Regularizers: functions from a value to a scalar penalty, with the names, arguments and defaults of tf.regularizers. */

import type { Sym } from '../../engine/index.ts';
import { abs, add, mul, square, sum } from '../../ops/exports.ts';

/** A function from a value of any shape to a float32 scalar. */
export type Regularizer = (x: Sym) => Sym;

/** l1 sum |x|. @param options.l1 default 0.01 */
export const l1 =
  ({ l1 = 0.01 }: { readonly l1?: number } = {}): Regularizer =>
  (x) =>
    mul(sum(abs(x)), l1);

/** l2 sum x^2. @param options.l2 default 0.01 */
export const l2 =
  ({ l2 = 0.01 }: { readonly l2?: number } = {}): Regularizer =>
  (x) =>
    mul(sum(square(x)), l2);

/** l1 sum |x| + l2 sum x^2. @param options defaults 0.01 each */
export const l1l2 =
  (options: { readonly l1?: number; readonly l2?: number } = {}): Regularizer =>
  (x) =>
    add(l1(options)(x), l2(options)(x));
