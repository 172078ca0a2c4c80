/**
 * Actions at any moment of a run, on each backend of this process and in workers: each comes right, by a model of the store, or to a typed
 * error, and nothing is left behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { NullBackend } from '../../backends/null/module.ts';
import {
  assign,
  type Backend,
  CancelledError,
  compile,
  Graph,
  IndexError,
  NumericsError,
  openVariables,
  RetrographError,
  type RunOptions,
} from '../../index.node.ts';
import { add, gather, matMul, mul, sum } from '../../ops/index.ts';
import { workerBackend } from '../../plugins/remote/index.node.ts';
import { HERE, NATIVE } from '../support/here.ts';
import { withoutUncaught } from '../support/uncaught.ts';
import type { Kind } from './kind.ts';

const START = [1, 2, 3];
/** Of the matrices that are multiplied: some milliseconds of work. */
const sizeOn = (backend: Backend): number => (NATIVE.includes(backend) ? 200 : 60);

/** A place for files. For each size of matrices one has the variables as they are at first. */
let folder: string;
const startOf = (size: number): string => join(folder, `start-${size}.safetensors`);

/** y is the sum of x w[i], after some milliseconds of work; then w grows by 1. */
async function open(backend: Backend, size = sizeOn(backend)) {
  const variables = await openVariables({ backend });
  const g = new Graph();
  const w = g.variable('w', [3], START);
  const work = g.variable('work', [size, size], 0);
  const y = add(
    sum(gather(mul(w, g.placeholder('x', [])), g.placeholder('i', ['$n'], 'int32'))),
    sum(matMul(work, work)),
  );
  const program = await compile({ y }, { variables, backend, updates: [assign(w, add(w, 1))] });
  const other = await compile({ z: sum(w) }, { variables, backend });
  return { variables, program, other, start: startOf(size), abort: new AbortController() };
}

interface Fed {
  readonly x: number;
  readonly i: readonly number[];
  readonly checkNumerics: boolean;
}
type Open = Awaited<ReturnType<typeof open>>;
/** What a store holds after something that is asked for, by what it held before. */
interface Expected {
  readonly w: readonly number[];
  readonly value?: unknown;
  /** The errors that are right; whether there has to be one. */
  readonly refusals?: readonly (new (
    ...args: never[]
  ) => Error)[];
  readonly fails?: boolean;
}
interface Asked {
  readonly result: Promise<unknown>;
  readonly model: (w: readonly number[]) => Expected;
}

