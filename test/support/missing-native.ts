import type { Availability } from '../../engine/index.ts';

/** In the place of tests that need TensorFlow where it is not: pending, with the reason; a failure where it is required. */
export function reportMissingNative(missing: Availability & { readonly available: false }): void {
  const message = [missing.reason, missing.remedy].filter(Boolean).join(': ');
  if (process.env.RETROGRAPH_REQUIRE_NATIVE !== '1') it.skip(message);
  else
    it('finds TensorFlow', () => {
      throw new Error(message);
    });
}
