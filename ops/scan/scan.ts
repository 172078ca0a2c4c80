/** Types and nodes of cumsum and cumprod. */
import { cast, DTypeError, lift, type Sym, type SymLike, type TensorType } from '../../engine/index.ts';
import { toAxis } from '../shape/axis.ts';

/** The type of a scan. @throws DTypeError, ShapeError */
export function inferScan(x: TensorType, axis: number): readonly TensorType[] {
  if (x.dtype !== 'float32' && x.dtype !== 'int32') throw new DTypeError(`x is ${x.dtype}, not float32 or int32`);
  toAxis(axis, x.shape.length);
  return [x];
}

/** The node of a scan; bools become integers. */
export function scan(x: SymLike, axis: number, node: (x: Sym, axis: number) => Sym): Sym {
  const sym = lift(x);
  return node(sym.dtype === 'bool' ? cast(sym, 'int32') : sym, toAxis(axis, sym.rank));
}
