import type { Sym } from '../../engine/index.ts';

/** Beyond this many, types count no further. */
type Most = 64;
type Tuple<N extends number, T extends readonly Sym[]> = T['length'] extends N
  ? T
  : T['length'] extends Most
    ? readonly Sym[]
    : Tuple<N, readonly [...T, Sym]>;

/** N values: a tuple where the number is known to the compiler. */
export type Several<N extends number> = number extends N ? readonly Sym[] : Tuple<N, readonly []>;
