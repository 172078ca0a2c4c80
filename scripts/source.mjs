// Lets this process import TypeScript, and makes `retrograph/...` mean the sources instead of dist.
// The same as `node --import=tsx --conditions=retrograph-source`, for a process that is already running.
import * as nodeModule from 'node:module';
import { register } from 'tsx/esm/api';

const condition = 'retrograph-source';

register();

// tsx resolves on this thread or on another, depending on the version of Node: the condition has to be known there
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
