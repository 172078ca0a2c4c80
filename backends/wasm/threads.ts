/** The scripts of the backend's worker threads, as blobs. */
import { fromBase64 } from './binary.ts';
import { ungzip } from './ungzip.ts';

export interface ThreadScripts {
  /** tfjs's loader as published, since a bundler may have changed the imported one. */
  readonly main: Blob;
  /** The address of the script that starts the loader in a worker. */
  readonly worker: string;
}

const script = (content: BlobPart): Blob => new Blob([content], { type: 'text/javascript' });

/** Undefined if the page forbids such workers, or the bundle lacks the scripts. */
export async function threadScripts(): Promise<ThreadScripts | undefined> {
  if (!(await mayStartThreads())) return undefined;
  const scripts = await import('./binaries/thread-scripts.ts').catch(() => undefined);
  if (scripts === undefined) return undefined;
  const { mainGzip, workerGzip } = scripts;
  const [main, worker] = await Promise.all([mainGzip, workerGzip].map((text) => ungzip(fromBase64(text))));
  return { main: script(main!), worker: URL.createObjectURL(script(worker!)) };
}

/** Whether such scripts run in workers: a page's policy may forbid it, and then Emscripten would wait for its threads forever. */
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
      event.preventDefault(); // otherwise it is reported as an error of the page
      resolve(false);
    };
  });
