import type { DType, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, attr, defineOp, fill, lift } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { less } from '../comparison/less.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { maximum } from './maximum.ts';
import { minimum } from './minimum.ts';
import { inferUnary, unless } from './unary.ts';

export const ClipByValue = defineOp({
  name: 'ClipByValue',
  inputs: ['x'],
  attrs: { clipValueMin: attr.number(), clipValueMax: attr.number() },
  infer: ({ x }, { clipValueMin: low, clipValueMax: high }) => {
    if (!(low <= high)) throw new AttributeError(`clipValueMin ${low} is not below clipValueMax ${high}`);
    if (x.dtype === 'int32' && !(isBound(low) && isBound(high)))
      throw new AttributeError(`an int32 is clipped to integers, not to ${low} and ${high}`);
    return inferUnary(x, ['float32', 'int32']);
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ x }, { clipValueMin, clipValueMax }) =>
        minimum(maximum(x, bound(clipValueMin, x.dtype)), bound(clipValueMax, x.dtype)),
    },
  ],
  traits: { elementwise: true, finiteSlopes: true, routes: { x: 'part' } },
  gradient: {
    x: ({ x }, { dy, attrs: { clipValueMin: low, clipValueMax: high } }) => {
      const beyond = [...(low === -Infinity ? [] : [less(x, low)]), ...(high === Infinity ? [] : [greater(x, high)])];
      return beyond.length === 0 ? dy : unless(beyond.reduce(logicalOr), dy);
    },
  },
});

const isBound = (value: number): boolean => Number.isInteger(value) || !Number.isFinite(value);
/** A bound as a scalar of x's dtype; for int32, an infinite bound becomes the largest or smallest int32. */
const bound = (value: number, dtype: DType): Sym =>
  fill([], dtype === 'int32' ? Math.min(Math.max(value, -(2 ** 31)), 2 ** 31 - 1) : value, dtype);

/** x limited to [clipValueMin, clipValueMax]. The gradient passes at the bounds, and is 0 beyond them. */
export const clipByValue = (x: SymLike, clipValueMin: number, clipValueMax: number): Sym =>
  ClipByValue.node({ x: lift(x) }, { clipValueMin, clipValueMax });

export const doc: OpDoc = {
  summary: 'Values limited to a range.',
  forward: 'y = \\min(\\max(x, l), h)',
  gradient: { x: '\\bar y \\odot \\mathbb 1(l \\le x \\le h)' },
  source: 'Introductory ML, eqs. (12)-(20), for max(x, 0); convention, as in tf: 1 at both bounds',
};
