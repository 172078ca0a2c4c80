/** How sessions run. */
import { encode } from '../proto/messages.ts';

/** Bytes of a ConfigProto. */
export const sessionConfig = (): Uint8Array =>
  encode('ConfigProto', {
    // the caller's thread runs the graph, operation after operation: what starts threads costs more than small programs do
    interOpParallelismThreads: -1,
    experimental: { executorType: 'SINGLE_THREADED_EXECUTOR' },
    graphOptions: {
      // the program has been optimized
      rewriteOptions: { disableMetaOptimizer: true },
      optimizerOptions: { optLevel: -1 },
    },
  });
