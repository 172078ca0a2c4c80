import { type Dim, Fill, type Sym } from '../../engine/index.ts';

/** One number everywhere, under another shape: what moving and copying elements makes of a Fill. */
export function refill(x: Sym, shape: readonly Dim[]): Sym | undefined {
  if (x.node.op !== Fill) return undefined;
  const { value, dtype, cotangent } = x.node.attrs as { value: number; dtype: Sym['dtype']; cotangent: boolean };
  return Fill.node({}, { shape, value, dtype, cotangent });
}
