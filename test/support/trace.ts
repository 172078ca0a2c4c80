/** What a page's main thread is kept busy by, as the browser itself records it. */
import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time of the thread, in microseconds. */
  readonly tdur?: number;
}

const MARK = 'retrograph-main-thread';

/** What the browser records while something is done. */
export async function trace(page: Page, whatIsDone: () => Promise<unknown>): Promise<readonly TraceEvent[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, {
    categories: ['disabled-by-default-devtools.timeline', 'blink.user_timing'],
  });
  await page.evaluate((mark) => void performance.mark(mark), MARK); // its event names the main thread
  await whatIsDone();
  return JSON.parse((await browser.stopTracing()).toString('utf8')).traceEvents;
}

/** CPU times of the tasks of the page's main thread, in ms. */
export function tasksOf(events: readonly TraceEvent[]): readonly number[] {
  const mark = events.find(({ name }) => name === MARK);
  if (mark === undefined) throw new Error('the trace does not show the main thread');
  return events.flatMap(({ name, pid, tid, tdur }) =>
    name === 'RunTask' && pid === mark.pid && tid === mark.tid && tdur !== undefined ? [tdur / 1000] : [],
  );
}

export const longestTask = (tasks: readonly number[]): number => Math.max(...tasks);
