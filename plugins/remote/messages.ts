/**
 * The messages between the side that compiles programs and the side that runs them, which is a worker or a browser that was started for it.
 * Every message can be cloned.
 */

import type { Limits } from '../../backends/limits.ts';
import type { WasmPaths } from '../../backends/wasm/module.ts';
import type { DeviceDetails, HostValue, Memory, Plan, UpdatesMade } from '../../engine/index.ts';
import { DTYPES, faultOf } from '../../engine/index.ts';

/** The compiling side numbers plans and stores. */
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
  /** Whether a 'cancel' may follow. It takes effect if it arrives before the end of the last step. */
  readonly mayCancel: boolean;
}

/** Settings of a backend, sent before it starts. */
export interface Settings {
  /** The URLs of the wasm files, for pages. */
  readonly wasmPaths?: WasmPaths;
}

/** To the running side: a request, or the cancellation of one. */
export type ToHost =
  | { readonly id: number; readonly request: Request }
  | { readonly id: number; readonly cancel: true };

/** To the compiling side: how a request ended. */
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
  /** For a run: how many of its updates were made; absent if none. */
  readonly updates?: UpdatesMade | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export function isFromHost(message: unknown): message is FromHost {
  if (!isRecord(message) || typeof message.id !== 'number') return false;
  const { memory, error } = message;
  if (!isRecord(memory) || typeof memory.buffers !== 'number' || typeof memory.bytes !== 'number') return false;
  return (
    !('error' in message) || (isRecord(error) && typeof error.name === 'string' && typeof error.message === 'string')
  );
}

export const isStarted = (value: unknown): value is Started =>
  isRecord(value) &&
  Array.isArray(value.kernels) &&
  value.kernels.every((name) => typeof name === 'string') &&
  isRecord(value.limits) &&
  isRecord(value.details);

export const isValue = (value: unknown): value is HostValue =>
  isRecord(value) &&
  Array.isArray(value.shape) &&
  DTYPES.includes(value.dtype as HostValue['dtype']) &&
  faultOf(value as unknown as HostValue) === undefined;
