/** Integer arithmetic whose results are exact. */
import { DimError } from '../errors.ts';

/** Checks a result; never returns -0. @throws DimError unless it is a safe integer */
export function exact(n: number): number {
  if (!Number.isSafeInteger(n)) throw new DimError(`a dim must be a safe integer: ${n}`);
  return n + 0;
}

export function floorQuotient(a: number, b: number): number {
  if (b === 0) throw new DimError(`floorDiv(${a}, 0): division by zero`);
  const rest = a % b;
  const truncated = (a - rest) / b; // exact, unlike a / b, which may round up to the next integer
  return (rest !== 0 && rest < 0 !== b < 0 ? truncated - 1 : truncated) + 0;
}

export function floorRemainder(a: number, b: number): number {
  if (b === 0) throw new DimError(`mod(${a}, 0): division by zero`);
  const rest = a % b;
  return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
}

export function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}
