/** Variables in a session: resources of TensorFlow's, by name. */
import {
  type BackendStore,
  BYTES_PER_ELEMENT,
  type DType,
  type HostValue,
  sizeOf,
  VariableError,
} from '../../../engine/index.ts';
import type { TfType } from '../graph/attributes.ts';
import * as attr from '../graph/attributes.ts';
import { PRODUCER } from '../graph/program.ts';
import { variableHandle } from '../graph/variable.ts';
import { GraphWriter, inGraph, type Shared } from '../graph/writer.ts';
import type { Call, Session } from './session.ts';
import { FedTensor, type TensorCount, takeTensor } from './tensor.ts';

interface Entry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Not in the session yet. */
  pending: HostValue | undefined;
  /** Whether the session has had a value of it. */
  assigned: boolean;
}

/** A call that gives variables what it is fed. */
interface Assignment {
  readonly call: Call;
  /** How many nodes it is made of. */
  readonly nodes: number;
}

/** Frees a variable's memory. */
function destroy(session: Session, name: string, { dtype, shape }: Omit<HostValue, 'data'>): void {
  const w = graphWriter();
  const handle = variableHandle(w, name, dtype as TfType, shape);
  const [done] = w.ops('DestroyResourceOp', [handle], { ignore_lookup_error: attr.bool(true) }, ['bool']);
  const prefix = session.import({ node: w.nodes, versions: { producer: PRODUCER } });
  session.retired += w.nodes.length;
  session.runSync(session.call(prefix, [], [], [done!.name]));
}

function assignment(session: Session, variables: readonly (readonly [string, Omit<HostValue, 'data'>])[]): Assignment {
  const w = graphWriter();
  const places = variables.map(([name, { dtype, shape }]) => {
    const type = dtype as TfType;
    const value = w.op('Placeholder', [], { dtype: attr.type(type), shape: attr.shape(shape) }, type);
    // the memory that is fed is freed after the call, and must not become the variable's
    const own = w.op('DeepCopy', [value], { T: attr.type(type) });
    const handle = variableHandle(w, name, type, shape);
    const [done] = w.ops('AssignVariableOp', [handle, own], { dtype: attr.type(type) }, ['bool']);
    return { value: { operation: value.name, output: 0 }, done: done!.name };
  });
  const prefix = session.import({ node: w.nodes, versions: { producer: PRODUCER } });
  const call = session.call(
    prefix,
    places.map((p) => p.value),
    [],
    places.map((p) => p.done),
  );
  return { call, nodes: w.nodes.length };
}

function reading(session: Session, variables: readonly (readonly [string, Omit<HostValue, 'data'>])[]): Call {
  const w = graphWriter();
  const values = variables.map(([name, { dtype, shape }]) => {
    const type = dtype as TfType;
    return w.op('ReadVariableOp', [variableHandle(w, name, type, shape)], { dtype: attr.type(type) }, type);
  });
  const prefix = session.import({ node: w.nodes, versions: { producer: PRODUCER } });
  return session.call(
    prefix,
    [],
    values.map(({ name }) => ({ operation: name, output: 0 })),
    [],
  );
}

/**
 * A session is made anew, without what programs have left in it, where that is more than what is used, and more than this: each
 * further program costs TensorFlow time for every node that is there.
 */
const RETIRED_NODES = 1_000;

export class NativeStore implements BackendStore {
  readonly #open: () => Session;
  readonly #count: TensorCount;
  readonly #entries = new Map<string, Entry>();
  #session: Session | undefined;
  /** Variables that have been set since they were last used. */
  readonly #waiting = new Set<string>();
  /** Reads of single variables, and writes, prepared. */
  readonly #reads = new Map<string, Call>();
  readonly #writes = new Map<string, Assignment>();
  /** The last read of several, and of which. */
  #readAll: { readonly key: string; readonly call: Call } | undefined;

