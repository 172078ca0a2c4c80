import { defineOp, type OpDoc, reshape, type Sym, type SymLike, sumAxes, ZERO } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { requireSameShape } from '../shape/axis.ts';
import { stack } from '../shape/stack.ts';
import type { DilationArguments } from './dilation.ts';
import { dilationAttrs, filterAtGreatest, greatestOf, inferDilation, sharesOf, toDilationAttrs } from './dilation.ts';

/** Without a kernel: tfjs's take tf.Tensors only, and wasm has no correct one. */
export const Dilation2DBackpropFilter = defineOp({
  name: 'Dilation2DBackpropFilter',
  inputs: ['x', 'filter', 'dy'],
  attrs: dilationAttrs,
  infer: ({ x, filter, dy }, attrs) => {
    requireSameShape(dy.shape, inferDilation(x, filter, attrs).shape, "dy and the dilation's output");
    return [filter];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, filter, dy }, attrs) => {
        const { at } = greatestOf(x, filter, attrs);
        const shares = sharesOf(at, filter.shape, dy).map((share) => sumAxes(share, [0, 1, 2]));
        return reshape(stack(shares), filter.shape);
      },
    },
  ],
  traits: { linear: ['dy'] },
  gradient: {
    x: ZERO,
    filter: ZERO,
    dy: ({ x, filter }, { dy: dw, attrs }) => filterAtGreatest(dw, greatestOf(x, filter, attrs).at),
  },
});

/**
 * The gradient of `dilation2d` in its filter, given dy; further arguments as in `dilation2d`. The filter's height and width must be known.
 * @throws ShapeError, AttributeError, DTypeError
 */
export const dilation2DBackpropFilter = (x: SymLike, filter: SymLike, dy: SymLike, ...args: DilationArguments): Sym =>
  Dilation2DBackpropFilter.node({ x: float(x), filter: float(filter), dy: float(dy) }, toDilationAttrs(args));

export const doc: OpDoc = {
  summary: 'The cotangent of a dilation by its filter.',
  forward: '\\bar w_{k,c} = \\sum_{b,i : \\, k^*_{b,i,c} = k} \\bar y_{b,i,c}, \\; k^* \\text{ the first greatest}',
  gradient: { dy: '\\text{of the cotangent, what is at } k^*_{b,i,c}', x: 'zero', filter: 'zero' },
  source: 'Franchi, Fehri and Yao, "Deep morphological networks" (2020)',
};
