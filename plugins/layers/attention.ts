/** The layer `multiHeadAttention`. */
import type { InitializerLike, Sym } from '../../engine/index.ts';
import { AttributeError, DTypeError, formatShape, iota, reshape, ShapeError } from '../../engine/index.ts';
import { add, dropout, lessEqual, matMul, mul, softmax, transpose, where } from '../../ops/exports.ts';
import { requireRate } from '../../ops/random/draw.ts';
import type { Regularizer } from '../regularizers/exports.ts';
import type { BiasOptions, KernelOptions, LayerOptions, MakeVariable } from './layer.ts';
import { layer, makeBias, makeKernel, requireCount, requireRank, sizeOfAxis } from './layer.ts';

/** The projections to the heads' queries, keys and values, and from all heads to the output. */
type Projection = 'query' | 'key' | 'value' | 'output';
/** One setting for all projections, or one for each; projections that are left out have the default. */
export type PerProjection<T> = T | { readonly [P in Projection]?: T };

export interface MultiHeadAttentionOptions extends LayerOptions {
  readonly numHeads: number;
  /** The size of a head's queries and keys. */
  readonly keyDim: number;
  /** The size of a head's values. Default: keyDim. */
  readonly valueDim?: number;
  /** The size of the output's last axis. Default: that of the queries. */
  readonly outputShape?: number;
  /** Default: the values. */
  readonly key?: Sym;
  /** bool[batch, targets, sources] or bool[batch, heads, targets, sources], broadcast: true where a target may attend to a source. */
  readonly attentionMask?: Sym;
  /** A target attends only to sources at its own position or before it. Default false. */
  readonly useCausalMask?: boolean;
  /** The rate at which attention weights are dropped in training. Default 0. */
  readonly dropout?: number;
  /** Default false. */
  readonly training?: boolean;
  /** Default: glorotUniform. */
  readonly kernelInitializer?: PerProjection<InitializerLike>;
  /** The penalty of the kernels: see `regularized`. */
  readonly kernelRegularizer?: PerProjection<Regularizer>;
  /** Default true. */
  readonly useBias?: PerProjection<boolean>;
  /** Default: zeros. */
  readonly biasInitializer?: PerProjection<InitializerLike>;
  /** The penalty of biases: see `regularized`. */
  readonly biasRegularizer?: PerProjection<Regularizer>;
}

const PROJECTIONS: readonly Projection[] = ['query', 'key', 'value', 'output'];

/** An option's value for one projection; undefined if it has none. @throws AttributeError for the name of an unknown projection */
function of<T>(option: PerProjection<T> | undefined, projection: Projection): T | undefined {
  const isRecord =
    typeof option === 'object' &&
    option !== null &&
    Object.getPrototypeOf(option) === Object.prototype &&
    !('generate' in option);
  if (!isRecord) return option as T | undefined;
  for (const name of Object.keys(option))
    if (!PROJECTIONS.includes(name as Projection))
      throw new AttributeError(`multiHeadAttention: projections are ${PROJECTIONS.join(', ')}, not '${name}'`);
  return (option as { readonly [P in Projection]?: T })[projection];
}

type Settings = Readonly<Record<Projection, KernelOptions & BiasOptions>>;

/** The options of each projection. @throws AttributeError */
const settingsOf = (options: MultiHeadAttentionOptions): Settings =>
  Object.fromEntries(
    PROJECTIONS.map((projection) => [
      projection,
      {
        kernelInitializer: of(options.kernelInitializer, projection),
        kernelRegularizer: of(options.kernelRegularizer, projection),
        useBias: of(options.useBias, projection),
        biasInitializer: of(options.biasInitializer, projection),
        biasRegularizer: of(options.biasRegularizer, projection),
      },
    ]),
  ) as unknown as Settings;

/** Replaces masked scores: low enough for a weight of 0, and finite, so that a row without any source is not NaN. */
const MASKED = -1e9;

/**
 * Multi-head attention: softmax(q k^T / sqrt(keyDim)) v for each head, concatenated and projected. float32[batch, targets, n] and values
 * float32[batch, sources, m] to float32[batch, targets, n]. Variables `query/kernel` [n, heads, keyDim], `key/kernel`, `value/kernel` [m,
 * heads, valueDim], `output/kernel` [heads, valueDim, n], and their biases.
 *
 * A. Vaswani et al., "Attention is all you need", NeurIPS 2017.
 * @throws ShapeError if n or m is unknown; GraphError, AttributeError
 */
