/** What would have ended the process, while some work was done: mocha's own listeners stand aside, so that a property can shrink. */
const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/** Does the work. @throws the first error that nobody caught */
export async function withoutUncaught<T>(work: () => Promise<T>): Promise<T> {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  const others = EVENTS.map((event) => [event, process.rawListeners(event)] as const);
  for (const event of EVENTS) process.removeAllListeners(event).on(event, note);
  try {
    const result = await work();
    await new Promise((resolve) => setImmediate(resolve)); // rejections are told of at the end of a turn
    if (uncaught.length > 0) throw new Error(`uncaught: ${uncaught[0]}`, { cause: uncaught[0] });
    return result;
  } finally {
    for (const [event, listeners] of others) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event, listener as never);
    }
  }
}
