/** Plugins: their definition, loading, and the container that binds them. */
export { createContainer, PluginContainer } from './container.ts';
export { loadPlugin } from './load-plugin.ts';
export {
  definePlugin,
  type OpEntry,
  type OpModule,
  type OptimizerFactory,
  type Plugin,
  type PluginDefinition,
} from './plugin.ts';
export { type Bound, type Contribution, type Kind, TOKENS } from './tokens.ts';
