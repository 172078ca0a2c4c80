import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { defineComposite, dim, dimValue, fill, iota, lift, product, reshape, select } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from './eye.ts';
import { gather } from './gather.ts';

export const Diag = defineComposite({
  name: 'Diag',
  inputs: ['x'],
  infer: ({ x }) => [{ dtype: x.dtype, shape: [...x.shape, ...x.shape] }],
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ x }) => {
        const n = product(x.shape);
        return reshape(select(eye(n, n, [], 'bool'), reshape(x, [n]), fill([], 0, x.dtype)), [...x.shape, ...x.shape]);
      },
    },
  ],
  traits: { linear: ['x'], routes: { x: 'whole' } },
  // the elements of dy's diagonal are n + 1 apart
  gradient: {
    x: ({ x }, { dy }) => {
      const n = product(x.shape);
      const positions = mul(iota(n), dimValue(dim.add(n, 1), 'int32'));
      return reshape(gather(reshape(dy, [dim.mul(n, n)]), positions), x.shape);
    },
  },
});

/** A value of twice the rank of x, with x on its diagonal and zeros elsewhere. */
export const diag = (x: SymLike): Sym => Diag.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'A diagonal matrix.',
  forward: 'y_{i j} = x_i \\mathbb 1(i = j)',
  gradient: { x: '\\bar y_{i i}' },
  source: 'the adjoint of placing elements is taking them back',
};
