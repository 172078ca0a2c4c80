/**
 * Samples: the rows with which every check of an op is made: its forward value against tfjs, its gradients against finite differences and
 * `tf.grad`, second order, unknown dims, other backends. An op's samples are in the file `NAME.samples.ts` beside it.
 */
import type { DimLike, DType, NestedArray, Sym } from '../engine/index.ts';

/** How an input of a row is generated. Dims named '$n' are unknown to the graph and bound when the row is run. */
export type SampleInput =
  | {
      readonly kind: 'uniform';
      readonly shape: readonly DimLike[];
      readonly low: number;
      readonly high: number;
      readonly dtype: DType;
    }
  | { readonly kind: 'distinct'; readonly shape: readonly DimLike[]; readonly gap: number }
  | { readonly kind: 'values'; readonly values: number | boolean | NestedArray; readonly dtype: DType };

/** float32 values drawn uniformly from [low, high); keep clear of kinks, where finite differences are wrong. */
export const uniform = (shape: readonly DimLike[], low = -1, high = 1): SampleInput => ({
  kind: 'uniform',
  shape,
  low,
  high,
  dtype: 'float32',
});
/** complex64 values, both parts drawn uniformly from [low, high). */
export const complexUniform = (shape: readonly DimLike[], low = -1, high = 1): SampleInput => ({
  kind: 'uniform',
  shape,
  low,
  high,
  dtype: 'complex64',
});
/** int32 values drawn uniformly from low, ..., high - 1. */
export const integers = (shape: readonly DimLike[], low: number, high: number): SampleInput => ({
  kind: 'uniform',
  shape,
  low,
  high,
  dtype: 'int32',
});
export const bools = (shape: readonly DimLike[]): SampleInput => ({
  kind: 'uniform',
  shape,
  low: 0,
  high: 2,
  dtype: 'bool',
});
/** float32 values in random order, at least `gap` apart and at least `gap / 2` from 0: no ties and no kinks at 0. */
export const distinct = (shape: readonly DimLike[], gap = 0.1): SampleInput => ({
  kind: 'distinct',
  shape,
  gap,
});
/** Given values; complex64 values as pairs. */
export const values = (v: number | boolean | NestedArray, dtype: DType = 'float32'): SampleInput => ({
  kind: 'values',
  values: v,
  dtype,
});

/**
 * The types of tfjs: empty here, so that the package's declarations do not depend on tfjs. A project that has tfjs declares them, and
 * `reference` is typed by them (see ops/tfjs.d.ts):
 *
 *     declare module 'retrograph/engine' {
 *       interface SampleTypes { tfjs: typeof import('@tensorflow/tfjs-core'); tensor: import('@tensorflow/tfjs-core').Tensor }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is for others to add to
export interface SampleTypes {}
// biome-ignore lint/suspicious/noExplicitAny: what `SampleTypes` lacks is not checked
type SampleType<K extends string> = SampleTypes extends { readonly [_ in K]: infer T } ? T : any;
type Tfjs = SampleType<'tfjs'>;
type Tensor = SampleType<'tensor'>;

/**
 * Computes a row in tfjs.
 * @param inputs tensors in the order of the row's inputs
 * @param attrs the op's attributes, with defaults, and dims as numbers; for a row with a `build`, its `attrs` unchanged
 */
export type SampleReference = (
  tf: Tfjs,
  inputs: readonly Tensor[],
  // biome-ignore lint/suspicious/noExplicitAny: each op has attributes of its own
  attrs: Readonly<Record<string, any>>,
) => Tensor | readonly Tensor[];

export interface SampleOptions {
  /** Builds the values under test; by default the op's node over the inputs. */
  readonly build?: (inputs: Readonly<Record<string, Sym>>) => Sym | readonly Sym[];
  /** The op's attributes, if `build` is not given. */
  readonly attrs?: Readonly<Record<string, unknown>>;
  /**
   * The same computation in tfjs: the expected forward value and, by tf.grads, a check of the gradient. By default the tfjs kernel of the
   * op's name with the op's attributes. null: tfjs has no equivalent; say why in `note`.
   */
  readonly reference?: SampleReference | null;
  /**
   * tfjs's own function, if `reference` is another formula because tfjs is wrong or throws for these inputs: its result is reported beside
   * ours, and never compared. 'kernel': its kernel of the op's name; 'hangs': not called, since it does not return; null: tfjs has none.
   */
  readonly tfjs?: SampleOptions['reference'] | 'kernel' | 'hangs';
  /** Why tf.grad is not used: it is wrong, throws, or has no gradient. The check verifies that it is so. */
  readonly tfGradIsWrong?: string;
  /** Why tf.grad is not called: it does not return. */
  readonly tfGradHangs?: string;
  /** Why the row's gradient is not checked (a kink, a tie, integers only); the reason is printed. */
  readonly notDifferentiable?: string;
  /** Looser tolerances than 1e-4 (first order) and 1e-3 (second), with a reason. */
  readonly tolerance?: { readonly first?: number; readonly second?: number; readonly reason: string };
  /** The row has integers beyond 2^24: it is checked on backends that represent them. */
  readonly wideIntegers?: true;
  /** What the row tests, if that is not obvious. */
  readonly note?: string;
}

export interface Sample extends SampleOptions {
  readonly inputs: Readonly<Record<string, SampleInput | readonly SampleInput[]>>;
}

/** A row: inputs by the names of the op's inputs (a list for a variadic one), and options. */
export const sample = (inputs: Sample['inputs'], options: SampleOptions = {}): Sample => ({
  inputs,
  ...options,
});

/** An op's rows, or a function that creates them. */
export type Samples = readonly Sample[] | (() => readonly Sample[]);

export const samplesOf = (samples: Samples): readonly Sample[] => (typeof samples === 'function' ? samples() : samples);
