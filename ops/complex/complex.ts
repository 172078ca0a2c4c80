import { complexOf, integers, type OpDoc, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';

export { Complex } from '../../engine/index.ts';

/** The complex64 value real + i imag, of two real ones, broadcast. @throws ShapeError, DTypeError */
export function complex(real: SymLike, imag: SymLike): Sym {
  return complexOf(float(real), float(imag));
}

export const doc: OpDoc = {
  summary: 'A complex value of its real and imaginary parts.',
  forward: 'z = a + i b',
  gradient: { real: '\\operatorname{Re} \\bar z', imag: '\\operatorname{Im} \\bar z' },
  source: '\\bar z = \\partial L / \\partial \\operatorname{Re} z + i \\, \\partial L / \\partial \\operatorname{Im} z',
};
export const samples = () => [
  sample({ real: uniform(['$n', 3]), imag: uniform(['$n', 3]) }),
  sample({ real: uniform([]), imag: uniform([]) }, { note: 'scalars' }),
  sample({ real: uniform([0, 3]), imag: uniform([0, 3]) }, { note: 'zero elements' }),
  sample(
    { real: uniform(['$n', 3]), imag: uniform([3]) },
    {
      reference: (tf, [a, b]) => tf.complex(a!, tf.add(tf.zerosLike(a!), b!)),
      tfjs: (tf, [a, b]) => tf.complex(a!, b!),
      note: 'broadcast, which tf does not',
    },
  ),
  sample(
    { real: integers(['$n'], -5, 5), imag: integers(['$n'], -5, 5) },
    {
      build: ({ real, imag }) => complex(real!, imag!),
      reference: (tf, [a, b]) => tf.complex(tf.cast(a!, 'float32'), tf.cast(b!, 'float32')),
      tfjs: (tf, [a, b]) => tf.complex(a!, b!),
      notDifferentiable: 'integers',
    },
  ),
];
