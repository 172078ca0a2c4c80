import { type Dim, Fill, type Sym } from '../../engine/index.ts';

/** A Fill with another shape: the result of moving or copying a Fill's elements. Undefined for other values. */
export function refill(x: Sym, shape: readonly Dim[]): Sym | undefined {
  if (x.node.op !== Fill) return undefined;
  const { value, dtype, cotangent } = x.node.attrs as { value: number; dtype: Sym['dtype']; cotangent: boolean };
  return Fill.node({}, { shape, value, dtype, cotangent });
}
