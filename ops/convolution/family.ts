/** A convolution and its adjoints in the input and in the filter: bilinear ops, each of which has the two others as derivatives. */
import type { AnyOp, DimLike, OpDef, Shape, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, reshape, toShape } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import type { AnyArguments, ConvolutionSchema, OutChannels } from './convolution.ts';
import {
  batched,
  batchedBoth,
  channelsLast,
  convolutionOf,
  hasChannelsLast,
  inferFilterGradient,
  inferForward,
  inferInputGradient,
  isPlain,
  noKernel,
  plain,
  shapeToLast,
  toAttrs,
  toFirst,
  toLast,
} from './convolution.ts';
import type { WindowAttrs } from './geometry.ts';

type ShapeAttr = ReturnType<typeof attr.shape>;
type Forward = OpDef<readonly ['x', 'filter'], ConvolutionSchema, readonly ['y']>;
type ByInput = OpDef<readonly ['dy', 'filter'], ConvolutionSchema & { inputShape: ShapeAttr }, readonly ['y']>;
type ByFilter = OpDef<readonly ['x', 'dy'], ConvolutionSchema & { filterShape: ShapeAttr }, readonly ['y']>;

export interface ConvolutionKind {
  /** The names of tfjs's three kernels. */
  readonly names: { readonly forward: string; readonly byInput: string; readonly byFilter: string };
  readonly attrs: ConvolutionSchema;
  readonly outChannels: OutChannels;
  /** The op for the convolution, a bias and an activation in one kernel. */
  readonly fused?: () => AnyOp;
  /** When tfjs's kernels are right. */
  readonly kernels: Readonly<Record<keyof ConvolutionKind['names'], (attrs: WindowAttrs, filter: Shape) => boolean>>;
  /** Composites for all other cases; paddings are pairs or a name, and channels are last. */
  readonly composites: {
    readonly forward?: (x: Sym, filter: Sym, attrs: WindowAttrs) => Sym | undefined;
    readonly byInput: (dy: Sym, filter: Sym, inputShape: Shape, attrs: WindowAttrs) => Sym;
    readonly byFilter: (x: Sym, dy: Sym, filterShape: Shape, attrs: WindowAttrs) => Sym;
  };
  /** Whether enough of the filter's shape is known for the composites. */
  readonly ready?: (filter: Shape) => boolean;
}

export interface ConvolutionFamily {
  readonly forward: Forward;
  readonly byInput: ByInput;
  readonly byFilter: ByFilter;
}

