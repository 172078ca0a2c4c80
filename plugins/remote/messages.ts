/**
 * What two sides say to each other where programs are compiled on one, and run on the other: in a worker, or in a browser that was
 * started for it. Every message is data that can be cloned.
 */

import type { Limits } from '../../backends/limits.ts';
import type { WasmPaths } from '../../backends/wasm/module.ts';
import {
  type DeviceDetails,
  DTYPES,
  faultOf,
  type HostValue,
  type Memory,
  type Plan,
  type UpdatesMade,
} from '../../engine/index.ts';

/** Plans and stores are numbered by the side that compiles. */
export type Request =
  | { readonly kind: 'start'; readonly backend: string; readonly settings: Settings }
  | { readonly kind: 'load'; readonly plan: number; readonly steps: Plan }
  | { readonly kind: 'unload'; readonly plan: number }
  | { readonly kind: 'open'; readonly store: number }
  | { readonly kind: 'set'; readonly store: number; readonly name: string; readonly value: HostValue }
  | { readonly kind: 'get'; readonly store: number; readonly name: string }
  | { readonly kind: 'delete'; readonly store: number; readonly name: string }
  | { readonly kind: 'close'; readonly store: number }
  | RunMessage
  | { readonly kind: 'settle' };

export interface RunMessage {
  readonly kind: 'run';
  readonly plan: number;
  readonly store: number;
  readonly feeds: Readonly<Record<string, HostValue>>;
  readonly randomState: Int32Array;
  readonly outputs: readonly string[];
  readonly checkNumerics: boolean;
  /** Whether a 'cancel' may come: what has come by the end of the last step is obeyed. */
  readonly mayCancel: boolean;
}

/** What a backend is told before it starts. */
export interface Settings {
  /** Where a page finds the wasm files. */
  readonly wasmPaths?: WasmPaths;
}

/** To the side that runs: a request, or the wish to end one. */
export type ToHost =
  | { readonly id: number; readonly request: Request }
  | { readonly id: number; readonly cancel: true };

/** From it: how a request ended. */
export type FromHost =
  | { readonly id: number; readonly value?: unknown; readonly memory: Memory }
  | { readonly id: number; readonly error: ErrorMessage; readonly memory: Memory };

export interface Started {
  readonly kernels: readonly string[];
  readonly limits: Limits;
  readonly details: DeviceDetails;
}

export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly node?: string | undefined;
  /** Of a run: how many of its updates were made; none where it is absent. */
  readonly updates?: UpdatesMade | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Whether what came is a message. */
export function isFromHost(message: unknown): message is FromHost {
  if (!isRecord(message) || typeof message.id !== 'number') return false;
  const { memory, error } = message;
  if (!isRecord(memory) || typeof memory.buffers !== 'number' || typeof memory.bytes !== 'number') return false;
  return (
    !('error' in message) || (isRecord(error) && typeof error.name === 'string' && typeof error.message === 'string')
  );
}

/** Whether what came is the answer to 'start'. */
export const isStarted = (value: unknown): value is Started =>
  isRecord(value) &&
  Array.isArray(value.kernels) &&
  value.kernels.every((name) => typeof name === 'string') &&
  isRecord(value.limits) &&
  isRecord(value.details);

/** Whether what came is a tensor's value. */
export const isValue = (value: unknown): value is HostValue =>
  isRecord(value) &&
  Array.isArray(value.shape) &&
  DTYPES.includes(value.dtype as HostValue['dtype']) &&
  faultOf(value as unknown as HostValue) === undefined;
