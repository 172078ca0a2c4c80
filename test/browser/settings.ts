/** What all pages are told. */
export const parameters = {
  full: process.env.RETROGRAPH_FULL ?? '0',
  seed: process.env.RETROGRAPH_TEST_SEED ?? '1',
};
