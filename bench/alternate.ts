/** Compares the times of two functions, in one process, warmed up, in turns, by medians. */

export interface Timing {
  /** Milliseconds of a call, the median of all blocks. */
  readonly ours: number;
  readonly theirs: number;
  /** Theirs over ours: the median over pairs of neighbouring blocks, which other load on the machine slows down alike. */
  readonly ratio: number;
}

export interface AlternateOptions {
  /** The number of blocks of calls on each side; the sides take turns. */
  readonly blocks: number;
  /** The approximate duration of a block. */
  readonly blockMs: number;
}

/** Times two functions, both of them warmed up. */
export function alternate(ours: () => void, theirs: () => void, { blocks, blockMs }: AlternateOptions): Timing {
  const calls = { ours: callsIn(ours, blockMs), theirs: callsIn(theirs, blockMs) };
  const pairs = Array.from({ length: blocks }, () => ({
    ours: timePerCall(ours, calls.ours),
    theirs: timePerCall(theirs, calls.theirs),
  }));
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
    ratio: median(pairs.map((pair) => pair.theirs / pair.ours)),
  };
}

function timePerCall(call: () => void, count: number): number {
  const start = performance.now();
  for (let i = 0; i < count; i++) call();
  return (performance.now() - start) / count;
}

const callsIn = (call: () => void, ms: number): number => Math.max(1, Math.round(ms / timePerCall(call, 5)));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value with about this share of the values below it. It is one of the values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))]!;
}
