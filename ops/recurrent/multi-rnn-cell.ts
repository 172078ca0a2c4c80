import { AttributeError, apart, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';

/** A step of a cell: maps data, memory and previous output to the new memory and output. */
export type LSTMCellFunc = (data: Sym, c: Sym, h: Sym) => readonly [c: Sym, h: Sym];

/**
 * A step of stacked cells: the first gets the data, each of the others the output of the one before.
 * @returns the new memories and the new outputs; the last output is that of the stack
 * @throws AttributeError if there is not one c and one h for each cell
 */
export function multiRNNCell(
  lstmCells: readonly LSTMCellFunc[],
  data: SymLike,
  c: readonly SymLike[],
  h: readonly SymLike[],
): readonly [c: readonly Sym[], h: readonly Sym[]] {
  if (c.length !== lstmCells.length || h.length !== lstmCells.length)
    throw new AttributeError(`multiRNNCell: ${lstmCells.length} cells, ${c.length} times c and ${h.length} times h`);
  let input = lift(data);
  const states = lstmCells.map((cell, k) => {
    const state = apart(() => cell(input, lift(c[k]!), lift(h[k]!)));
    input = state[1];
    return state;
  });
  return [states.map(([newC]) => newC), states.map(([, newH]) => newH)];
}

export const doc: OpDoc = {
  summary: 'One step of recurrent cells on top of one another.',
  forward: "(c'_k, h'_k) = f_k(h'_{k - 1}, c_k, h_k), \\; h'_0 = x",
  gradient: { data: '\\text{by its parts}' },
  source: 'Graves, "Generating sequences with recurrent neural networks" (2013)',
};
