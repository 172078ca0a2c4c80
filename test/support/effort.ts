/**
 * How much of what there is to try is tried. Quick is `npm test`; full (`npm run test:full`) has every kind of test, and draws from long
 * sweeps by RETROGRAPH_TEST_SEED; deep (`npm run test:deep`) has the sweeps whole.
 */
export type Effort = 'quick' | 'full' | 'deep';

/** By the value of RETROGRAPH_FULL. */
export const effortOf = (value: string | null | undefined): Effort =>
  value === 'deep' ? 'deep' : value === '1' ? 'full' : 'quick';

/** Of this process; a page is told by its address. */
export const EFFORT: Effort = effortOf(typeof process === 'object' ? process.env.RETROGRAPH_FULL : undefined);
/** Whether to run what `npm test` leaves out for time. */
export const FULL = EFFORT !== 'quick';
