/** How sessions run. */
import { BackendError } from '../../../engine/index.ts';
import { encode } from '../proto/messages.ts';

/**
 * How many threads share the work of a kernel: RETROGRAPH_THREADS, or 0 for as many as there are processors. The first session of a
 * process decides. @throws BackendError for what is no number of threads
 */
export function threadsWanted(env = process.env.RETROGRAPH_THREADS): number {
  if (env === undefined || env === '') return 0;
  const threads = Number(env);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new BackendError(`RETROGRAPH_THREADS is '${env}', not a number of threads`);
}

/**
 * Bytes of a ConfigProto. One thread runs a graph, operation after operation, and it is the caller's: to hand operations to other
 * threads costs more than it gains, up to layers of 512 at least (2 to 3 times the time of a step of 2-16-1, and 0 to 20 % of one of
 * 784-512-10). Kernels split their work among threads all the same.
 */
export const sessionConfig = (): Uint8Array =>
  encode('ConfigProto', {
    interOpParallelismThreads: -1,
    intraOpParallelismThreads: threadsWanted(),
    experimental: { executorType: 'SINGLE_THREADED_EXECUTOR' },
    graphOptions: {
      // programs come optimized; TensorFlow's own passes make first runs slow, and later ones no faster
      rewriteOptions: { disableMetaOptimizer: true },
      optimizerOptions: { optLevel: -1 },
    },
  });
