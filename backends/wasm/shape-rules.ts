/** Ops that move elements, where tfjs's wasm kernels do not. */
import type { Dim, LegalizeRule, Sym } from '../../engine/index.ts';
import { along } from '../../ops/shape/along.ts';
import { pad } from '../../ops/shape/pad.ts';

/** XNNPACK pads up to this many dimensions. */
const MAX_PADDED_RANK = 6;

export const shapeRules: readonly LegalizeRule[] = [
  {
    name: 'pad-of-high-rank-by-axis',
    reason: `beyond ${MAX_PADDED_RANK} dimensions the PadV2 kernel prints an error and returns uninitialised memory`,
    op: 'PadV2',
    rewrite: ({ inputs, attrs }) => {
      const [x] = inputs;
      if (x!.rank <= MAX_PADDED_RANK) return undefined;
      const { paddings, constantValue } = attrs as {
        paddings: readonly (readonly [Dim, Dim])[];
        constantValue: number;
      };
      return paddings.reduce<Sym>(
        (part, pair, axis) =>
          pair.every((amount) => amount === 0)
            ? part
            : along(part, axis, (x3) => pad(x3, [[0, 0], pair, [0, 0]], constantValue)),
        x!,
      );
    },
  },
];
