/** Plugins: defining them, loading them, and the container that binds them. */
export { PluginContainer, createContainer } from './container.ts';
export { loadPlugin } from './load-plugin.ts';
export { type OpEntry, type OpModule, type OptimizerFactory, type Plugin, type PluginDefinition, definePlugin } from './plugin.ts';
export { type Bound, type Contribution, type Kind, TOKENS } from './tokens.ts';
