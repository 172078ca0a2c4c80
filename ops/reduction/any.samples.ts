export { logicalSamples as samples } from './logical.samples.ts';
