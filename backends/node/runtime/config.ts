/** How sessions run. */
import { encode } from '../proto/messages.ts';

/** Bytes of a ConfigProto. */
export const sessionConfig = (): Uint8Array => {
  const e = process.env;
  return encode('ConfigProto', {
    interOpParallelismThreads: Number(e.INTER ?? -1),
    ...(e.INTRA ? { intraOpParallelismThreads: Number(e.INTRA) } : {}),
    experimental: { executorType: e.EXEC ?? 'SINGLE_THREADED_EXECUTOR' },
    graphOptions: {
      rewriteOptions: { disableMetaOptimizer: !e.GRAPPLER },
      optimizerOptions: { optLevel: -1, ...(e.OPT ? JSON.parse(e.OPT) : {}) },
    },
  });
};
