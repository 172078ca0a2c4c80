/** The built-in plugin: the library's ops, optimizers, initializers and backends. */
import { cpu } from '../backends/cpu/module.ts';
import { node } from '../backends/node/module.ts';
import { nothing } from '../backends/null/module.ts';
import { wasm } from '../backends/wasm/module.ts';
import { catalogue } from '../ops/catalogue.ts';
import { webgl, webgpu } from './browser/index.ts';
import { initializers } from './initializers/exports.ts';
import { adadelta, adagrad, adam, adamax, adamW, momentum, nesterov, rmsprop, sgd } from './optimizers/index.ts';
import type { Plugin } from './plugin.ts';

/** Some builders have no op (they combine others), and some share the op of another file. */
const ops = new Map(catalogue.flatMap(({ op, doc }) => (op === undefined ? [] : [[op, { op, doc }]])));

export const builtin: Plugin = {
  name: 'retrograph',
  ops: [...ops.values()],
  passes: [],
  optimizers: { sgd, momentum, nesterov, adam, adamW, adamax, rmsprop, adagrad, adadelta },
  backends: [wasm, cpu, webgl, webgpu, node, nothing],
  initializers,
};
