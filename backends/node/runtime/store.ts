/** The store of the node backend: variables are TensorFlow resources of a session. */
import type { BackendStore, DType, HostValue } from '../../../engine/index.ts';
import { BYTES_PER_ELEMENT, sizeOf, VariableError } from '../../../engine/index.ts';
import type { Session } from './session.ts';
import type { TensorCount } from './tensor.ts';
import { Assignment, destroyVariable, Reading } from './variable-calls.ts';

interface Entry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** A value that is not yet assigned in the session. */
  pending: HostValue | undefined;
  /** Whether the session has a value of it. */
  assigned: boolean;
}

/**
 * A session is replaced, which removes the nodes of disposed programs, if these are more than half of its nodes and more than this:
 * adding a program costs TensorFlow time for every node in the session.
 */
const RETIRED_NODES = 1_000;

export class NativeStore implements BackendStore {
  readonly #open: () => Session;
  readonly #count: TensorCount;
  readonly #entries = new Map<string, Entry>();
  #session: Session | undefined;
  /** Variables with pending values. */
  readonly #waiting = new Set<string>();
  /** Prepared calls that read or write a single variable. */
  readonly #reads = new Map<string, Reading>();
  readonly #writes = new Map<string, Assignment>();
  /** The last prepared read of several variables. */
  #readAll: { readonly key: string; readonly reading: Reading } | undefined;

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

  /** By one call, since the first run of each call takes time for every node in the session. */
  async getAll(names: readonly string[]): Promise<readonly HostValue[]> {
    const session = this.session();
    const entries = names.map((name): [string, Entry] => [name, this.#entry(name)]);
    const key = JSON.stringify(names);
    if (this.#readAll?.key !== key) this.#readAll = { key, reading: new Reading(session, entries) };
    return this.#readAll.reading.run();
  }

  delete(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#add(entry, -1);
    if (entry.assigned) destroyVariable(this.#session!, name, entry);
    this.#entries.delete(name);
    this.#waiting.delete(name);
    // a new variable of that name may have another type
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

  /** The session, with all pending values assigned; a new one if the last had too many retired nodes. */
  session(): Session {
    if (this.#session !== undefined && this.#session.retired > Math.max(RETIRED_NODES, this.#session.nodes / 2))
      this.#renew(this.#session);
    this.#session ??= this.#open();
    this.#assign(this.#session);
    return this.#session;
  }

  #renew(old: Session): void {
    const assigned = [...this.#entries].filter(([, { pending }]) => pending === undefined);
    const values = new Reading(old, assigned).run();
    for (const [i, [, entry]] of assigned.entries()) entry.pending = values[i]!;
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

  /** Assigns pending values: several by one temporary call, a single one by a prepared call that is reused. */
  #assign(session: Session): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting].map((name): [string, Entry] => [name, this.#entries.get(name)!]);
    const again = waiting.filter(([name]) => this.#writes.has(name));
    const unprepared = waiting.filter(([name]) => !this.#writes.has(name));
    const alone = unprepared.length === 1 && unprepared[0]![1].assigned;
    const [fresh, once] = alone ? [[], unprepared] : [unprepared, []];
    if (fresh.length > 0) {
      const assignment = new Assignment(session, fresh);
      session.retired += assignment.nodes;
      this.#write(assignment, fresh);
    }
    for (const [name, entry] of once) this.#writes.set(name, new Assignment(session, [[name, entry]]));
    for (const [name, entry] of [...again, ...once]) this.#write(this.#writes.get(name)!, [[name, entry]]);
    this.#waiting.clear();
  }

  #write(assignment: Assignment, values: readonly (readonly [string, Entry])[]): void {
    assignment.run(
      values.map(([, { pending }]) => pending!),
      this.#count,
    );
    for (const [, entry] of values) {
      entry.pending = undefined;
      entry.assigned = true;
    }
  }

  #read(session: Session, name: string, entry: Entry): HostValue {
    const reading = this.#reads.get(name) ?? new Reading(session, [[name, entry]]);
    this.#reads.set(name, reading);
    return reading.run()[0]!;
  }
}
