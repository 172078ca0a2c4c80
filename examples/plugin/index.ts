/** The plugin: what it brings, as data. */
import { definePlugin } from 'retrograph/plugins';
import { lion } from './lion.ts';
import * as logCosh from './log-cosh.ts';
import * as pinball from './pinball.ts';
import * as repeat from './repeat.ts';

export default definePlugin({ name: 'example-plugin', ops: [logCosh, pinball, repeat], optimizers: { lion } });
