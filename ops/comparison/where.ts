import { cast, lift, type OpDoc, type Sym, type SymLike, select, upcast } from '../../engine/index.ts';

export { Select } from '../../engine/index.ts';

/**
 * a where the condition holds, else b, element by element, broadcast; of two dtypes the larger. What is not chosen gets the
 * gradient 0, even where its own derivative is infinite or NaN there.
 */
export function where(condition: SymLike, a: SymLike, b: SymLike): Sym {
  const t = lift(a);
  const e = lift(b);
  const dtype = upcast(t.dtype, e.dtype);
  return select(condition, cast(t, dtype), cast(e, dtype));
}

export const doc: OpDoc = {
  summary: 'One of two values, element by element.',
  forward: 'y = \\begin{cases} t & \\text{condition} \\\\ e & \\text{else} \\end{cases}',
  gradient: {
    condition: 'zero',
    t: '\\bar y \\odot \\mathbb 1(\\text{condition})',
    e: '\\bar y \\odot \\mathbb 1(\\text{not condition})',
  },
  source: 'Introductory ML, eqs. (17)-(20)',
};
