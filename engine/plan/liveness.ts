/** When each slot is made and last needed, which slots end with each step, and the most memory in use at once. */
import type { Slot, Step, Value } from './plan.ts';

const NONE: number[] = [];
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Fills in `first` and `last` of the slots, and `free` of the steps.
 * @param ends slots that outlive all steps: outputs and new values of variables
 * @returns the most bytes in use at once
 */
export function lifetimes(
  slots: readonly Draft<Slot>[],
  steps: readonly Draft<Step>[],
  ends: readonly number[],
): number {
  const read = (values: readonly Value[], i: number): void => {
    for (const { slot } of values) slots[slot]!.last = i;
  };
  steps.forEach((step, i) => {
    read(step.inputs, i);
    for (const { slot } of step.outputs) slots[slot]!.first = slots[slot]!.last = i;
  });
  // what comes from outside stays: a run does not own it
  for (const slot of slots) if (slot.kind !== 'value') slot.last = steps.length;
  for (const slot of ends) slots[slot]!.last = steps.length;

  free(slots, steps);
  return peak(slots, steps);
}

/** Gives each step the slots that end with it, in arrays of just their number: plans may have hundreds of thousands of steps. */
function free(slots: readonly Slot[], steps: readonly Draft<Step>[]): void {
  const ending = [...slots.keys()].filter((s) => slots[s]!.kind === 'value' && slots[s]!.last < steps.length);
  const counts = new Int32Array(steps.length);
  for (const s of ending) counts[slots[s]!.last]!++;
  const lists = Array.from(counts, (n) => (n === 0 ? NONE : new Array<number>(n)));
  for (const s of ending.reverse()) {
    const step = slots[s]!.last;
    lists[step]![--counts[step]!] = s;
  }
  steps.forEach((step, i) => {
    step.free = lists[i]!;
  });
}

/** The most bytes alive at once. A step's outputs are there before its inputs go. */
function peak(slots: readonly Slot[], steps: readonly Step[]): number {
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

/** What a step needs beside what it takes and gives: a Map's body has buffers of its own, and rows are collected before they are stacked. */
function workspace(slots: readonly Slot[], step: Step): number {
  if (step.kind !== 'map') return 0;
  const body = step.body.peakBytes - bytesOf(slots, step.inputs.slice(step.mapped));
  return Math.max(body, bytesOf(slots, step.outputs.slice(0, step.stacked)));
}
