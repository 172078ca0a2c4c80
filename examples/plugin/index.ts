/** The plugin: what it brings, as data. */
import { definePlugin } from 'retrograph/plugins';
import { lion } from './lion.ts';
import * as logCosh from './log-cosh.ts';
import * as pinball from './pinball.ts';

export default definePlugin({ name: 'example-plugin', ops: [logCosh, pinball], optimizers: { lion } });
