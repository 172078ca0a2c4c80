/**
 * Actions at any moment of a native run, in a process of their own: `node native-actions.ts CASES SEED`. Each comes right, by a model of
 * the store, or to a typed error; what goes wrong in TensorFlow's own memory ends the process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  assign,
  backend,
  compile,
  Graph,
  IndexError,
  NumericsError,
  openVariables,
  RetrographError,
  type RunOptions,
} from '../../index.node.ts';
import { add, gather, matMul, mul, sum } from '../../ops/index.ts';

const START = [1, 2, 3];
const SIZE = 200;

const node = await backend('node');
const folder = mkdtempSync(join(tmpdir(), 'retrograph-'));
const file = join(folder, 'start.safetensors');

/** y is the sum of x w[i], after some milliseconds of work; then w grows by 1. */
async function open() {
  const variables = await openVariables({ backend: node });
  const g = new Graph();
  const w = g.variable('w', [3], START);
  const work = g.variable('work', [SIZE, SIZE], 0);
  const y = add(
    sum(gather(mul(w, g.placeholder('x', [])), g.placeholder('i', ['$n'], 'int32'))),
    sum(matMul(work, work)),
  );
  const program = await compile({ y }, { variables, backend: node, updates: [assign(w, add(w, 1))] });
  const other = await compile({ z: sum(w) }, { variables, backend: node });
  return { variables, program, other };
}

interface Fed {
  readonly x: number;
  readonly i: readonly number[];
  readonly checkNumerics: boolean;
}
type Open = Awaited<ReturnType<typeof open>>;
/** What is asked for: its result, and what the model makes of the store's w. @throws the class of the error that is right */
interface Asked {
  readonly result: Promise<unknown>;
  readonly model: (w: readonly number[]) => { readonly w: readonly number[]; readonly value?: unknown };
}

const modelOf =
  ({ x, i, checkNumerics }: Fed): Asked['model'] =>
  (w) => {
    if (i.some((at) => at >= w.length)) throw IndexError;
    if (checkNumerics && i.length > 0 && !Number.isFinite(x)) throw NumericsError;
    return { w: w.map((v) => v + 1), value: i.reduce((y, at) => y + x * w[at]!, 0) };
  };

function run({ program }: Open, fed: Fed, options: RunOptions = {}): Asked {
  const { x, i, checkNumerics } = fed;
  return {
    result: program.run({ x, i: Int32Array.from(i) }, { checkNumerics, ...options }).then(({ y }) => y.item()),
    model: modelOf(fed),
  };
}

const ACTIONS: Readonly<Record<string, (open: Open, fed: Fed) => Asked | undefined>> = {
  dispose: ({ program }) => void program.dispose(),
  disposeOther: ({ other }) => void other.dispose(),
  disposeAll: ({ variables }) => void variables.dispose(),
  run,
  other: ({ other }) => ({
    result: other.run().then(({ z }) => z.item()),
    model: (w) => ({ w, value: w.reduce((a, b) => a + b) }),
  }),
  get: ({ variables }) => ({ result: variables.get('w').then((v) => v.array()), model: (w) => ({ w, value: w }) }),
  set: ({ variables }) => ({ result: variables.set('w', [7, 8, 9]), model: () => ({ w: [7, 8, 9] }) }),
  load: ({ variables }) => ({ result: variables.load(file), model: () => ({ w: START }) }),
  save: ({ variables }) => ({ result: variables.save(join(folder, 'another.safetensors')), model: (w) => ({ w }) }),
  prepare: ({ program }) =>
    void typed(() => {
      for (let n = 0; n < 12; n++) program.prepare({ n });
    }),
  sync: ({ program }, { x, i }) => {
    let y: number | undefined;
    typed(() => {
      y = program.runSync({ x, i: Int32Array.from(i) }).y.item();
    });
    // refused, or failed: as if it had not been
    return y === undefined ? undefined : { result: Promise.resolve(y), model: modelOf({ x, i, checkNumerics: false }) };
  },
};

function typed(call: () => unknown): void {
  try {
    call();
  } catch (e) {
    if (!(e instanceof RetrographError)) throw e;
  }
}

const MOMENTS: Readonly<Record<string, (turns: number) => Promise<unknown>>> = {
  microtask: async (turns) => {
    for (let k = 0; k < turns; k++) await undefined;
  },
  turn: async (turns) => {
    for (let k = 0; k < turns; k++) await new Promise((resolve) => setImmediate(resolve));
  },
  later: (turns) => new Promise((resolve) => setTimeout(resolve, turns)),
};

const fed: fc.Arbitrary<Fed> = fc.record({
  x: fc.constantFrom(1, 2, Infinity),
  i: fc.constantFrom<readonly number[]>([0], [9], [1, 2], [], [0, 9]),
  checkNumerics: fc.boolean(),
});
const cases = fc.record({
  first: fed,
  /** When the first action is taken; at the word: while the run waits for leave to make its updates. */
  moment: fc.constantFrom('word', ...Object.keys(MOMENTS)),
  turns: fc.nat(8),
  actions: fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fed), { minLength: 1, maxLength: 4 }),
});

/** @throws what is wrong */
async function check({
  first,
  moment,
  turns,
  actions,
}: typeof cases extends fc.Arbitrary<infer C> ? C : never): Promise<void> {
  const opened = await open();
  const asked: Asked[] = [];
  let disposed = false;
  const act = (): void => {
    for (const [name, with_] of actions.splice(0)) {
      disposed ||= name.startsWith('dispose');
      const one = ACTIONS[name]!(opened, with_);
      one?.result.catch(() => {});
      if (one !== undefined) asked.push(one);
    }
  };
  actions = [...actions];
  let looks = 0;
  // a signal is looked at when the run begins, and at the word
  const signal = {
    get aborted() {
      if (looks++ > 0) act();
      return false;
    },
  } as AbortSignal;
  const begun = run(opened, first, moment === 'word' ? { signal } : {});
  begun.result.catch(() => {});
  asked.unshift(begun);
  await MOMENTS[moment]?.(turns);
  if (moment !== 'word') act();

  let w: readonly number[] = START;
  for (let k = 0; k < asked.length; k++) {
    const { result, model } = asked[k]!;
    let expected: ReturnType<Asked['model']> | undefined;
    let refusal: unknown;
    try {
      expected = model(w);
    } catch (e) {
      refusal = e;
    }
    try {
      const value = await result;
      if (expected === undefined) throw new Error(`${k} did not fail`);
      if (expected.value !== undefined && JSON.stringify(expected.value) !== JSON.stringify(value))
        throw new Error(`${k} gave ${JSON.stringify(value)}, not ${JSON.stringify(expected.value)}`);
      w = expected.w;
    } catch (e) {
      if (!(e instanceof RetrographError)) throw e;
      if (!disposed && (refusal === undefined || !(e instanceof (refusal as new () => Error)))) throw e;
    }
  }
  act(); // what has not come to the word
  opened.program.dispose();
  opened.other.dispose();
  opened.variables.dispose();
}

const [count = '100', seed = '1'] = process.argv.slice(2);
try {
  const opened = await open();
  await opened.variables.save(file);
  opened.variables.dispose();
  await fc.assert(fc.asyncProperty(cases, check), { numRuns: Number(count), seed: Number(seed) });
  for (let k = 0; k < 10; k++) await MOMENTS.turn!(1);
  const { buffers } = node.memory!();
  if (buffers !== 0) throw new Error(`${buffers} buffers are left`);
  console.log('right');
} finally {
  rmSync(folder, { recursive: true });
}
