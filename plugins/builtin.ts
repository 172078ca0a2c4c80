/** The plugin that is always there: the library's own ops, optimizers, initializers and backends. */
import { backends } from '../backends/index.ts';
import { catalogue } from '../ops/catalogue.ts';
import { initializers } from './initializers/index.ts';
import { adadelta, adagrad, adam, adamW, adamax, momentum, nesterov, rmsprop, sgd } from './optimizers/index.ts';
import { type Plugin, definePlugin } from './plugin.ts';

export const builtin: Plugin = definePlugin({
  name: 'retrograph',
  ops: catalogue.flatMap(({ op, doc, samples }) => (op === undefined ? [] : [{ op, doc, samples }])),
  optimizers: { sgd, momentum, nesterov, adam, adamW, adamax, rmsprop, adagrad, adadelta },
  backends,
  initializers,
});
