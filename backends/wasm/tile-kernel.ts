/** Repeated values by copies of blocks; tfjs's kernel computes the place of each element: [512, 1] to [512, 64] takes it 2.5 ms, here 0.2. */
import { sizeOf } from '../../engine/index.ts';
import type { OwnKernel } from '../own-kernels.ts';
import { intsOf, outputOf } from './heap.ts';

/** Shorter blocks are copied by a loop. */
const SHORT = 16;

/** Writes each block of `from` so many times. */
function repeat(from: Int32Array, to: Int32Array, block: number, times: number): void {
  for (let at = 0, out = 0; at < from.length; at += block) {
    const end = out + block * times;
    if (block === 1) to.fill(from[at]!, out, end);
    else if (block < SHORT) for (let i = out, k = 0; i < end; i++, k = k + 1 < block ? k + 1 : 0) to[i] = from[at + k]!;
    else for (let i = out, one = from.subarray(at, at + block); i < end; i += block) to.set(one, i);
    out = end;
  }
}

export const tileKernel: OwnKernel = {
  op: 'Tile',
  why: 'computes the place of each element',
  // bools have a byte each
  when: ({ x }) => (x!.dtype === 'float32' || x!.dtype === 'int32') && sizeOf(x!.shape) > 0,
  make: (backend) => (inputs, attrs) => {
    const [x, reps] = [inputs.x!, attrs.reps as readonly number[]];
    const out = outputOf(
      backend,
      x.shape.map((d, axis) => d * reps[axis]!),
      x.dtype as 'float32' | 'int32',
    );
    const to = intsOf(backend, out);
    let values = intsOf(backend, x);
    if (to.length === values.length) to.set(values);
    // the last axis first: its blocks are the shortest
    for (let axis = x.shape.length - 1, block = 1; values.length < to.length; axis--) {
      block *= x.shape[axis]!;
      const times = reps[axis]!;
      if (times === 1) continue;
      const length = values.length * times;
      const repeated = length === to.length ? to : new Int32Array(length);
      repeat(values, repeated, block, times);
      [values, block] = [repeated, block * times];
    }
    return out;
  },
};
