/** Liveness: the live range of each slot, the slots to free after each step, and the peak memory. */
import type { Slot, Step, Value } from './plan.ts';

const NONE: readonly number[] = Object.freeze([]);

/** The values that a step reads and writes. */
export type Operands = Pick<Step, 'inputs' | 'outputs'>;

export interface Liveness {
  /** By slot: the steps that write it and last read it, as in `Slot`. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** By step: the slots that nothing reads after it. */
  readonly free: readonly (readonly number[])[];
}

/** @param results slots that outlive all steps: outputs and new values of variables */
export function liveness(
  slots: readonly Pick<Slot, 'kind'>[],
  steps: readonly Operands[],
  results: readonly number[],
): Liveness {
  const first = new Int32Array(slots.length).fill(-1);
  const last = new Int32Array(slots.length);
  steps.forEach(({ inputs, outputs }, i) => {
    for (const { slot } of inputs) last[slot] = i;
    for (const { slot } of outputs) first[slot] = last[slot] = i;
  });
  // leaves live through the whole run: it does not own their buffers
  slots.forEach(({ kind }, slot) => {
    if (kind !== 'value') last[slot] = steps.length;
  });
  for (const slot of results) last[slot] = steps.length;
  return { first, last, free: slotsByLastUse(last, steps.length) };
}

/** The slots last used by each step, in arrays of exact length: plans may have hundreds of thousands of steps. */
function slotsByLastUse(last: Int32Array, count: number): Liveness['free'] {
  const counts = new Int32Array(count + 1);
  for (const step of last) counts[step]!++;
  const lists = Array.from(counts.subarray(0, count), (n) => (n === 0 ? NONE : new Array<number>(n)));
  for (let slot = last.length - 1; slot >= 0; slot--) {
    const step = last[slot]!;
    if (step < count) (lists[step] as number[])[--counts[step]!] = slot;
  }
  return lists;
}

/** The most bytes alive at once. A step's outputs are allocated before its inputs are freed. */
export function peakOf(slots: readonly Slot[], steps: readonly Step[]): number {
  let bytes = slots.reduce((sum, slot) => (slot.kind === 'value' ? sum : sum + slot.bytes), 0);
  let peak = bytes;
  for (const step of steps) {
    bytes += bytesOf(slots, step.outputs);
    peak = Math.max(peak, bytes + workspace(slots, step));
    for (const s of step.free) bytes -= slots[s]!.bytes;
  }
  return peak;
}

const bytesOf = (slots: readonly Slot[], values: readonly Value[]): number =>
  values.reduce((sum, { slot }) => sum + slots[slot]!.bytes, 0);

/** Bytes that a step needs besides its inputs and outputs: a loop needs the body's buffers, or all rows before they are stacked. */
function workspace(slots: readonly Slot[], step: Step): number {
  if (step.kind !== 'loop') return 0;
  const body = step.body.peakBytes - bytesOf(slots, step.inputs.slice(step.mapped));
  return Math.max(body, bytesOf(slots, step.outputs.slice(0, step.stacked)));
}
