import { defineOp, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';

export const Identity = defineOp({
  name: 'Identity',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'kernel' }],
  traits: { elementwise: true, linear: ['x'], partwise: true, finiteSlopes: true },
  simplify: ({ x }) => x,
  gradient: { x: (_inputs, { dy }) => dy },
});

/** The same value as a separate node. */
export const clone = (x: SymLike): Sym => Identity.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'The value itself.',
  forward: 'y = x',
  gradient: { x: '\\bar y' },
  source: 'CSE473, chain rule (5.48)',
};
