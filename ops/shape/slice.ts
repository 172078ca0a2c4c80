import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, dim, lift, requireAtLeast, ShapeError, sameShape, toDim } from '../../engine/index.ts';
import { ofRank } from './axis.ts';
import { pad } from './pad.ts';
import { refill } from './refill.ts';

export const Slice = defineOp({
  name: 'Slice',
  inputs: ['x'],
  attrs: { begin: attr.shape(), size: attr.shape() },
  infer: ({ x }, { begin, size }) => {
    if (begin.length !== x.shape.length || size.length !== x.shape.length) {
      throw new ShapeError(
        `begin and size have ${begin.length} and ${size.length} entries, x ${x.shape.length} dimensions`,
      );
    }
    for (const [i, d] of x.shape.entries()) {
      requireAtLeast(d, dim.add(begin[i]!, size[i]!), `dimension ${i} and the end of the slice`);
      // the rest of an unknown dim must not be negative
      if (typeof size[i] !== 'number') requireAtLeast(size[i]!, 0, `the slice's dimension ${i}`);
    }
    return [{ dtype: x.dtype, shape: size }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], partwise: true, routes: { x: 'part' } },
  simplify: ({ x }, { begin, size }): Sym | undefined => {
    if (begin.every((b) => b === 0) && sameShape(x.shape, size)) return x;
    if (x.node.op !== Slice) return refill(x, size);
    const outer = x.node.attrs.begin as readonly Dim[];
    return slice(
      x.node.inputs[0]!,
      begin.map((b, i) => dim.add(b, outer[i]!)),
      size,
    );
  },
  gradient: {
    x: ({ x }, { dy, attrs: { begin, size } }) =>
      pad(
        dy,
        begin.map((b, i) => [b, dim.sub(dim.sub(x.shape[i]!, b), size[i]!)]),
      ),
  },
});

/**
 * The slice that starts at `begin` and has this size. Missing sizes, and -1, mean the rest of an axis; missing starts are 0.
 * @throws ShapeError for a scalar, and for a slice that exceeds the value
 */
export function slice(x: SymLike, begin: DimLike | readonly DimLike[], size?: DimLike | readonly DimLike[]): Sym {
  const sym = lift(x);
  const from = toList(begin);
  const sizes = size === undefined ? [] : toList(size);
  if (sym.rank === 0) throw new ShapeError('a scalar has no parts');
  if (Math.max(from.length, sizes.length) > sym.rank) throw new ShapeError(`more entries than ${sym.rank} dimensions`);
  const starts = sym.shape.map((_, i) => toDim(from[i] ?? 0));
  const extents = sym.shape.map((d, i) => {
    const given = sizes[i] ?? -1;
    return given === -1 ? dim.sub(d, starts[i]!) : toDim(given);
  });
  return Slice.node({ x: sym }, { begin: starts, size: extents });
}

const toList = (v: DimLike | readonly DimLike[]): readonly DimLike[] => (Array.isArray(v) ? v : [v as DimLike]);

/** `slice` of a vector, by numbers. @throws ShapeError for another rank */
export const slice1d = (x: SymLike, begin: DimLike, size: DimLike): Sym =>
  slice(ofRank(x, 1, 'slice1d'), [begin], [size]);

/** `slice` of a matrix. @throws ShapeError for another rank */
export const slice2d = (x: SymLike, begin: readonly DimLike[], size: readonly DimLike[]): Sym =>
  slice(ofRank(x, 2, 'slice2d'), begin, size);

/** `slice` of a value of rank 3. @throws ShapeError for another rank */
export const slice3d = (x: SymLike, begin: readonly DimLike[], size: readonly DimLike[]): Sym =>
  slice(ofRank(x, 3, 'slice3d'), begin, size);

/** `slice` of a value of rank 4. @throws ShapeError for another rank */
export const slice4d = (x: SymLike, begin: readonly DimLike[], size: readonly DimLike[]): Sym =>
  slice(ofRank(x, 4, 'slice4d'), begin, size);

export const doc: OpDoc = {
  summary: 'A rectangular part.',
  forward: 'y_i = x_{i + b}',
  gradient: { x: '\\bar y \\text{ with zeros around it}' },
  source: 'the adjoint of taking a part is padding with zeros',
};
