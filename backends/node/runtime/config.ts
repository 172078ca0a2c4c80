/** The configuration of sessions. */
import { BackendError } from '../../../engine/index.ts';
import { encode } from '../proto/messages.ts';

/**
 * The number of threads that share the work of a kernel: RETROGRAPH_THREADS, or 0 for the number of processors. The first session of a
 * process fixes it.
 * @throws BackendError for an invalid number
 */
export function threadsWanted(env = process.env.RETROGRAPH_THREADS): number {
  if (env === undefined || env === '') return 0;
  const threads = Number(env);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new BackendError(`RETROGRAPH_THREADS is '${env}', not a number of threads`);
}

/**
 * Bytes of a ConfigProto. The caller's thread runs all operations of a graph in order: passing operations to other threads costs more than
 * it gains, up to layers of 512 at least (a step of 2-16-1 takes 2 to 3 times as long, one of 784-512-10 up to 20 % longer). Kernels still
 * split their work among threads.
 */
export const sessionConfig = (): Uint8Array =>
  encode('ConfigProto', {
    interOpParallelismThreads: -1,
    intraOpParallelismThreads: threadsWanted(),
    experimental: { executorType: 'SINGLE_THREADED_EXECUTOR' },
    graphOptions: {
      // programs are already optimized; TensorFlow's passes make first runs slow, and later ones no faster
      rewriteOptions: { disableMetaOptimizer: true },
      optimizerOptions: { optLevel: -1 },
    },
  });
