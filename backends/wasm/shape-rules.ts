/** Rules for ops that move elements, for shapes that tfjs's wasm kernels do not support. */
import type { LegalizeRule } from '../../engine/index.ts';
import { padByAxis } from '../by-axis.ts';

/** XNNPACK pads up to this many dimensions. */
const MAX_PADDED_RANK = 6;

export const shapeRules: readonly LegalizeRule[] = [
  padByAxis(
    MAX_PADDED_RANK,
    `beyond ${MAX_PADDED_RANK} dimensions the PadV2 kernel prints an error and returns uninitialised memory`,
  ),
];
