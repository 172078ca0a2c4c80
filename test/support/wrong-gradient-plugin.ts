/** A plugin whose op has a wrong gradient, on purpose: what the gradient check has to catch. */
import { defineOp, type OpDoc } from '../../engine/index.ts';
import { mul } from '../../ops/elementwise/multiply.ts';
import { square } from '../../ops/elementwise/square.ts';
import { sample, uniform } from '../../ops/sample.ts';
import { definePlugin } from '../../plugins/index.ts';

const Cube = defineOp({
  name: 'Cube',
  inputs: ['x'],
  infer: ({ x }) => [x],
  lowering: [{ kind: 'composite', expand: ({ x }) => mul(x, square(x)) }],
  traits: { elementwise: true },
  gradient: {
    x: ({ x }, { dy }) => mul(dy, mul(2, square(x))), // it is 3 x^2
  },
});

const doc: OpDoc = {
  summary: 'The third power.',
  forward: 'y = x^3',
  gradient: { x: '3 \\bar y x^2' },
  source: 'the power rule',
};

const samples = [sample({ x: uniform(['$n', 2], 0.5, 1) }, { note: 'tfjs has no third power', reference: null })];

export default definePlugin({ name: 'wrong', ops: [{ op: Cube, doc, samples }] });