export const convolutionFamily = /* @__NO_SIDE_EFFECTS__ */ ({
  names,
  attrs: schema,
  outChannels,
  fused,
  kernels,
  composites,
  ready = () => true,
}: ConvolutionKind): ConvolutionFamily => {
  const forward: Forward = defineOp({
    name: names.forward,
    inputs: ['x', 'filter'],
    attrs: schema,
    infer: ({ x, filter }, attrs) => inferForward(x, filter, attrs, outChannels),
    lowering: [
      { kind: 'kernel', when: ({ filter }, attrs) => kernels.forward(attrs, filter.shape) },
      {
        kind: 'composite',
        ready: ({ filter }) => ready(filter.shape),
        expand: ({ x, filter }, attrs) => {
          if (!isPlain(attrs)) return forward.node({ x, filter }, plain(attrs, x.shape, filter.shape));
          if (!hasChannelsLast(attrs)) return toFirst(forward.node({ x: toLast(x), filter }, channelsLast(attrs)));
          return composites.forward?.(x, filter, attrs) ?? noKernel(names.forward);
        },
      },
    ],
    traits: { linear: ['x', 'filter'] },
    ...(fused && { fused }),
    gradient: {
      x: ({ x, filter }, { dy, attrs }) => byInput.node({ dy, filter }, { ...attrs, inputShape: x.shape }),
      filter: ({ x, filter }, { dy, attrs }) => byFilter.node({ x, dy }, { ...attrs, filterShape: filter.shape }),
    },
  });

  const byInput: ByInput = defineOp({
    name: names.byInput,
    inputs: ['dy', 'filter'],
    attrs: { ...schema, inputShape: attr.shape() },
    infer: ({ dy, filter }, attrs) => inferInputGradient(dy, filter, attrs, outChannels),
    lowering: [
      { kind: 'kernel', when: ({ filter }, attrs) => kernels.byInput(attrs, filter.shape) },
      {
        kind: 'composite',
        ready: ({ filter }) => ready(filter.shape),
        expand: ({ dy, filter }, attrs) => {
          const { inputShape } = attrs;
          if (!isPlain(attrs)) return byInput.node({ dy, filter }, plain(attrs, inputShape, filter.shape));
          if (hasChannelsLast(attrs)) return composites.byInput(dy, filter, inputShape, attrs);
          const last = { ...channelsLast(attrs), inputShape: shapeToLast(inputShape) };
          return toFirst(byInput.node({ dy: toLast(dy), filter }, last));
        },
      },
    ],
    traits: { linear: ['dy', 'filter'] },
    gradient: {
      dy: ({ filter }, { dy: dx, attrs }) => forward.node({ x: dx, filter }, convolutionOf(attrs)),
      filter: ({ dy, filter }, { dy: dx, attrs }) =>
        byFilter.node({ x: dx, dy }, { ...convolutionOf(attrs), filterShape: filter.shape }),
    },
  });

  const byFilter: ByFilter = defineOp({
    name: names.byFilter,
    inputs: ['x', 'dy'],
    attrs: { ...schema, filterShape: attr.shape() },
    infer: ({ x, dy }, attrs) => inferFilterGradient(x, dy, attrs, outChannels),
    lowering: [
      { kind: 'kernel', when: (_inputs, attrs) => kernels.byFilter(attrs, attrs.filterShape) },
      {
        kind: 'composite',
        ready: (_inputs, { filterShape }) => ready(filterShape),
        expand: ({ x, dy }, attrs) => {
          const { filterShape } = attrs;
          if (!isPlain(attrs)) return byFilter.node({ x, dy }, plain(attrs, x.shape, filterShape));
          if (hasChannelsLast(attrs)) return composites.byFilter(x, dy, filterShape, attrs);
          return byFilter.node({ x: toLast(x), dy: toLast(dy) }, channelsLast(attrs));
        },
      },
    ],
    traits: { linear: ['x', 'dy'] },
    gradient: {
      x: ({ x, dy }, { dy: filter, attrs }) =>
        byInput.node({ dy, filter }, { ...convolutionOf(attrs), inputShape: x.shape }),
      dy: ({ x }, { dy: filter, attrs }) => forward.node({ x, filter }, convolutionOf(attrs)),
    },
  });

  return { forward, byInput, byFilter };
};

const axesOf = ({ attrs }: AnyOp): number => (attrs as ConvolutionSchema).strides.default.length;

/** The convolution of a value with or without a batch. */
export const convolve = ({ forward }: ConvolutionFamily, x: SymLike, filter: SymLike, args: AnyArguments): Sym => {
  const axes = axesOf(forward);
  return batched(x, axes + 2, (whole) => forward.node({ x: whole, filter: float(filter) }, toAttrs(axes, args)));
};

export function convolveByInput(
  family: ConvolutionFamily,
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  args: AnyArguments,
): Sym {
  const axes = axesOf(family.byInput);
  const [shape, sym] = [toShape(xShape), float(dy)];
  const attrs = toAttrs(axes, args);
  if (shape.length !== axes + 1 || sym.rank !== axes + 1)
    return family.byInput.node({ dy: sym, filter: float(filter) }, { ...attrs, inputShape: shape });
  const one = { dy: reshape(sym, [1, ...sym.shape]), filter: float(filter) };
  return reshape(family.byInput.node(one, { ...attrs, inputShape: [1, ...shape] }), shape);
}

export function convolveByFilter(
  { byFilter }: ConvolutionFamily,
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  args: AnyArguments,
): Sym {
  const axes = axesOf(byFilter);
  const [whole, sym] = batchedBoth(x, dy, axes + 2);
  return byFilter.node({ x: whole, dy: sym }, { ...toAttrs(axes, args), filterShape: toShape(filterShape) });
}
