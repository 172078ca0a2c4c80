import type { Sym } from '../../engine/index.ts';

/** Longer tuples are typed as lists. */
type Most = 64;
type Tuple<N extends number, T extends readonly Sym[]> = T['length'] extends N
  ? T
  : T['length'] extends Most
    ? readonly Sym[]
    : Tuple<N, readonly [...T, Sym]>;

/** N values: a tuple if N is a literal type. */
export type Several<N extends number> = number extends N ? readonly Sym[] : Tuple<N, readonly []>;
