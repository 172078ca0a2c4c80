// The GPU backends, which only a browser has, held to cpu there.
import { describeInChromium } from './in-chromium.ts';

const parameters = {
  full: process.env.RETROGRAPH_FULL ?? '0',
  seed: process.env.RETROGRAPH_TEST_SEED ?? '1',
};

describeInChromium(
  'in Chromium',
  ['webgl', 'webgpu'].map((backend) => ({
    title: backend,
    suites: ['ops', 'random-graphs', 'training', 'notes'],
    parameters: { ...parameters, backend },
  })),
);
