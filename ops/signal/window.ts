/** The formula that the window ops share. */
import { AttributeError, constant, type Sym } from '../../engine/index.ts';

/** a - b cos(2 pi i / n): periodic for an even length, symmetric for an odd one, as in tf. @throws AttributeError */
export function cosineWindow(length: number, a: number, b: number): Sym {
  if (!Number.isInteger(length) || length < 0) throw new AttributeError(`a window of ${length} values`);
  const period = length - (length % 2);
  // a single value is the window's peak
  const at = (i: number): number => (period === 0 ? a + b : a - b * Math.cos((2 * Math.PI * i) / period));
  return constant(Float32Array.from({ length }, (_, i) => at(i)));
}