export function multiHeadAttention(query: Sym, value: Sym, options: MultiHeadAttentionOptions): Sym {
  const { numHeads, keyDim, valueDim = keyDim, key = value, attentionMask, useCausalMask = false } = options;
  const { training = false, dropout: rate = 0 } = options;
  const settings = settingsOf(options); // throws before any variable is made
  return layer('multiHeadAttention', [query, value, key], options, (variable) => {
    for (const s of [query, value, key]) requireRank('multiHeadAttention', s, 3, '[batch, steps, features]');
    const width = options.outputShape ?? sizeOfAxis('multiHeadAttention', query, -1);
    for (const [what, count] of Object.entries({ numHeads, keyDim, valueDim, outputShape: width }))
      requireCount('multiHeadAttention', what, count);
    requireRate(rate);
    const mask = attentionMask === undefined ? undefined : forHeads(attentionMask);
    const q = heads(variable, 'query', query, numHeads, keyDim, settings);
    const k = heads(variable, 'key', key, numHeads, keyDim, settings);
    const v = heads(variable, 'value', value, numHeads, valueDim, settings);
    const scores = masked(mul(matMul(q, k, false, true), 1 / Math.sqrt(keyDim)), mask, useCausalMask);
    const weights = softmax(scores);
    const mixed = matMul(training ? dropout(weights, rate) : weights, v);
    const [batch, , targets] = mixed.shape;
    const together = reshape(transpose(mixed, [0, 2, 1, 3]), [batch!, targets!, numHeads * valueDim]);
    const { y, bias } = project(
      variable,
      'output',
      together,
      [numHeads, valueDim, width],
      settings,
      numHeads * valueDim,
    );
    return bias === undefined ? y : add(y, bias);
  });
}

/** The product with the projection's kernel as a matrix with that many rows, and the bias, which is not added. */
function project(
  variable: MakeVariable,
  projection: Projection,
  x: Sym,
  shape: readonly number[],
  settings: Settings,
  rows: number,
): { readonly y: Sym; readonly bias: Sym | undefined } {
  const own: MakeVariable = (name, ...rest) => variable(`${projection}/${name}`, ...rest);
  const kernel = makeKernel(own, shape, settings[projection]);
  const bias = makeBias(own, projection === 'output' ? shape.slice(-1) : shape.slice(1), settings[projection]);
  return { y: matMul(x, reshape(kernel, [rows, shape.reduce((n, d) => n * d, 1) / rows])), bias };
}

/** A projection to heads: [batch, heads, steps, size]. */
function heads(
  variable: MakeVariable,
  projection: Projection,
  x: Sym,
  count: number,
  size: number,
  settings: Settings,
): Sym {
  const features = sizeOfAxis('multiHeadAttention', x, -1);
  const { y, bias } = project(variable, projection, x, [features, count, size], settings, features);
  const [batch, steps] = x.shape;
  const apart = reshape(y, [batch!, steps!, count, size]);
  return transpose(bias === undefined ? apart : add(apart, bias), [0, 2, 1, 3]);
}

function masked(scores: Sym, mask: Sym | undefined, causal: boolean): Sym {
  const [targets, sources] = scores.shape.slice(-2);
  const given = mask === undefined ? scores : where(mask, scores, MASKED);
  if (!causal) return given;
  const isPast = lessEqual(reshape(iota(sources!), [1, sources!]), reshape(iota(targets!), [targets!, 1]));
  return where(isPast, given, MASKED);
}

/** Adds an axis of heads to a mask that has none. */
function forHeads(mask: Sym): Sym {
  if (mask.dtype !== 'bool') throw new DTypeError(`multiHeadAttention: its attentionMask is bool, not ${mask.dtype}`);
  if (mask.rank > 4)
    throw new ShapeError(`multiHeadAttention: its attentionMask ${formatShape(mask.shape)} has more than 4 dimensions`);
  const [batch, targets, sources] = mask.shape;
  return mask.rank === 3 ? reshape(mask, [batch!, 1, targets!, sources!]) : mask;
}
