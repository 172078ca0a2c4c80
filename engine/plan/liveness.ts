/** When each slot is made and last needed, which slots end with each step, and the most memory in use at once. */
import type { Slot, Step, Value } from './plan.ts';

const NONE: readonly number[] = Object.freeze([]);

/** What a step reads and makes. */
export type Operands = Pick<Step, 'inputs' | 'outputs'>;

export interface Liveness {
  /** Of each slot: the steps that make it and last need it, as in `Slot`. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Of each step: the slots that nothing needs after it. */
  readonly free: readonly (readonly number[])[];
}

/** @param ends slots that outlive all steps: outputs and new values of variables */
export function liveness(
  slots: readonly Pick<Slot, 'kind'>[],
  steps: readonly Operands[],
  ends: readonly number[],
): Liveness {
  const first = new Int32Array(slots.length).fill(-1);
  const last = new Int32Array(slots.length);
  steps.forEach(({ inputs, outputs }, i) => {
    for (const { slot } of inputs) last[slot] = i;
    for (const { slot } of outputs) first[slot] = last[slot] = i;
  });
  // what comes from outside stays: a run does not own it
  slots.forEach(({ kind }, slot) => {
    if (kind !== 'value') last[slot] = steps.length;
  });
  for (const slot of ends) last[slot] = steps.length;
  return { first, last, free: endingWith(last, steps.length) };
}

/** The slots that end with each step, in arrays of just their number: plans may have hundreds of thousands of steps. */
function endingWith(last: Int32Array, count: number): Liveness['free'] {
  const counts = new Int32Array(count + 1);
  for (const step of last) counts[step]!++;
  const lists = Array.from(counts.subarray(0, count), (n) => (n === 0 ? NONE : new Array<number>(n)));
  for (let slot = last.length - 1; slot >= 0; slot--) {
    const step = last[slot]!;
    if (step < count) (lists[step] as number[])[--counts[step]!] = slot;
  }
  return lists;
}

/** The most bytes alive at once. A step's outputs are there before its inputs go. */
export function peakOf(slots: readonly Slot[], steps: readonly Step[]): number {
  let bytes = slots.reduce((sum, slot) => (slot.kind === 'value' ? sum : sum + slot.bytes), 0);
  let most = bytes;
  for (const step of steps) {
    bytes += bytesOf(slots, step.outputs);
    most = Math.max(most, bytes + workspace(slots, step));
    for (const s of step.free) bytes -= slots[s]!.bytes;
  }
  return most;
}

const bytesOf = (slots: readonly Slot[], values: readonly Value[]): number =>
  values.reduce((sum, { slot }) => sum + slots[slot]!.bytes, 0);

/** What a step needs beside what it takes and gives: a body has buffers of its own, and rows are collected before they are stacked. */
function workspace(slots: readonly Slot[], step: Step): number {
  if (step.kind !== 'loop') return 0;
  const body = step.body.peakBytes - bytesOf(slots, step.inputs.slice(step.mapped));
  return Math.max(body, bytesOf(slots, step.outputs.slice(0, step.stacked)));
}
