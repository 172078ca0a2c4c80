import { attr, defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { inferScan, scan } from './scan.ts';

export const Cumsum = defineOp({
  name: 'Cumsum',
  inputs: ['x'],
  attrs: { axis: attr.int(), exclusive: attr.bool(false), reverse: attr.bool(false) },
  infer: ({ x }, { axis }) => inferScan(x, axis),
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], routes: { x: 'part' } },
  gradient: { x: (_inputs, { dy, attrs: { axis, exclusive, reverse } }) => cumsum(dy, axis, exclusive, !reverse) },
});

/**
 * Sums of all elements up to each, along an axis; `exclusive` excludes the element itself, `reverse` starts from the end.
 * @throws ShapeError
 */
export const cumsum = (x: SymLike, axis = 0, exclusive = false, reverse = false): Sym =>
  scan(x, axis, (sym, at) => Cumsum.node({ x: sym }, { axis: at, exclusive, reverse }));

export const doc: OpDoc = {
  summary: 'Running sums along an axis.',
  forward: 'y_i = \\sum_{j \\le i} x_j',
  gradient: { x: '\\sum_{i \\ge j} \\bar y_i' },
  source: 'CSE473, sum rule (5.47)',
};