  /** @param open makes a session */
  constructor(open: () => Session, count: TensorCount) {
    this.#open = open;
    this.#count = count;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  set(name: string, value: HostValue): void {
    const before = this.#entries.get(name);
    if (before === undefined) this.#add(value, 1);
    this.#entries.set(name, {
      dtype: value.dtype,
      shape: value.shape,
      pending: value,
      assigned: before?.assigned ?? false,
    });
    this.#waiting.add(name);
  }

  async get(name: string): Promise<HostValue> {
    const entry = this.#entry(name);
    if (entry.pending !== undefined) return { ...entry.pending, data: entry.pending.data.slice() };
    return this.#read(this.session(), name, entry);
  }

  /** By one call: TensorFlow takes time for all that its session holds at the first run of each. */
  async getAll(names: readonly string[]): Promise<readonly HostValue[]> {
    const session = this.session();
    const entries = names.map((name): [string, Entry] => [name, this.#entry(name)]);
    const key = JSON.stringify(names);
    if (this.#readAll?.key !== key) this.#readAll = { key, call: reading(session, entries) };
    const { call } = this.#readAll;
    session.runSync(call);
    return entries.map(([, { dtype }], i) => takeTensor(session.api, call.outputValues[i]!, dtype));
  }

  delete(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#add(entry, -1);
    if (entry.assigned) destroy(this.#session!, name, entry);
    this.#entries.delete(name);
    this.#waiting.delete(name);
    // a variable of that name may come to be of another type
    this.#reads.delete(name);
    this.#writes.delete(name);
    this.#readAll = undefined;
  }

  dispose(): void {
    for (const entry of this.#entries.values()) this.#add(entry, -1);
    this.#entries.clear();
    this.#waiting.clear();
    this.#reads.clear();
    this.#writes.clear();
    this.#readAll = undefined;
    this.#session?.close();
    this.#session = undefined;
  }

  /** The session, in which every variable has its value. A new one, where the last held too much that nothing runs any more. */
  session(): Session {
    if (this.#session !== undefined && this.#session.retired > Math.max(RETIRED_NODES, this.#session.nodes / 2))
      this.#renew(this.#session);
    this.#session ??= this.#open();
    this.#assign(this.#session);
    return this.#session;
  }

  #renew(old: Session): void {
    const held = [...this.#entries].filter(([, { pending }]) => pending === undefined);
    if (held.length > 0) {
      const call = reading(old, held);
      old.runSync(call);
      for (const [i, [, entry]] of held.entries())
        entry.pending = takeTensor(old.api, call.outputValues[i]!, entry.dtype);
    }
    for (const [name, entry] of this.#entries) {
      entry.assigned = false;
      this.#waiting.add(name);
    }
    this.#reads.clear();
    this.#writes.clear();
    this.#readAll = undefined;
    this.#session = undefined;
    old.close();
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new VariableError(`there is no variable '${name}' in this store`);
    return entry;
  }

  #add({ shape, dtype }: Omit<HostValue, 'data'>, sign: 1 | -1): void {
    this.#count.buffers += sign;
    this.#count.bytes += sign * sizeOf(shape) * BYTES_PER_ELEMENT[dtype];
  }

  /** Gives variables the values that they have been set to: several at once, one alone by a call that is kept. */
  #assign(session: Session): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting].map((name): [string, Entry] => [name, this.#entries.get(name)!]);
    const again = waiting.filter(([name]) => this.#writes.has(name));
    const unprepared = waiting.filter(([name]) => !this.#writes.has(name));
    const alone = unprepared.length === 1 && unprepared[0]![1].assigned;
    const [fresh, once] = alone ? [[], unprepared] : [unprepared, []];
    if (fresh.length > 0) {
      const call = assignment(session, fresh);
      session.retired += call.nodes;
      this.#write(session, call, fresh);
    }
    for (const [name, entry] of once) this.#writes.set(name, assignment(session, [[name, entry]]));
    for (const [name, entry] of [...again, ...once]) this.#write(session, this.#writes.get(name)!, [[name, entry]]);
    this.#waiting.clear();
  }

  #write(session: Session, { call }: Assignment, values: readonly (readonly [string, Entry])[]): void {
    const fed = values.map(([, { pending }]) => {
      const tensor = new FedTensor(session.api, pending!, this.#count);
      tensor.write(pending!.data);
      return tensor;
    });
    try {
      fed.forEach(({ pointer }, i) => {
        call.inputValues[i] = pointer;
      });
      session.runSync(call);
    } finally {
      for (const tensor of fed) tensor.free();
    }
    for (const [, entry] of values) {
      entry.pending = undefined;
      entry.assigned = true;
    }
  }

  #read(session: Session, name: string, entry: Entry): HostValue {
    const call = this.#reads.get(name) ?? reading(session, [[name, entry]]);
    this.#reads.set(name, call);
    session.runSync(call);
    return takeTensor(session.api, call.outputValues[0]!, entry.dtype);
  }
}

const NO_FUNCTIONS: Shared = {
  functions: [],
  nameFunction: () => '',
  hasAttribute: () => true,
  inFunction: inGraph,
};

/** Writes what has to do with variables alone. */
export const graphWriter = (): GraphWriter =>
  new GraphWriter(NO_FUNCTIONS, inGraph, () => {
    throw new Error('variables have no unknown sizes');
  });
