/**
 * Shared by spaceToBatchND and batchToSpaceND: splits spatial dimensions into blocks, and moves the positions within a block to the batch.
 */
import type { Dim, Shape, Sym } from '../../engine/index.ts';
import { AttributeError, dim, product, requireAtLeast, requireEqual, reshape, ShapeError } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';

export type Pairs = readonly (readonly [Dim, Dim])[];

/** For shape inference: requires a pair for each block size, and enough dimensions after the batch. @throws AttributeError, ShapeError */
export function requireBlocks(shape: Shape, blockShape: readonly number[], pairs: Pairs, what: string): void {
  if (pairs.length !== blockShape.length)
    throw new AttributeError(`${pairs.length} pairs of ${what} for ${blockShape.length} dimensions of a block`);
  if (blockShape.some((b) => b < 1)) throw new AttributeError(`a block of [${blockShape.join(', ')}]`);
  if (shape.length <= blockShape.length)
    throw new ShapeError(`blocks of ${blockShape.length} dimensions in a value of rank ${shape.length}`);
}

/** The shape after moving blocks to the batch. @throws ShapeError if a padded dimension is not a multiple of its block size */
export function toBatchShape([n, ...rest]: Shape, blockShape: readonly number[], paddings: Pairs): Shape {
  const spatial = blockShape.map((b, i) => {
    const d = padded(rest[i]!, paddings[i]!);
    requireEqual(dim.mod(d, b), 0, `what is left of dimension ${i + 1}, padded, by blocks of ${b}`);
    return dim.floorDiv(d, b);
  });
  return [dim.mul(n!, product(blockShape)), ...spatial, ...rest.slice(blockShape.length)];
}

/**
 * The shape after moving blocks from the batch.
 * @throws ShapeError if the batch is not a multiple of the block's size, or crops exceed a dimension
 */
export function toSpaceShape([n, ...rest]: Shape, blockShape: readonly number[], crops: Pairs): Shape {
  const count = product(blockShape);
  requireEqual(dim.mod(n!, count), 0, `what is left of the batch by blocks of ${count}`);
  const spatial = blockShape.map((b, i) => {
    const d = dim.sub(dim.mul(rest[i]!, b), dim.add(...crops[i]!));
    requireAtLeast(d, 0, `dimension ${i + 1}, cropped,`);
    return d;
  });
  return [dim.floorDiv(n!, count), ...spatial, ...rest.slice(blockShape.length)];
}

const padded = (d: Dim, [before, after]: readonly [Dim, Dim]): Dim => dim.add(dim.add(before, d), after);

/** Moves blocks to the batch: [n, h b, ...] to [b n, h, ...]. */
export function blocksToBatch(x: Sym, blockShape: readonly number[]): Sym {
  const [n, ...rest] = x.shape;
  const m = blockShape.length;
  const spatial = blockShape.map((b, i) => dim.floorDiv(rest[i]!, b));
  const split = [n!, ...blockShape.flatMap((b, i) => [spatial[i]!, b]), ...rest.slice(m)];
  const places = blockShape.map((_, i) => 2 + 2 * i);
  const perm = [...places, 0, ...places.map((p) => p - 1), ...rest.slice(m).map((_, i) => 1 + 2 * m + i)];
  return reshape(transpose(reshape(x, split), perm), [dim.mul(n!, product(blockShape)), ...spatial, ...rest.slice(m)]);
}

/** The inverse. */
export function batchToBlocks(x: Sym, blockShape: readonly number[]): Sym {
  const [n, ...rest] = x.shape;
  const m = blockShape.length;
  const batch = dim.floorDiv(n!, product(blockShape));
  const split = [...blockShape, batch, ...rest];
  const perm = [m, ...blockShape.flatMap((_, i) => [m + 1 + i, i]), ...rest.slice(m).map((_, i) => 2 * m + 1 + i)];
  return reshape(transpose(reshape(x, split), perm), [
    batch,
    ...blockShape.map((b, i) => dim.mul(rest[i]!, b)),
    ...rest.slice(m),
  ]);
}
