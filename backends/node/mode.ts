/** How TensorFlow is used: RETROGRAPH_NATIVE_MODE says, until the backend starts. */
import { BackendError } from '../../engine/errors.ts';

/** A whole program by one call, or each of its ops by a call of its own. */
export const NATIVE_MODES = ['program', 'ops'] as const;
export type NativeMode = (typeof NATIVE_MODES)[number];

/** @throws BackendError where RETROGRAPH_NATIVE_MODE is none of them */
export function modeWanted(): NativeMode {
  const wanted = process.env.RETROGRAPH_NATIVE_MODE || 'program';
  const mode = NATIVE_MODES.find((m) => m === wanted);
  if (mode === undefined)
    throw new BackendError(`RETROGRAPH_NATIVE_MODE is '${wanted}', and not one of ${NATIVE_MODES.join(', ')}`);
  return mode;
}
