/**
 * Tests that need a tool which not every machine has. Where it is not there they are left out: a pending test says what they would try
 * and how to get the tool, and the run ends with a line of them all (scripts/reporter.cjs). Where it is required, they fail.
 */

/** Says that the tests of this suite are left out. */
export function leaveOut(what: string, remedy: string, required: boolean): void {
  const title = `left out: ${what} (${remedy})`;
  if (!required) it.skip(title);
  else
    it(title, () => {
      throw new Error(`${what} cannot be left out here: ${remedy}`);
    });
}

/** What has to be there: `.ci/run` gets it, and says so. */
export const REQUIRED = {
  browser: process.env.RETROGRAPH_REQUIRE_BROWSER === '1',
  native: process.env.RETROGRAPH_REQUIRE_NATIVE === '1',
};
