import { cast, lift, type OpDoc, type Sym, type SymLike, select, upcast } from '../../engine/index.ts';

export { Select } from '../../engine/index.ts';

/**
 * a where the condition is true, else b, element by element, broadcast; the dtype is the larger of both. The operand that is not chosen
 * gets the gradient 0, even if its own derivative is infinite or NaN there.
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
