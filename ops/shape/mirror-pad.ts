import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { addN, attr, defineOp, dim, lift, requireAtLeast, ShapeError, toDim } from '../../engine/index.ts';
import { along, padMiddle, sliceMiddle } from './along.ts';
import { reverse } from './reverse.ts';

export type MirrorMode = 'reflect' | 'symmetric';

/** The number of elements next to a border that are not mirrored. */
const skipped = (mode: MirrorMode): number => (mode === 'reflect' ? 1 : 0);

export const MirrorPad = defineOp({
  name: 'MirrorPad',
  inputs: ['x'],
  attrs: { paddings: attr.pairs(), mode: attr.oneOf(['reflect', 'symmetric']) },
  infer: ({ x }, { paddings, mode }) => {
    if (paddings.length !== x.shape.length)
      throw new ShapeError(`${paddings.length} pairs for ${x.shape.length} dimensions`);
    const shape = x.shape.map((d, axis) => {
      for (const amount of paddings[axis]!)
        if (amount !== 0) requireAtLeast(d, dim.add(amount, skipped(mode)), `axis ${axis} and its ${mode} padding`);
      return dim.add(d, dim.add(...paddings[axis]!));
    });
    return [{ dtype: x.dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], routes: { x: 'whole' } },
  simplify: ({ x }, { paddings }) => (paddings.flat().every((amount) => amount === 0) ? x : undefined),
  gradient: {
    x: ({ x }, { dy, attrs: { paddings, mode } }) =>
      x.shape.reduce((rest, d, axis) => along(rest, axis, (y) => fold(y, d, paddings[axis]!, skipped(mode))), dy),
  },
});

/** Adds the mirrored borders of the middle axis to the `d` elements that they mirror. */
function fold(y: Sym, d: Dim, [before, after]: readonly [Dim, Dim], skip: number): Sym {
  /** A border, reversed and placed so that it starts at `at`. */
  const back = (border: Sym, at: Dim): Sym =>
    padMiddle(reverse(border, 1), at, dim.sub(dim.sub(d, at), border.shape[1]!));
  const terms = [sliceMiddle(y, before, d)];
  if (before !== 0) terms.push(back(sliceMiddle(y, 0, before), skip));
  if (after !== 0) terms.push(back(sliceMiddle(y, dim.add(before, d), after), dim.sub(dim.sub(d, skip), after)));
  return terms.length === 1 ? terms[0]! : addN(terms);
}

/**
 * Pads the value with its mirror image, `paddings[i]` = [before, after] elements along axis i. 'symmetric' repeats the border elements
 * themselves, 'reflect' does not.
 * @throws ShapeError for a scalar, and for more padding than there are elements to mirror
 */
export function mirrorPad(x: SymLike, paddings: readonly (readonly [DimLike, DimLike])[], mode: MirrorMode): Sym {
  const sym = lift(x);
  if (sym.rank === 0) throw new ShapeError('mirrorPad: a scalar has no sides');
  return MirrorPad.node(
    { x: sym },
    { paddings: paddings.map(([before, after]) => [toDim(before), toDim(after)] as const), mode },
  );
}

export const doc: OpDoc = {
  summary: 'A value with its mirror image around it.',
  forward:
    'y_i = x_{m(i)}, \\; m(i) = |i - b| \\text{ on the left, } 2 (n - 1) - (i - b) \\text{ on the right (reflect)}',
  gradient: { x: '\\bar x_j = \\sum_{i : \\, m(i) = j} \\bar y_i' },
  source: 'the adjoint of repeating elements is adding them up',
};
