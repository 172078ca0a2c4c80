/** The values of a store, at one moment or in a file. */
import type { DType } from '../types.ts';
import type { HostValue } from './backend.ts';

/** What a store holds at one moment. */
export interface VariablesSnapshot {
  readonly tensors: ReadonlyMap<string, HostValue>;
  /** Of the store, and how many runs have drawn from it: what random ops of the next run depend on. */
  readonly seed?: number | undefined;
  readonly runs?: number | undefined;
}

/** As a snapshot, of values that are read when they are asked for, as the dtype that is wanted where they can be of it. */
export interface ValuesOfFile extends Omit<VariablesSnapshot, 'tensors'> {
  readonly tensors: ReadonlyMap<string, (wanted?: DType) => HostValue>;
}
