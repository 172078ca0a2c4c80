/** What threads of the backend run, as addresses of scripts that are made here. */
import { fromBase64 } from './binary.ts';
import { ungzip } from './ungzip.ts';

export interface ThreadScripts {
  /** tfjs's own loader, as it was published: a bundler may have changed the one that runs here. */
  readonly main: Blob;
  /** The address of what starts it in a worker. */
  readonly worker: string;
}

const script = (content: BlobPart): Blob => new Blob([content], { type: 'text/javascript' });

/** Undefined where a page may not have threads, or has not brought their scripts along. */
export async function threadScripts(): Promise<ThreadScripts | undefined> {
  if (!(await mayStartThreads())) return undefined;
  const scripts = await import('./binaries/thread-scripts.ts').catch(() => undefined);
  if (scripts === undefined) return undefined;
  const { mainGzip, workerGzip } = scripts;
  const [main, worker] = await Promise.all([mainGzip, workerGzip].map((text) => ungzip(fromBase64(text))));
  return { main: script(main!), worker: URL.createObjectURL(script(worker!)) };
}

/** Whether such scripts may run in workers: a page's policy can forbid it, and then threads would be waited for without end. */
async function mayStartThreads(): Promise<boolean> {
  const imported = URL.createObjectURL(script(''));
  const started = URL.createObjectURL(script(`importScripts('${imported}');postMessage('started')`));
  let worker: Worker | undefined;
  try {
    worker = new Worker(started);
    return await answers(worker);
  } catch {
    return false;
  } finally {
    worker?.terminate();
    for (const address of [imported, started]) URL.revokeObjectURL(address);
  }
}

const answers = (worker: Worker): Promise<boolean> =>
  new Promise((resolve) => {
    worker.onmessage = () => resolve(true);
    worker.onerror = (event) => {
      event.preventDefault(); // else it is reported as the page's own
      resolve(false);
    };
  });
