/**
 * The discrete Fourier transform by TensorFlow's FFT, which takes complex values. It is for graphs that must support all lengths, such as
 * exported ones; otherwise our composite, which is more precise, is written for each length.
 */
import { type Dim, dim, type Shape } from '../../../engine/index.ts';
import * as attr from '../graph/attributes.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import { attrsOf, type Lowerings, T } from './lowering.ts';

const COMPLEX = { Tcomplex: attr.type('complex64') };
const PARTS = { T: attr.type('complex64'), Tout: attr.type('float32') };

export const spectral: Lowerings = {
  DFT: {
    write: (w, node, [re, im]) => {
      const { inverse, bins } = attrsOf<{ inverse: boolean; bins: Dim }>(node);
      const { shape } = node.inputs[0]!;
      const z = w.op('Complex', [re!, im!], { ...T(re!), Tout: attr.type('complex64') }, 'complex64');
      const whole = w.op(inverse ? 'IFFT' : 'FFT', [z], COMPLEX);
      const parts = ['Real', 'Imag'].map((part) => w.op(part, [whole], PARTS, 'float32'));
      return parts.map((part) => first(w, inverse ? scaled(w, part, shape.at(-1)!) : part, shape, bins));
    },
  },
};

/** IFFT divides by the length. */
function scaled(w: GraphWriter, x: Ref, length: Dim): Ref {
  const n = w.op('Cast', [w.dim(length)], { SrcT: attr.type('int32'), DstT: attr.type('float32') }, 'float32');
  return w.op('Mul', [x, n], T(x));
}

/** The first `bins` elements of the last axis. */
function first(w: GraphWriter, x: Ref, shape: Shape, bins: Dim): Ref {
  if (dim.sub(shape.at(-1)!, bins) === 0) return x;
  const size = [...shape.slice(0, -1), bins];
  return w.op('Slice', [x, w.ints(shape.map(() => 0)), w.dims(size)], { ...T(x), Index: attr.type('int32') });
}
