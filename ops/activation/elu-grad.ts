import { defineOp, lift, type OpDoc, type Sym, type SymLike, sameShape } from '../../engine/index.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { inferBinary } from '../elementwise/binary.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { unless } from '../elementwise/unary.ts';
import { relu } from './relu.ts';

/** The cotangent of elu's input, computed from elu's output y: for x < 0, the derivative e^x is 1 + y. */
export const EluGrad = defineOp({
  name: 'EluGrad',
  inputs: ['dy', 'y'],
  infer: ({ dy, y }) => inferBinary(dy, y, ['float32']),
  lowering: [
    // the kernel does not broadcast
    { kind: 'kernel', when: ({ dy, y }) => sameShape(dy.shape, y.shape) },
    { kind: 'composite', expand: ({ dy, y }) => mul(dy, sub(1, relu(neg(y)))) },
  ],
  traits: { elementwise: true, linear: ['dy'], finiteSlopes: true },
  gradient: {
    dy: ({ y }, { dy }) => eluGrad(dy, y),
    y: (inputs, { dy }) => unless(greaterEqual(inputs.y, 0), mul(dy, inputs.dy)),
  },
});

/** `dy` where elu's output y is not negative, else `dy (1 + y)`, broadcast. @throws ShapeError, DTypeError */
export const eluGrad = (dy: SymLike, y: SymLike): Sym => EluGrad.node({ dy: lift(dy), y: lift(y) });

export const doc: OpDoc = {
  summary: 'The backward pass of elu.',
  forward: 'g = \\bar y \\odot \\begin{cases} 1 & y \\ge 0 \\\\ 1 + y & y < 0 \\end{cases}',
  gradient: {
    dy: '\\bar g \\odot \\begin{cases} 1 & y \\ge 0 \\\\ 1 + y & y < 0 \\end{cases}',
    y: '\\bar g \\odot \\bar y \\odot \\mathbb 1(y < 0)',
  },
  source: 'Clevert, Unterthiner, Hochreiter (2015): the derivative of e^x - 1 is 1 + y',
};
