/** In the place of tests that need a Chromium where there is none: pending, with the reason; a failure where one is required. */
export function reportMissingChromium(): void {
  const missing = 'no Chromium was found: install one, or set CHROME_PATH';
  if (process.env.RETROGRAPH_REQUIRE_BROWSER !== '1') it.skip(missing);
  else
    it('finds a Chromium', () => {
      throw new Error(missing);
    });
}
