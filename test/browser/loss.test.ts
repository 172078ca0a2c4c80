// GPU devices that get lost, and what they can hold, in a real browser.
import { describeInChromium } from './in-chromium.ts';

describeInChromium(
  'in Chromium, for better and worse',
  ['webgl', 'webgpu'].map((backend) => ({
    title: backend,
    suites: ['loss'],
    parameters: { backend, full: '0', seed: '1' },
  })),
);
