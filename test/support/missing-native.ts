/** In the place of tests that need TensorFlow's library, or tfjs-node on it, where it is not. */
import { nativeOps, nativePrograms } from '../../backends/node/module.ts';
import { leaveOut, REQUIRED } from './left-out.ts';

const [library, ops] = await Promise.all([nativePrograms.availability(), nativeOps.availability()]);

/** Whether there is a library; says so, where there is none, as a test. */
export function requireNative(): boolean {
  if (!library.available) leaveOut('TensorFlow', 'npx retrograph setup-native', REQUIRED.native);
  return library.available;
}

/** The same for tfjs-node, whose kernels run one by one. */
export function requireNativeOps(): boolean {
  if (!ops.available) leaveOut('TensorFlow op by op', 'npx retrograph setup-native --op-by-op', REQUIRED.native);
  return ops.available;
}
