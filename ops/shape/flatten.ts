import { lift, type OpDoc, product, reshape, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';

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
export const samples = () =>
  [['$n', 3], [], [2, 3, 2], [0, 3]].map((shape) =>
    sample({ x: uniform(shape) }, { build: ({ x }) => flatten(x!), reference: (tf, [x]) => tf.reshape(x!, [x!.size]) }),
  );
