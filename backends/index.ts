/** The backends that come with the library. */
import type { Backend } from '../engine/index.ts';
import { cpu } from './cpu/module.ts';
import { nothing } from './null/module.ts';
import { wasm } from './wasm/module.ts';
import { webgl } from './webgl/module.ts';

export const backends: readonly Backend[] = [wasm, cpu, webgl, nothing];