const modelOf =
  ({ x, i, checkNumerics }: Fed): Asked['model'] =>
  (w) => {
    const isOutside = i.some((at) => at >= w.length);
    const isSeen = checkNumerics && !Number.isFinite(x);
    return {
      w: w.map((v) => v + 1),
      value: i.reduce((y, at) => y + x * w[at]!, 0),
      refusals: [...(isOutside ? [IndexError] : []), ...(isSeen ? [NumericsError] : [])],
      fails: isOutside || (isSeen && i.length > 0),
    };
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
  abort: ({ abort }) => void abort.abort(),
  disposeOther: ({ other }) => void other.dispose(),
  disposeAll: ({ variables }) => void variables.dispose(),
  run,
  other: ({ other }) => ({
    result: other.run().then(({ z }) => z.item()),
    model: (w) => ({ w, value: w.reduce((a, b) => a + b) }),
  }),
  get: ({ variables }) => ({ result: variables.get('w').then((v) => v.array()), model: (w) => ({ w, value: w }) }),
  set: ({ variables }) => ({ result: variables.set('w', [7, 8, 9]), model: () => ({ w: [7, 8, 9] }) }),
  load: ({ variables, start }) => ({ result: variables.load(start), model: () => ({ w: START }) }),
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
/** @throws what is wrong */
async function check({ first, moment, turns, actions }: Case, backend: Backend): Promise<void> {
  const opened = await open(backend);
  const asked: Asked[] = [];
  const left = [...actions];
  const acted = new Set<string>();
  const act = (): void => {
    for (const [name, fed] of left.splice(0)) {
      acted.add(name);
      const one = ACTIONS[name]!(opened, fed);
      one?.result.catch(() => {});
      if (one !== undefined) asked.push(one);
    }
  };
  let looks = 0;
  const { signal } = opened.abort;
  const isAborted = (): boolean => Reflect.get(AbortSignal.prototype, 'aborted', signal);
  // a signal is looked at when the run begins, and at the word
  if (moment === 'word')
    Object.defineProperty(signal, 'aborted', {
      get() {
        if (looks++ > 0) act();
        return isAborted();
      },
    });
  const begun = run(opened, first, { signal });
  begun.result.catch(() => {});
  asked.unshift(begun);
  await MOMENTS[moment]?.(turns);
  if (moment !== 'word') act();

  const isDisposed = (): boolean => [...acted].some((name) => name.startsWith('dispose'));
  const computes = !(backend instanceof NullBackend);
  let w: readonly number[] = START;
  for (let k = 0; k < asked.length; k++) {
    const { result, model } = asked[k]!;
    const { value, refusals = [], fails, w: next } = model(w);
    try {
      const actual = await result;
      if (!computes) continue;
      if (fails) throw new Error(`${k} did not fail`);
      if (value !== undefined && JSON.stringify(value) !== JSON.stringify(actual))
        throw new Error(`${k} gave ${JSON.stringify(actual)}, not ${JSON.stringify(value)}`);
      w = next;
    } catch (e) {
      if (!(e instanceof RetrographError)) throw e;
      const isCancelled = k === 0 && e instanceof CancelledError && isAborted();
      if (isCancelled || isDisposed() || !computes) continue;
      if (!refusals.some((Class) => e instanceof Class)) throw e;
    }
  }
  act(); // what has not come to the word
  opened.program.dispose();
  opened.other.dispose();
  opened.variables.dispose();
}

const cases = fc.record({
  first: fed,
  /** When the first action is taken; at the word: while the run waits for leave to make its updates. */
  moment: fc.constantFrom('word', ...Object.keys(MOMENTS)),
  turns: fc.nat(8),
  actions: fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fed), { minLength: 1, maxLength: 4 }),
});
type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;

/** Turns of the event loop within which what has been disposed of is freed. */
const FREEING_TURNS = 10;

export const actions: Kind = {
  name: 'actions',
  open: async () => {
    folder = mkdtempSync(join(tmpdir(), 'retrograph-'));
    const workers = [await workerBackend({ backend: 'wasm' }), await workerBackend({ backend: 'cpu' })];
    const backends: Backend[] = [...HERE, new NullBackend(), ...workers];
    // a worker lives as long as it has a store
    const kept: { dispose(): void }[] = [];
    for (const backend of backends) {
      await backend.start();
      kept.push(await openVariables({ backend }));
    }
    for (const size of new Set(backends.map(sizeOn))) {
      const { variables, program, other, start } = await open(backends[0]!, size);
      await variables.save(start);
      for (const one of [program, other, variables]) one.dispose();
    }

    return {
      property: fc.asyncProperty(fc.nat(backends.length - 1), cases, async (k, one) => {
        const backend = backends[k]!;
        const before = backend.memory?.().buffers;
        try {
          await withoutUncaught(() => check(one, backend));
          for (let turn = 0; turn < FREEING_TURNS && backend.memory?.().buffers !== before; turn++)
            await MOMENTS.later!(5);
          const after = backend.memory?.().buffers;
          if (after !== before) throw new Error(`${after} buffers, and before there were ${before}`);
        } catch (e) {
          throw new Error(`on ${backend.name}${k >= HERE.length + 1 ? ' in a worker' : ''}: ${e}`, { cause: e });
        }
      }),
      close: async () => {
        for (const store of kept) store.dispose();
        rmSync(folder, { recursive: true });
      },
    };
  },
};
