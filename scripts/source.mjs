// Lets this process import TypeScript, and makes `retrograph/...` mean the sources instead of dist.
// The same as `node --import=tsx --conditions=retrograph-source`, for a process that is already running.
import * as nodeModule from 'node:module';
import { register } from 'tsx/esm/api';

const condition = 'retrograph-source';

register();

// depending on Node's version, tsx resolves on this thread or another one, so the condition is set for both
if (typeof nodeModule.registerHooks === 'function') {
  nodeModule.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: [...(context.conditions ?? []), condition] }),
  });
}
if (Number.parseInt(process.versions.node, 10) < 25) {
  const hooks = `export const resolve = (specifier, context, next) =>
    next(specifier, { ...context, conditions: [...context.conditions, '${condition}'] });`;
  nodeModule.register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
