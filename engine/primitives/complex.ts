/** Complex, Real and Imag: between complex64 values and their real and imaginary parts. */
import type { Sym, SymLike } from '../build/sym.ts';
import { DTypeError } from '../errors.ts';
import { defineOp, lift, type Parts } from '../op.ts';
import type { TensorType } from '../types.ts';
import { broadcastShapes, broadcastTo } from './broadcast-to.ts';
import { cast } from './cast.ts';
import { zeroCotangent } from './fill.ts';

/**
 * The complex64 value of two float32 parts, broadcast. Legalization splits complex values into real ones (optimize/split-complex.ts), so
 * no backend sees the ops of this file.
 */
export const Complex = defineOp({
  name: 'Complex',
  inputs: ['real', 'imag'],
  infer: ({ real, imag }) => {
    for (const part of [real, imag])
      if (part.dtype !== 'float32') throw new DTypeError(`a part of dtype ${part.dtype}, not float32`);
    return [{ dtype: 'complex64', shape: broadcastShapes(real.shape, imag.shape) }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { elementwise: true, finiteSlopes: true },
  // the cotangent of z is dL/dRe z + i dL/dIm z
  gradient: { real: (_inputs, { dy }) => realPart(dy), imag: (_inputs, { dy }) => imagPart(dy) },
});

/** Defines the op that takes a part of complex values; of a Complex, it is that input. */
const definePart = /* @__NO_SIDE_EFFECTS__ */ (name: string, part: keyof Parts, gradient: (dy: Sym) => Sym) =>
  defineOp({
    name,
    inputs: ['input'],
    infer: ({ input }) => inferPart(input),
    lowering: [{ kind: 'kernel' }],
    traits: { elementwise: true, finiteSlopes: true },
    parts: ({ input }) => input[part],
    simplify: ({ input: { node, shape } }) =>
      node.op === Complex ? broadcastTo(node.inputs[part === 're' ? 0 : 1]!, shape) : undefined,
    gradient: { input: (_inputs, { dy }) => gradient(dy) },
  });

export const Real = /* @__PURE__ */ definePart('Real', 're', (dy) => cast(dy, 'complex64'));
export const Imag = /* @__PURE__ */ definePart('Imag', 'im', (dy) => complexOf(zeroCotangent(dy), dy));

function inferPart({ dtype, shape }: TensorType): readonly TensorType[] {
  if (dtype !== 'complex64') throw new DTypeError(`a part of a value of ${dtype}, not complex64`);
  return [{ dtype: 'float32', shape }];
}

/** real + i imag, of float32 values, broadcast. */
export const complexOf = (real: SymLike, imag: SymLike): Sym => Complex.node({ real: lift(real), imag: lift(imag) });
export const realPart = (input: SymLike): Sym => Real.node({ input: lift(input) });
export const imagPart = (input: SymLike): Sym => Imag.node({ input: lift(input) });
