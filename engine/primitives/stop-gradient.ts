/** StopGradient: the identity, with a gradient of zero. */
import type { Sym, SymLike } from '../build/sym.ts';
import { defineOp, ZERO } from '../op.ts';

export const StopGradient = defineOp({
  name: 'StopGradient',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'composite', expand: ({ x }) => x }],
  traits: { elementwise: true, partwise: true, finiteSlopes: true },
  gradient: { x: ZERO },
});

export const stopGradient = (x: SymLike): Sym => StopGradient.node({ x });
