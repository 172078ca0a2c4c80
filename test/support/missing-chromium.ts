/** In the place of tests that need a Chromium, where there is none. */
import { leaveOut, REQUIRED } from './left-out.ts';

export const reportMissingChromium = (): void =>
  leaveOut('browsers', 'install Chromium, or set CHROME_PATH', REQUIRED.browser);
