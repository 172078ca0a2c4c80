import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, dim, lift, requireEqual, ShapeError, toDim } from '../../engine/index.ts';
import { toAxis, withItem } from './axis.ts';
import { concat } from './concat.ts';
import type { Several } from './several.ts';

const sum = (dims: readonly Dim[]): Dim => dims.reduce((total, d) => dim.add(total, d), 0);

export const SplitV = defineOp({
  name: 'SplitV',
  inputs: ['x'],
  outputs: ['...ys'],
  attrs: { numOrSizeSplits: attr.shape(), axis: attr.int() },
  infer: ({ x }, { numOrSizeSplits, axis }) => {
    if (numOrSizeSplits.length === 0) throw new ShapeError('a split into no parts');
    requireEqual(
      x.shape[toAxis(axis, x.shape.length)]!,
      sum(numOrSizeSplits),
      `dimension ${axis} and the sum of its parts`,
    );
    return numOrSizeSplits.map((size) => ({ dtype: x.dtype, shape: withItem(x.shape, axis, size) }));
  },
  lowering: [{ kind: 'kernel' }],
  traits: { partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { numOrSizeSplits }) => (numOrSizeSplits.length === 1 ? [x] : undefined),
  gradient: { x: (_inputs, { dys, attrs }) => concat(dys.ys, attrs.axis) },
});

type Parts<S> = S extends number ? Several<S> : { readonly [K in keyof S]: Sym };

/**
 * Splits an axis into a number of equal parts, or into parts of the given sizes, one of which may be -1 for the rest. If the number of
 * parts is known to TypeScript, they are a tuple: `const [a, b] = split(x, 2)`.
 * @throws ShapeError for sizes that do not add up to the axis
 */
export function split<const S extends number | readonly DimLike[]>(x: SymLike, numOrSizeSplits: S, axis = 0): Parts<S> {
  const sym = lift(x);
  const at = toAxis(axis, sym.rank);
  const sizes = sizesOf(sym.shape[at]!, numOrSizeSplits);
  return SplitV.nodes({ x: sym }, { numOrSizeSplits: sizes, axis: at }) as readonly Sym[] as Parts<S>;
}

/** A limit on the outputs: an axis of size 0 could otherwise be split into more parts than fit in memory. */
const MAX_PARTS = 2 ** 20;

function sizesOf(whole: Dim, parts: number | readonly DimLike[]): readonly Dim[] {
  if (typeof parts === 'number') {
    if (!Number.isInteger(parts) || parts < 1 || parts > MAX_PARTS)
      throw new ShapeError(`${parts} parts; there are 1 to ${MAX_PARTS}`);
    if (typeof whole === 'number' && whole % parts !== 0)
      throw new ShapeError(`${whole} does not divide into ${parts} parts`);
    return Array.from({ length: parts }, () => dim.floorDiv(whole, parts));
  }
  const known = sum(parts.filter((size) => size !== -1).map(toDim));
  return parts.map((size) => (size === -1 ? dim.sub(whole, known) : toDim(size)));
}

export const doc: OpDoc = {
  summary: 'Parts along an axis.',
  forward: '[y_1 \\; y_2 \\; \\dots] = x',
  gradient: { x: '[\\bar y_1 \\; \\bar y_2 \\; \\dots]' },
  source: 'the adjoint of taking apart is joining',
};
