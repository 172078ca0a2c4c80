/** In the place of tests that need TensorFlow's library where there is none: pending, with the reason; a failure where it is required. */
import { nativePrograms } from '../../backends/node/module.ts';

const ofLibrary = await nativePrograms.availability();

/** Whether there is a library, or what else is asked for; says so, where there is none, as a test. */
export function requireNative(availability = ofLibrary): boolean {
  if (availability.available) return true;
  const missing = `TensorFlow: ${availability.reason}`;
  if (process.env.RETROGRAPH_REQUIRE_NATIVE !== '1') it.skip(missing);
  else
    it("finds TensorFlow's library", () => {
      throw new Error(missing);
    });
  return false;
}
