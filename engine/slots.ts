/** Maps the flat inputs and outputs of a node to the named slots of its op: 'x' required, 'bias?' optional, '...xs' variadic. */

/** A named input or output of an op. */
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

/** A value for each input of a node, as the record that the functions of its op's definition take. */
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

/** A value for each output of a node, as a record by name. */
export function outputRecord<V>(
  op: Slotted,
  flat: readonly V[],
  attrs: Attrs,
): Record<string, V | readonly V[] | undefined> {
  return toRecord(op.outputSlots, flat, outputArity(op, flat.length, attrs));
}

/** The number of outputs in each slot; undefined if every slot has one. */
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
  let offset = 0;
  for (let i = 0; i < slots.length; i++) {
    const { name, kind } = slots[i]!;
    const n = arity?.[i] ?? 1;
    if (kind === 'variadic') record[name] = flat.slice(offset, offset + n);
    else if (n === 1) record[name] = flat[offset];
    offset += n;
  }
  return record;
}
