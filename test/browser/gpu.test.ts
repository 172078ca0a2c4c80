// The GPU backends, which only a browser has, held to cpu there.
import { describeInChromium } from './in-chromium.ts';
import { parameters } from './settings.ts';

describeInChromium(
  'in Chromium',
  ['webgl', 'webgpu'].map((backend) => ({
    title: backend,
    suites: [
      'functions',
      'range',
      'long-reductions',
      'ops',
      'extremes',
      'lifted-rows',
      'injected-failures',
      'random-graphs',
      'training',
      'notes',
    ],
    parameters: { ...parameters, backend },
  })),
);
