export { comparisonSamples as samples } from './comparison.samples.ts';
