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
}

/** A session is made anew, without what programs have left in it, where that is more than what is used, and more than this. */
const RETIRED_NODES = 5_000;

export class NativeStore implements BackendStore {
  readonly #open: () => Session;
  readonly #count: TensorCount;
  readonly #entries = new Map<string, Entry>();
  #session: Session | undefined;
  /** Reads of variables, prepared. */
  readonly #reads = new Map<string, Call>();

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
    this.#entries.set(name, { dtype: value.dtype, shape: value.shape, pending: value });
  }

  async get(name: string): Promise<HostValue> {
    const entry = this.#entry(name);
    if (entry.pending !== undefined) return { ...entry.pending, data: entry.pending.data.slice() };
    return this.#read(this.session(), name, entry);
  }

  delete(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#add(entry, -1);
    this.#entries.delete(name);
  }

  dispose(): void {
    for (const entry of this.#entries.values()) this.#add(entry, -1);
    this.#entries.clear();
    this.#reads.clear();
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
    for (const [name, entry] of this.#entries) entry.pending ??= this.#read(old, name, entry);
    this.#reads.clear();
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

  /** Gives all variables at once the values that they have been set to. */
  #assign(session: Session): void {
    const waiting = [...this.#entries].filter(([, { pending }]) => pending !== undefined);
    if (waiting.length === 0) return;
    const w = graphWriter();
    const places = waiting.map(([name, { dtype, shape }], i) => {
      const type = dtype as TfType;
      const value = w.op('Placeholder', [], { dtype: attr.type(type), shape: attr.shape(shape) }, type);
      // the memory that is fed is freed after the call, and must not become the variable's
      const own = w.op('DeepCopy', [value], { T: attr.type(type) });
      const [done] = w.ops(
        'AssignVariableOp',
        [variableHandle(w, name, type, shape), own],
        { dtype: attr.type(type) },
        ['bool'],
        {
          name: `assign_${i}`,
        },
      );
      return { value: { operation: value.name, output: 0 }, done: done!.name };
    });
    const prefix = session.import({ node: w.nodes, versions: { producer: PRODUCER } });
    session.retired += w.nodes.length;
    const call = session.call(
      prefix,
      places.map((p) => p.value),
      [],
      places.map((p) => p.done),
    );
    const fed = waiting.map(([, { pending }]) => {
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
    for (const [, entry] of waiting) entry.pending = undefined;
  }

  #read(session: Session, name: string, { dtype, shape }: Entry): HostValue {
    let call = this.#reads.get(name);
    if (call === undefined) {
      const w = graphWriter();
      const type = dtype as TfType;
      const value = w.op('ReadVariableOp', [variableHandle(w, name, type, shape)], { dtype: attr.type(type) }, type);
      const prefix = session.import({ node: w.nodes, versions: { producer: PRODUCER } });
      call = session.call(prefix, [], [{ operation: value.name, output: 0 }], []);
      this.#reads.set(name, call);
    }
    session.runSync(call);
    return takeTensor(session.api, call.outputValues[0]!, dtype);
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
