/** Select: an elementwise choice between two values. */
import type { Sym, SymLike } from '../build/sym.ts';
import { DTypeError } from '../errors.ts';
import { defineOp, lift, ZERO } from '../op.ts';
import { scalar } from '../scalar/build.ts';
import { broadcastShapes, broadcastTo } from './broadcast-to.ts';
import { fillValue, zeroCotangent } from './fill.ts';

/** condition ? t : e for each element, broadcast. Its cotangents have masks (see differentiate/mask.ts). */
export const Select = defineOp({
  name: 'Select',
  inputs: ['condition', 't', 'e'],
  infer: ({ condition, t, e }) => {
    if (condition.dtype !== 'bool') throw new DTypeError(`the condition is ${condition.dtype}, not bool`);
    if (t.dtype !== e.dtype) throw new DTypeError(`a choice between ${t.dtype} and ${e.dtype}`);
    return [{ dtype: t.dtype, shape: broadcastShapes(condition.shape, broadcastShapes(t.shape, e.shape)) }];
  },
  lowering: [{ kind: 'expression', expr: ({ condition, t, e }) => scalar.select(condition, t, e) }, { kind: 'kernel' }],
  traits: { elementwise: true, partwise: true, finiteSlopes: true },
  simplify: ({ condition, t, e }) => {
    const shape = broadcastShapes(condition.shape, broadcastShapes(t.shape, e.shape));
    const known = fillValue(condition);
    if (known !== undefined) return broadcastTo(known !== 0 ? t : e, shape);
    return t === e ? broadcastTo(t, shape) : undefined;
  },
  gradient: {
    condition: ZERO, // a bool: no gradient flows along it
    t: ({ condition }, { dy }) => select(condition, dy, zeroCotangent({ dtype: dy.dtype, shape: [] })),
    e: ({ condition }, { dy }) => select(condition, zeroCotangent({ dtype: dy.dtype, shape: [] }), dy),
  },
});

export const select = (condition: SymLike, t: SymLike, e: SymLike): Sym =>
  Select.node({ condition: lift(condition, 'bool'), t, e });
