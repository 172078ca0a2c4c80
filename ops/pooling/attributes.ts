/** The attributes of pooling ops, as in tfjs's kernels. */
import { type Attr, attr, type DefaultedAttr, type Dim } from '../../engine/index.ts';
import { type Padding, type PerAxis, toList } from '../convolution/geometry.ts';

/** A positive integer for each spatial axis; one number applies to all. */
const sizes = (n: number): Attr<readonly number[]> =>
  attr.custom(`a positive integer, or ${n} of them`, (v) => {
    const list = toList(v as PerAxis, n);
    const good = Array.isArray(list) && list.length === n && list.every((s) => Number.isInteger(s) && s > 0);
    return good ? Object.freeze([...list]) : undefined;
  });

const defaulted = <T>(schema: Attr<T>, value: T): DefaultedAttr<T> => ({ ...schema, default: value });

const PAIRS = attr.pairs();
const overPairs = <T>(v: Padding, use: (pairs: readonly (readonly [Dim, Dim])[]) => T, otherwise: T): T =>
  typeof v === 'object' ? use(v) : otherwise;

/** A number becomes pairs for images: tfjs's kernels of images do not pad both axes correctly by a number. */
const padding = (n: number): Attr<Padding> => {
  const onAllSides = (p: number): Padding =>
    n === 2
      ? PAIRS.parse([
          [0, 0],
          [p, p],
          [p, p],
          [0, 0],
        ])
      : p;
  return attr.custom<Padding>(
    `'same', 'valid', a non-negative integer, or ${n + 2} pairs of them`,
    (v) => {
      if (v === 'same' || v === 'valid') return v;
      if (typeof v === 'number') return Number.isInteger(v) && v >= 0 ? onAllSides(v) : undefined;
      return Array.isArray(v) && v.length === n + 2 ? PAIRS.parse(v) : undefined;
    },
    {
      key: (v) => overPairs(v, PAIRS.key, String(v)),
      toJSON: (v) => overPairs<unknown>(v, PAIRS.toJSON, v),
      bind: (v, dims) => overPairs<Padding>(v, (pairs) => PAIRS.bind!(pairs, dims), v),
      dims: (v) => overPairs(v, PAIRS.dims!, []),
    },
  );
};

const windowAttrs = (n: number) => ({ filterSize: sizes(n), strides: sizes(n), pad: padding(n) });
const dilations = (n: number) => ({
  dilations: defaulted(
    sizes(n),
    Array.from({ length: n }, () => 1),
  ),
});
const rounding = { dimRoundingMode: attr.optional(attr.oneOf(['floor', 'round', 'ceil'])) };

/** Attributes of pooling over height and width. */
export const attrs2d = { ...windowAttrs(2), ...rounding, ...dilations(2) };
/** Attributes of pooling over depth, height and width. */
export const attrs3d = {
  ...windowAttrs(3),
  ...rounding,
  dataFormat: attr.oneOf(['NDHWC', 'NCDHW'], 'NDHWC'),
  ...dilations(3),
};
/** Attributes of pooling that also gives positions. */
export const argmaxAttrs = { ...windowAttrs(2), includeBatchInIndex: attr.bool(false), ...dilations(2) };
