/** In the place of tests that need TensorFlow's library where there is none: pending, with the reason; a failure where it is required. */
import { node } from '../../backends/node/module.ts';

const availability = await node.availability();

/** Whether there is a library; says so, where there is none, as a test. */
export function requireNative(): boolean {
  if (availability.available) return true;
  const missing = `TensorFlow: ${availability.reason}`;
  if (process.env.RETROGRAPH_REQUIRE_NATIVE !== '1') it.skip(missing);
  else
    it("finds TensorFlow's library", () => {
      throw new Error(missing);
    });
  return false;
}
