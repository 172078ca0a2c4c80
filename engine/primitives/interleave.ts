/** Between the parts of complex values and what backends hold of them at a program's border: one float32 value, parts in turn. */
import { requireEqual } from '../build/context.ts';
import type { Sym } from '../build/sym.ts';
import { ShapeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import { formatType } from '../types.ts';

/** Two values side by side, along a new last axis. */
export const Interleave = defineOp({
  name: 'Interleave',
  inputs: ['re', 'im'],
  infer: ({ re, im }) => {
    if (re.shape.length !== im.shape.length)
      throw new ShapeError(`parts of the types ${formatType(re)} and ${formatType(im)}`);
    re.shape.forEach((d, i) => {
      requireEqual(d, im.shape[i]!, `dimension ${i} of the parts`);
    });
    return [{ dtype: 'float32', shape: [...re.shape, 2] }];
  },
  lowering: [{ kind: 'kernel' }],
  gradient: {
    re: (_inputs, { dy }) => deinterleave(dy)[0]!,
    im: (_inputs, { dy }) => deinterleave(dy)[1]!,
  },
});

/** What lies side by side along the last axis. */
export const Deinterleave = defineOp({
  name: 'Deinterleave',
  inputs: ['x'],
  outputs: ['re', 'im'],
  infer: ({ x }) => {
    if (x.shape.at(-1) !== 2) throw new ShapeError(`${formatType(x)} does not hold pairs`);
    const part = { dtype: 'float32', shape: x.shape.slice(0, -1) } as const;
    return [part, part];
  },
  lowering: [{ kind: 'kernel' }],
  gradient: { x: (_inputs, { dys }) => interleave(dys.re, dys.im) },
});

export const interleave = (re: Sym, im: Sym): Sym => Interleave.node({ re, im });
export const deinterleave = (x: Sym): readonly Sym[] => Deinterleave.nodes({ x });
