/** The mode of the node backend, chosen by RETROGRAPH_NATIVE_MODE before it starts. */
import { BackendError } from '../../engine/errors.ts';

/** 'program' runs a whole program by one call, 'ops' each op by its own call. */
export const NATIVE_MODES = ['program', 'ops'] as const;
export type NativeMode = (typeof NATIVE_MODES)[number];

/** @throws BackendError for an unknown RETROGRAPH_NATIVE_MODE */
export function modeWanted(): NativeMode {
  const wanted = process.env.RETROGRAPH_NATIVE_MODE || 'program';
  const mode = NATIVE_MODES.find((m) => m === wanted);
  if (mode === undefined)
    throw new BackendError(`RETROGRAPH_NATIVE_MODE is '${wanted}', and not one of ${NATIVE_MODES.join(', ')}`);
  return mode;
}
