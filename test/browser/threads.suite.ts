/** Whether wasm runs with threads: in pages that may share memory, and in no others. */
import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import { expect } from 'chai';
import { ISOLATED, startBackends, THREADS } from './parameters.ts';

describe('threads', () => {
  it(ISOLATED ? 'are used' : 'are not used', async () => {
    await startBackends();
    expect(crossOriginIsolated).to.equal(ISOLATED);
    expect(await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).to.equal(ISOLATED);
    if (ISOLATED) expect(getThreadsCount()).to.equal(THREADS);
  });
});
