/** Timing two ways of doing one thing, fairly: in one process, warm, by turns, and by medians. */

export interface Timing {
  /** Milliseconds a call, the median of all blocks. */
  readonly ours: number;
  readonly theirs: number;
  /** Theirs over ours: the median over pairs of neighbouring blocks, which other load on the machine slows down alike. */
  readonly ratio: number;
}

export interface AlternateOptions {
  /** Blocks of calls on each side; between them, the sides take turns. */
  readonly blocks: number;
  /** About how long a block lasts. */
  readonly blockMs: number;
}

/** What a side does once; both have to be warm. */
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

/** Of an odd number of values, one of them. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which about that share of the values lies: one of them. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))]!;
}
