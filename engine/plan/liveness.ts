/** When each slot is made and last needed, which slots each step ends, and the most memory in use at once. */
import type { Slot, Step, Value } from './plan.ts';

export interface Lifetimes {
  /** For each step, the slots to free after it. */
  readonly free: readonly (readonly number[])[];
  readonly peakBytes: number;
}

/**
 * Fills in `first` and `last` of the slots.
 * @param ends slots that outlive all steps: outputs and new values of variables
 */
export function lifetimes(
  slots: readonly { -readonly [K in keyof Slot]: Slot[K] }[],
  steps: readonly Step[],
  ends: readonly number[],
): Lifetimes {
  const read = (values: readonly Value[], i: number): void => {
    for (const { slot } of values) slots[slot]!.last = i;
  };
  steps.forEach((step, i) => {
    if (step.kind === 'map') {
      read(step.mapped, i);
      read(step.captured, i);
    } else read(step.inputs, i);
    for (const { slot } of step.outputs) slots[slot]!.first = slots[slot]!.last = i;
  });
  // what comes from outside stays: a run does not own it
  for (const slot of slots) if (slot.kind !== 'value') slot.last = steps.length;
  for (const slot of ends) slots[slot]!.last = steps.length;

  const free: number[][] = steps.map(() => []);
  slots.forEach(({ kind, last }, s) => {
    if (kind === 'value' && last < steps.length) free[last]!.push(s);
  });
  return { free, peakBytes: peak(slots, steps, free) };
}

/** The most bytes alive at once. A step's outputs are there before its inputs go. */
function peak(slots: readonly Slot[], steps: readonly Step[], free: readonly (readonly number[])[]): number {
  let bytes = slots.reduce((sum, slot) => (slot.kind === 'value' ? sum : sum + slot.bytes), 0);
  let most = bytes;
  steps.forEach(({ outputs }, i) => {
    for (const { slot } of outputs) bytes += slots[slot]!.bytes;
    most = Math.max(most, bytes);
    for (const s of free[i]!) bytes -= slots[s]!.bytes;
  });
  return most;
}
