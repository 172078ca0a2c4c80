/** Schedules against their formulas in float64. */
import { expect } from 'chai';
import { lift } from '../../engine/index.ts';
import { AttributeError, compile, Graph } from '../../index.node.ts';
import { cast } from '../../ops/index.ts';
import { type Schedule, schedules } from '../../plugins/optimizers/index.ts';

const STEPS = [0, 1, 2, 3, 5, 9, 10, 11, 20, 99, 1000];

async function rates(schedule: Schedule, dtype: 'int32' | 'float32' = 'float32'): Promise<number[]> {
  const g = new Graph();
  const step = g.placeholder('step', [], dtype);
  const rate = g.adopt(cast(lift(schedule(step)), 'float32'));
  const program = await compile({ rate }, { backend: 'cpu' });
  const out: number[] = [];
  for (const s of STEPS) out.push((await program.run({ step: s })).rate.item());
  program.dispose();
  return out;
}

const cosine = (t: number, n: number) => 0.5 * (1 + Math.cos(Math.PI * Math.min(t / n, 1)));
const ROWS: Record<string, readonly [Schedule, (t: number) => number]> = {
  constant: [schedules.constant(0.3), () => 0.3],
  exponentialDecay: [
    schedules.exponentialDecay({ initial: 0.5, decaySteps: 10, decayRate: 0.9 }),
    (t) => 0.5 * 0.9 ** (t / 10),
  ],
  'exponentialDecay, staircase': [
    schedules.exponentialDecay({ initial: 0.5, decaySteps: 10, decayRate: 0.9, staircase: true }),
    (t) => 0.5 * 0.9 ** Math.floor(t / 10),
  ],
  inverseTimeDecay: [
    schedules.inverseTimeDecay({ initial: 0.5, decaySteps: 10, decayRate: 2 }),
    (t) => 0.5 / (1 + (2 * t) / 10),
  ],
  stepDecay: [schedules.stepDecay({ initial: 1, factor: 0.5, every: 10 }), (t) => 0.5 ** Math.floor(t / 10)],
  cosineDecay: [schedules.cosineDecay({ initial: 2, decaySteps: 20 }), (t) => 2 * cosine(t, 20)],
  'cosineDecay, alpha': [
    schedules.cosineDecay({ initial: 2, decaySteps: 20, alpha: 0.25 }),
    (t) => 2 * (0.75 * cosine(t, 20) + 0.25),
  ],
  linearDecay: [
    schedules.linearDecay({ initial: 1, decaySteps: 10, final: 0.1 }),
    (t) => 1 - 0.9 * Math.min(t / 10, 1),
  ],
  piecewiseConstant: [
    schedules.piecewiseConstant({ boundaries: [2, 10], values: [1, 0.5, 0.1] }),
    (t) => (t <= 2 ? 1 : t <= 10 ? 0.5 : 0.1),
  ],
  'warmup, then a number': [schedules.warmup(0.4, { steps: 10 }), (t) => 0.4 * Math.min(t / 10, 1)],
  'warmup, then a cosine': [
    schedules.warmup(schedules.cosineDecay({ initial: 2, decaySteps: 20 }), { steps: 5, from: 0.5 }),
    (t) => (t < 5 ? 0.5 + (1.5 * t) / 5 : 2 * cosine(t - 5, 20)),
  ],
};

describe('schedules', () => {
  for (const [name, [schedule, formula]] of Object.entries(ROWS)) {
    it(name, async () => {
      const expected = STEPS.map(formula);
      for (const dtype of ['float32', 'int32'] as const) {
        for (const [i, rate] of (await rates(schedule, dtype)).entries()) {
          expect(rate, `step ${STEPS[i]}`).to.be.closeTo(expected[i]!, 1e-6);
        }
      }
    });
  }

  it('refuse what makes no sense', () => {
    expect(() => schedules.piecewiseConstant({ boundaries: [1], values: [1] })).to.throw(AttributeError, '2 values');
    expect(() => schedules.piecewiseConstant({ boundaries: [2, 1], values: [1, 2, 3] })).to.throw(
      AttributeError,
      'ascend',
    );
    expect(() => schedules.warmup(1, { steps: 0 })).to.throw(AttributeError, 'steps');
    const g = new Graph();
    expect(() => schedules.cosineDecay({ initial: 1, decaySteps: 0 })(g.placeholder('t', []))).to.throw(
      AttributeError,
      'decaySteps',
    );
  });
});
