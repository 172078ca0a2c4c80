/** Shape handling that image ops share. */
import { lift, reshape, ShapeError, type Sym, type SymLike, type TensorType } from '../../engine/index.ts';

/** For shape inference: requires [batch, height, width, channels]. @throws ShapeError */
export function requireImages({ shape }: TensorType): void {
  if (shape.length !== 4) throw new ShapeError(`images of rank ${shape.length}, not [batch, height, width, channels]`);
}

/** Applies `change` to a batch of images, or to one image of rank 3 as a batch of one. @throws ShapeError for another rank */
export function asBatch(images: SymLike, builder: string, change: (images: Sym) => Sym): Sym {
  const sym = lift(images);
  if (sym.rank === 4) return change(sym);
  if (sym.rank !== 3) throw new ShapeError(`${builder}: images of rank ${sym.rank}, not 3 or 4`);
  const changed = change(reshape(sym, [1, ...sym.shape]));
  return reshape(changed, changed.shape.slice(1));
}
