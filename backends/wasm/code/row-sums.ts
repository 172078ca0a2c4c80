/** Sums of rows in double precision, in WebAssembly. */
import { type Code, f64, f64x2, get, i32, type Procedure, set, times, v128 } from './assembler.ts';

/** Elements per step of a sum: four vectors. */
export const STEP = 16;

/** Sums the first STEPS steps of each row, skipping REST bytes at its end, in eight independent lanes of doubles. */
export function rowSums(): Procedure {
  const [Y, X, ROWS, STEPS, REST, COUNT] = [0, 1, 2, 3, 4, 5] as const;
  const lanes = [6, 7, 8, 9, 10, 11, 12, 13] as const;
  const loaded = 14;
  return {
    parameters: 5,
    locals: ['i32', ...Array(lanes.length + 1).fill('v128')] as Procedure['locals'],
    body: times(ROWS, [
      lanes.map((lane) => set(lane, v128.zero)),
      set(COUNT, get(STEPS)),
      times(COUNT, [
        [0, 1, 2, 3].map((i) => [
          set(loaded, v128.load(16 * i, get(X))),
          [f64x2.promoteLow, f64x2.promoteHigh].map((promote, half) => {
            const lane = lanes[2 * i + half]!;
            return set(lane, f64x2.add(get(lane), promote(get(loaded))));
          }),
        ]),
        set(X, i32.add(get(X), i32.constant(4 * STEP))),
      ]),
      set(
        loaded,
        lanes.slice(1).reduce<Code>((sum, lane) => f64x2.add(sum, get(lane)), get(lanes[0])),
      ),
      f64.store(0, get(Y), f64.add(f64x2.lane(get(loaded), 0), f64x2.lane(get(loaded), 1))),
      set(Y, i32.add(get(Y), i32.constant(8))),
      set(X, i32.add(get(X), get(REST))),
    ]),
  };
}
