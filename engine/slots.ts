/** How the flat inputs and outputs of a node map to the named slots of its op: 'x' required, 'bias?' optional, '...xs' variadic. */

/** Of inputs, and of outputs too. */
export interface InputSlot {
  readonly name: string;
  readonly kind: 'required' | 'optional' | 'variadic';
}

export const parseSlot = (slot: string): InputSlot =>
  slot.startsWith('...')
    ? { name: slot.slice(3), kind: 'variadic' }
    : slot.endsWith('?')
      ? { name: slot.slice(0, -1), kind: 'optional' }
      : { name: slot, kind: 'required' };

/** What is asked of an op: its slots, and how many outputs each holds where that depends on the attributes. */
interface Slotted {
  readonly slots: readonly InputSlot[];
  readonly outputSlots: readonly InputSlot[];
  readonly definition: { readonly outputArity?: ((attrs: never) => readonly number[]) | undefined };
}

type Attrs = Readonly<Record<string, unknown>>;

/** Flat values of a node as the record that a definition's functions take. */
export function inputRecord<V>(
  op: Slotted,
  flat: readonly V[],
  arity: readonly number[] | undefined,
): Record<string, V | readonly V[] | undefined> {
  return toRecord(op.slots, flat, arity);
}

/** Output values of a node by name. */
export function outputRecord<V>(
  op: Slotted,
  flat: readonly V[],
  attrs: Attrs,
): Record<string, V | readonly V[] | undefined> {
  return toRecord(op.outputSlots, flat, outputArity(op, flat.length, attrs));
}

/** How many outputs each slot holds; undefined where every slot holds one. */
function outputArity({ outputSlots, definition }: Slotted, count: number, attrs: Attrs): readonly number[] | undefined {
  if (!outputSlots.some(({ kind }) => kind === 'variadic')) return undefined;
  return (
    definition.outputArity?.(attrs as never) ??
    outputSlots.map(({ kind }) => (kind === 'variadic' ? count - (outputSlots.length - 1) : 1))
  );
}

function toRecord<V>(
  slots: readonly InputSlot[],
  flat: readonly V[],
  arity: readonly number[] | undefined,
): Record<string, V | readonly V[] | undefined> {
  const record: Record<string, V | readonly V[] | undefined> = {};
  let at = 0;
  for (let i = 0; i < slots.length; i++) {
    const { name, kind } = slots[i]!;
    const n = arity?.[i] ?? 1;
    if (kind === 'variadic') record[name] = flat.slice(at, at + n);
    else if (n === 1) record[name] = flat[at];
    at += n;
  }
  return record;
}
