/** The whole package as one module, for pages without a bundler: the exports of the main entry, and the other entries as namespaces. */
export * from './index.browser.ts';
export * as ops from './ops/index.ts';
export * as initializers from './plugins/initializers/index.ts';
export * as layers from './plugins/layers/index.ts';
export * as optimizers from './plugins/optimizers/index.ts';
export { createWorkerProgram } from './plugins/remote/index.browser.ts';
export * as training from './plugins/training/index.ts';
