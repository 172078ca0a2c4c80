/** Interleave and Deinterleave: between the parts of a complex value and its stored form (see optimize/split-complex.ts). */
import { requireEqual } from '../build/context.ts';
import type { Sym } from '../build/sym.ts';
import { ShapeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import { formatType } from '../types.ts';

/** Stacks two values along a new last axis. */
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

/** Splits a value along its last axis, of size 2. */
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
