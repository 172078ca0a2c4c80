/**
 * Loaded before all tests: property tests draw the same values on every run, so that a failure is somebody's change. Other values:
 * RETROGRAPH_TEST_SEED=2 npm test.
 */
import fc from 'fast-check';

export const SEED = Number(process.env.RETROGRAPH_TEST_SEED ?? 1);

fc.configureGlobal({ seed: SEED });
