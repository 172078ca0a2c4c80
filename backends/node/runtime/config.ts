/** How sessions run. */
import { encode } from '../proto/messages.ts';

/**
 * Bytes of a ConfigProto. One thread runs a graph, operation after operation, and it is the caller's: to hand operations to other
 * threads costs more than it gains, up to layers of 512 at least (2 to 3 times the time of a step of 2-16-1, and 0 to 20 % of one of
 * 784-512-10). Kernels split their work among as many threads as there are processors all the same.
 */
export const sessionConfig = (): Uint8Array =>
  encode('ConfigProto', {
    interOpParallelismThreads: -1,
    experimental: { executorType: 'SINGLE_THREADED_EXECUTOR' },
    graphOptions: {
      // programs come optimized; TensorFlow's own passes make first runs slow, and later ones no faster
      rewriteOptions: { disableMetaOptimizer: true },
      optimizerOptions: { optLevel: -1 },
    },
  });
