/** The layer `bidirectional`. */
import { AttributeError, formatValue, type Sym } from '../../engine/index.ts';
import { add, concat, mul, reverse } from '../../ops/exports.ts';
import { type LayerOptions, layer, requireOneOf, variablesOf } from './layer.ts';
import type { GruOptions, LstmOptions, RecurrentOptions, RecurrentOutput } from './recurrent.ts';

const MERGES = {
  concat: (a: Sym, b: Sym): Sym => concat([a, b], -1),
  sum: add,
  mul,
  ave: (a: Sym, b: Sym): Sym => mul(add(a, b), 0.5),
} as const;

/** The options of recurrent layers, combined. */
type AnyRecurrentOptions = RecurrentOptions &
  Pick<LstmOptions, 'recurrentActivation' | 'unitForgetBias'> &
  Pick<GruOptions, 'resetAfter'>;

export type BidirectionalOptions<O extends AnyRecurrentOptions> = O & {
  /** The layer to apply in both directions: simpleRNN, lstm or gru. The other options are passed to it. */
  readonly layer: (x: Sym, options: O) => RecurrentOutput;
  /** Default 'concat'. Instead of Keras's null, use `forward` and `backward`. */
  readonly mergeMode?: keyof typeof MERGES;
  /** The forward layer's states, then the backward layer's. */
  readonly initialState?: readonly Sym[];
};

export interface BidirectionalOutput extends RecurrentOutput {
  /** The outputs of the two directions. Sequences are both in order of time. */
  readonly forward: Sym;
  readonly backward: Sym;
}

/**
 * Runs a recurrent layer from the first step to the last, another from the last to the first, and merges their outputs: float32[batch,
 * steps, n] to float32[batch, 2 units] by default, or to the outputs of all steps. Variables are those of the layer, under `forward/` and
 * `backward/`; states are the forward layer's, then the backward layer's.
 *
 * M. Schuster, K. Paliwal, "Bidirectional recurrent neural networks" (1997).
 * @throws as the layer
 */
export function bidirectional<O extends AnyRecurrentOptions>(
  x: Sym,
  options: BidirectionalOptions<O>,
): BidirectionalOutput {
  const { layer: recurrent, mergeMode = 'concat', initialState, activityRegularizer, ...own } = options;
  if (typeof recurrent !== 'function')
    throw new AttributeError(`bidirectional: layer is a function such as lstm, not ${formatValue(recurrent)}`);
  requireOneOf('bidirectional', 'mergeMode', mergeMode, Object.keys(MERGES));
  const outer: LayerOptions = { ...own, ...(activityRegularizer && { activityRegularizer }) };
  return layer('bidirectional', [x, ...(initialState ?? [])], outer, (_variable, include) => {
    const half = (initialState?.length ?? 0) / 2;
    const direction = (name: string, goBackwards: boolean, state: readonly Sym[] | undefined): RecurrentOutput => {
      const inner = { ...own, name, goBackwards, ...(state && { initialState: state }) };
      const output = recurrent(x, inner as unknown as O);
      include(name, variablesOf(output));
      return output;
    };
    const { goBackwards = false, returnSequences = false } = own as RecurrentOptions;
    const first = direction('forward', goBackwards, initialState?.slice(0, half));
    const second = direction('backward', !goBackwards, initialState?.slice(half));
    const backward = returnSequences ? reverse(second.y, 1) : second.y;
    const y = MERGES[mergeMode](first.y, backward);
    return { y, forward: first.y, backward, state: [...first.state, ...second.state] };
  });
}
