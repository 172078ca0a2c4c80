/** The error that a call throws, at once or by its promise; a call that succeeds is a failure. */
export async function failure(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (e) {
    return e as Error;
  }
  throw new Error('it did not fail');
}
