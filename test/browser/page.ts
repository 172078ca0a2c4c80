/** The page's side of its suites: mocha runs them there, and Node hears of each result as soon as it is known. */

/** A suite and its tests, by their titles. */
export interface Titles {
  readonly title: string;
  readonly tests: readonly string[];
  readonly suites: readonly Titles[];
}

/** What a test came to. */
export interface Result {
  /** Its place among all tests of the page, suite by suite. */
  readonly index: number;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly error?: string;
}

declare global {
  /** Node's end. */
  function report(result: Result): Promise<void>;
  /** All of them have run: what went wrong outside of the tests. */
  function reportEnd(errors: readonly string[]): Promise<void>;
  function listTests(): Titles;
  function runTests(): void;
}

mocha.setup({ ui: 'bdd', timeout: 300_000, reporter: class {} as never });

const titlesOf = ({ title, tests, suites }: Mocha.Suite): Titles => ({
  title,
  tests: tests.map((test) => test.title),
  suites: suites.map(titlesOf),
});

const testsOf = ({ tests, suites }: Mocha.Suite): readonly Mocha.Test[] => [...tests, ...suites.flatMap(testsOf)];

const describeError = (e: unknown): string => (e instanceof Error ? (e.stack ?? e.message) : String(e));

globalThis.listTests = () => titlesOf(mocha.suite);

globalThis.runTests = () => {
  const indices = new Map(testsOf(mocha.suite).map((test, index) => [test, index]));
  const outside: string[] = [];
  const runner = mocha.run();
  const tell = (test: Mocha.Test, state: Result['state'], error?: unknown): void => {
    void report({ index: indices.get(test)!, state, ...(error !== undefined && { error: describeError(error) }) });
  };
  runner.on('pass', (test) => tell(test, 'passed'));
  runner.on('pending', (test) => tell(test, 'pending'));
  runner.on('fail', (test, error) => {
    if (indices.has(test)) tell(test, 'failed', error);
    else outside.push(`${test.fullTitle()}: ${describeError(error)}`);
  });
  runner.on('end', () => {
    // a module that awaits something makes its tests too late
    const late = testsOf(mocha.suite).filter((test) => !indices.has(test));
    if (late.length > 0)
      outside.push(`${late.length} tests were made after the run had begun: '${late[0]!.fullTitle()}'`);
    void reportEnd(outside);
  });
};
