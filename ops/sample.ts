/**
 * Samples: the rows from which every check of an op is made: its forward value against tfjs, its gradients against finite
 * differences and `tf.grad`, second order, unknown dims, other backends. Those of an op are in a file beside it, `NAME.samples.ts`.
 */
import type { DimLike, DType, NestedArray, Sym } from '../engine/index.ts';

/** How an input of a row is drawn. Dims named '$n' are unknown to the graph and bound when the row is run. */
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

/** float32 values drawn evenly from [low, high); keep clear of kinks, where finite differences say nothing. */
export const uniform = (shape: readonly DimLike[], low = -1, high = 1): SampleInput => ({
  kind: 'uniform',
  shape,
  low,
  high,
  dtype: 'float32',
});
/** complex64 values, both parts drawn evenly from [low, high). */
export const complexUniform = (shape: readonly DimLike[], low = -1, high = 1): SampleInput => ({
  kind: 'uniform',
  shape,
  low,
  high,
  dtype: 'complex64',
});
/** int32 values drawn evenly from low, ..., high - 1. */
export const integers = (shape: readonly DimLike[], low: number, high: number): SampleInput => ({
  kind: 'uniform',
  shape,
  low,
  high,
  dtype: 'int32',
});
/** Bools. */
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
/** Given values; of complex64, pairs. */
export const values = (v: number | boolean | NestedArray, dtype: DType = 'float32'): SampleInput => ({
  kind: 'values',
  values: v,
  dtype,
});

/**
 * What tfjs is in types: nothing, so that the package's declarations do without tfjs's. A project that has tfjs says so, and
 * `reference` is typed by it (see ops/tfjs.d.ts):
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
 * A row in tfjs.
 * @param inputs tensors in the order of the row's inputs
 * @param attrs the op's attributes, defaults included and dims as numbers; of a row with a `build`, its `attrs` as they stand
 */
export type SampleReference = (
  tf: Tfjs,
  inputs: readonly Tensor[],
  // biome-ignore lint/suspicious/noExplicitAny: each op has attributes of its own
  attrs: Readonly<Record<string, any>>,
) => Tensor | readonly Tensor[];

export interface SampleOptions {
  /** Builds the value(s) under test; by default the op's node over the inputs. */
  readonly build?: (inputs: Readonly<Record<string, Sym>>) => Sym | readonly Sym[];
  /** The op's attributes, where `build` is not given. */
  readonly attrs?: Readonly<Record<string, unknown>>;
  /**
   * The same in tfjs: the forward oracle and, by tf.grads, a witness for the gradient. By default the tfjs kernel of the op's name with
   * the op's attributes. null: tfjs has nothing that means the same; say why in `note`.
   */
  readonly reference?: SampleReference | null;
  /**
   * tfjs's own function, where `reference` is another formula because tfjs is wrong or refuses these inputs: reported beside ours, and
   * never compared. 'kernel': its kernel of the op's name; 'hangs': not even called, since it does not return; null: it has none.
   */
  readonly tfjs?: SampleOptions['reference'] | 'kernel' | 'hangs';
  /** Why tf.grad is not believed: it is wrong, throws, or has no gradient. That it is so is checked. */
  readonly tfGradIsWrong?: string;
  /** Why tf.grad is not even called: it does not return. */
  readonly tfGradHangs?: string;
  /** Why the row's gradient is not checked (a kink, a tie, integers only): a stated reason, printed. */
  readonly notDifferentiable?: string;
  /** Looser bounds than 1e-4 (first order) and 1e-3 (second), with a reason. */
  readonly tolerance?: { readonly first?: number; readonly second?: number; readonly reason: string };
  /** Its integers are beyond 2^24: a row for backends that hold them. */
  readonly wideIntegers?: true;
  /** What the row shows, where it is not plain to see. */
  readonly note?: string;
}

export interface Sample extends SampleOptions {
  readonly inputs: Readonly<Record<string, SampleInput | readonly SampleInput[]>>;
}

/** A row: inputs by the names of the op's inputs (a list for a variadic one), and what is special about it. */
export const sample = (inputs: Sample['inputs'], options: SampleOptions = {}): Sample => ({
  inputs,
  ...options,
});

/** An op's rows, or a function that makes them. */
export type Samples = readonly Sample[] | (() => readonly Sample[]);

export const samplesOf = (samples: Samples): readonly Sample[] => (typeof samples === 'function' ? samples() : samples);
