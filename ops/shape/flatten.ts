import { lift, type OpDoc, product, reshape, type Sym, type SymLike } from '../../engine/index.ts';

/** All elements as a vector. */
export function flatten(x: SymLike): Sym {
  const sym = lift(x);
  return reshape(sym, [product(sym.shape)]);
}

export const doc: OpDoc = {
  summary: 'All elements as a vector.',
  forward: 'y = \\operatorname{vec}(x)',
  gradient: { x: '\\bar y' },
  source: 'a view: the same elements under another shape',
};
