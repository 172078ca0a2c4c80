/** AddN: the sum of values of one type. */
import { requireEqual } from '../build/context.ts';
import type { Sym } from '../build/sym.ts';
import { DTypeError, ShapeError } from '../errors.ts';
import { defineOp } from '../op.ts';
import { scalar } from '../scalar/build.ts';
import { isZeroCotangent } from './fill.ts';

/** The sum of values of one dtype and shape. The cotangent of a value with several uses is an AddN. */
export const AddN = defineOp({
  name: 'AddN',
  inputs: ['...inputs'],
  infer: ({ inputs }) => {
    const first = inputs[0];
    if (first === undefined) throw new ShapeError('nothing to add');
    if (first.dtype === 'bool') throw new DTypeError('terms of bool');
    for (const x of inputs) {
      if (x.dtype !== first.dtype) throw new DTypeError(`terms of ${first.dtype} and ${x.dtype}`);
      if (x.shape.length !== first.shape.length)
        throw new ShapeError(`terms of rank ${first.shape.length} and ${x.shape.length}`);
      first.shape.forEach((d, i) => {
        requireEqual(d, x.shape[i]!, `dimension ${i} of the terms`);
      });
    }
    return [{ dtype: first.dtype, shape: first.shape }];
  },
  lowering: [{ kind: 'expression', expr: ({ inputs }) => inputs.reduce(scalar.add) }, { kind: 'kernel' }],
  traits: { elementwise: true, partwise: true, finiteSlopes: true },
  simplify: ({ inputs }) => {
    const terms = inputs.filter((x) => !isZeroCotangent(x));
    if (terms.length === 1) return terms[0];
    if (terms.length === 0) return inputs[0];
    return terms.length < inputs.length ? addN(terms) : undefined;
  },
  gradient: { inputs: ({ inputs }, { dy }) => inputs.map(() => dy) },
});

/** The sum of one or more values of one dtype and shape. */
export const addN = (terms: readonly Sym[]): Sym => (terms.length === 1 ? terms[0]! : AddN.node({ inputs: terms }));
