/** When each slot is made and last needed, which slots each step ends, and the most memory in use at once. */
import type { Slot, Step } from './plan.ts';

export interface Lifetimes {
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** For each step, the slots to free after it. */
  readonly free: readonly (readonly number[])[];
  readonly peakBytes: number;
}

type Reader = { readonly kind: Step['kind'] } & Partial<Record<'inputs' | 'mapped' | 'captured' | 'outputs', readonly { readonly slot: number }[]>>;

/** @param ends slots that outlive all steps: outputs and new values of variables */
export function lifetimes(slots: readonly Omit<Slot, 'first' | 'last'>[], steps: readonly Reader[], ends: readonly number[]): Lifetimes {
  const first = slots.map(() => -1);
  const last = slots.map(() => -1);
  steps.forEach((step, i) => {
    for (const list of [step.inputs, step.mapped, step.captured]) for (const { slot } of list ?? []) last[slot] = i;
    for (const { slot } of step.outputs ?? []) first[slot] = last[slot] = i;
  });
  // what comes from outside stays: a run does not own it
  slots.forEach((slot, s) => {
    if (slot.kind !== 'value') last[s] = steps.length;
  });
  for (const slot of ends) last[slot] = steps.length;

  const free: number[][] = steps.map(() => []);
  slots.forEach((slot, s) => {
    if (slot.kind === 'value' && last[s]! < steps.length) free[last[s]!]!.push(s);
  });
  return { first, last, free, peakBytes: peak(slots, first, free) };
}

function peak(slots: readonly Omit<Slot, 'first' | 'last'>[], first: readonly number[], free: readonly (readonly number[])[]): number {
  const made = new Map<number, number>();
  slots.forEach((slot, s) => made.set(first[s]!, (made.get(first[s]!) ?? 0) + slot.bytes));
  let bytes = made.get(-1) ?? 0;
  let most = bytes;
  free.forEach((ended, i) => {
    bytes += made.get(i) ?? 0;
    most = Math.max(most, bytes);
    for (const s of ended) bytes -= slots[s]!.bytes;
  });
  return most;
}
