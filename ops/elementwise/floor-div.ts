import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { broadcastTo, cast, defineOp, fillValue, scalar, ZERO } from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';
import { RealDiv } from './div.ts';
import { floor } from './floor.ts';
import { float } from './unary.ts';

/** As in tfjs, the result is int32 for all operands. */
export const FloorDiv = defineOp({
  name: 'FloorDiv',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['int32', 'float32'], 'int32'),
  lowering: [
    { kind: 'expression', expr: ({ a, b }) => scalar.cast(scalar.floorDiv(a, b), 'i32') },
    { kind: 'kernel' },
    // for floats on backends whose kernel supports integers only; for integers, float32 could not represent all quotients
    { kind: 'composite', expand: ({ a, b }) => cast(floor(RealDiv.node({ a: float(a), b: float(b) })), 'int32') },
  ],
  traits: { elementwise: true },
  simplify: ({ a, b }): Sym | undefined =>
    a.dtype === 'int32' && fillValue(b) === 1 ? broadcastTo(a, inferBinary(a, b)[0]!.shape) : undefined,
  gradient: { a: ZERO, b: ZERO },
});

/** a / b rounded down, broadcast, as int32. An integer divided by 0 is 0. */
export const floorDiv = (a: SymLike, b: SymLike): Sym => binary(FloorDiv, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Quotient rounded down.',
  forward: 'y = \\lfloor a \\oslash b \\rfloor',
  gradient: { a: 'zero', b: 'zero' },
  source: 'constant between its jumps',
};
