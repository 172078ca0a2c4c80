import { defineOp, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { requireSameShape } from '../shape/axis.ts';
import {
  type DilationArguments,
  dilationAttrs,
  greatestOf,
  inferDilation,
  inputAtGreatest,
  placed,
  sharesOf,
  toDilationAttrs,
} from './dilation.ts';

/** Without a kernel: tfjs's take tf.Tensors only, and wasm has no correct one. */
export const Dilation2DBackpropInput = defineOp({
  name: 'Dilation2DBackpropInput',
  inputs: ['x', 'filter', 'dy'],
  attrs: dilationAttrs,
  infer: ({ x, filter, dy }, attrs) => {
    requireSameShape(dy.shape, inferDilation(x, filter, attrs).shape, "dy and the dilation's output");
    return [x];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, filter, dy }, attrs) => {
        const { at } = greatestOf(x, filter, attrs);
        return placed(sharesOf(at, filter.shape, dy), x.shape, filter.shape, attrs);
      },
    },
  ],
  traits: { linear: ['dy'] },
  gradient: {
    x: ZERO,
    filter: ZERO,
    dy: ({ x, filter }, { dy: dx, attrs }) => inputAtGreatest(dx, greatestOf(x, filter, attrs).at, filter.shape, attrs),
  },
});

/**
 * The gradient of `dilation2d` in its input, given dy; further arguments as in `dilation2d`. The filter's height and width must be known.
 * @throws ShapeError, AttributeError, DTypeError
 */
export const dilation2DBackpropInput = (x: SymLike, filter: SymLike, dy: SymLike, ...args: DilationArguments): Sym =>
  Dilation2DBackpropInput.node({ x: float(x), filter: float(filter), dy: float(dy) }, toDilationAttrs(args));

export const doc: OpDoc = {
  summary: 'The cotangent of a dilation by its input.',
  forward:
    '\\bar x_{b,j,c} = \\sum_{i : \\, s i + d k^*_{b,i,c} - p = j} \\bar y_{b,i,c}, \\; k^* \\text{ the first greatest}',
  gradient: { dy: '\\text{of the cotangent, what is at } s i + d k^*_{b,i,c} - p', x: 'zero', filter: 'zero' },
  source: 'Franchi, Fehri and Yao, "Deep morphological networks" (2020)',
};
