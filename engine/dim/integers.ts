/** Integer arithmetic: all results are exact, or a DimError. */
import { DimError } from '../errors.ts';

/** A number that any dim may hold; never -0. Throws DimError where arithmetic is no longer exact. */
export function exact(n: number): number {
  if (!Number.isSafeInteger(n)) throw new DimError(`a dim must be a safe integer: ${n}`);
  return n + 0;
}

export function floorQuotient(a: number, b: number): number {
  if (b === 0) throw new DimError(`floorDiv(${a}, 0): division by zero`);
  const rest = a % b;
  const truncated = (a - rest) / b; // exact, where a / b may round up to the next integer
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
