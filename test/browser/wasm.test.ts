// wasm in a page, with threads and without, and cpu, to which it is held there.
import { describeInChromium } from './in-chromium.ts';
import { parameters } from './settings.ts';

describeInChromium(
  'in Chromium',
  [true, false].map((isolated) => ({
    title: isolated ? 'wasm and cpu, with threads' : 'wasm and cpu, without threads',
    suites: ['threads', 'ops'],
    // all rows are run in Node
    parameters: { ...parameters, backend: 'wasm', full: '0', isolated: isolated ? '1' : '0' },
    isolated,
  })),
);
