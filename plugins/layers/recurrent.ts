/** Recurrent layers. They are unrolled, so the number of steps must be known when the graph is built. */

import type { Dim, InitializerLike, Sym } from '../../engine/index.ts';
import { AttributeError, fill, formatShape, ShapeError } from '../../engine/index.ts';
import { add, dropout, matMul, mul, sigmoid, split, stack, sub, tanh, unstack } from '../../ops/exports.ts';
import { requireRate } from '../../ops/random/draw.ts';
import { orthogonal } from '../initializers/exports.ts';
import type { Regularizer } from '../regularizers/exports.ts';
import type { Activation, BiasOptions, KernelOptions, LayerOptions, MakeVariable } from './layer.ts';
import { layer, makeBias, makeKernel, requireActivation, requireCount, requireRank, sizeOfAxis } from './layer.ts';

export interface RecurrentOptions extends LayerOptions, KernelOptions, BiasOptions {
  readonly units: number;
  /** Default: tanh. */
  readonly activation?: Activation;
  /** Default: orthogonal. */
  readonly recurrentInitializer?: InitializerLike;
  /** The penalty of the recurrent kernel: see `regularized`. */
  readonly recurrentRegularizer?: Regularizer;
  /** The rate at which input features are dropped in training, the same ones in all steps. Default 0. */
  readonly dropout?: number;
  /** The rate at which output features are dropped in training before the recurrent product, the same ones in all steps. Default 0. */
  readonly recurrentDropout?: number;
  /** Default false. */
  readonly training?: boolean;
  /** Return the output of every step, float32[batch, steps, units], instead of only the last. Default false. */
  readonly returnSequences?: boolean;
  /** Run from the last step to the first; sequences are in that order. Default false. */
  readonly goBackwards?: boolean;
  /** float32[batch, units] each. Default: zeros. */
  readonly initialState?: readonly Sym[];
}

interface GatedOptions extends RecurrentOptions {
  /** The activation of the gates. Default: sigmoid (tfjs: hardSigmoid). */
  readonly recurrentActivation?: Activation;
}

interface Recurrence {
  /** The bias of the input's product with the kernel. */
  readonly bias: Sym | undefined;
  /**
   * The next states; the first one is the output. `input` is already multiplied by the kernel. `last` is the first state after recurrent
   * dropout, as the recurrent kernel takes it.
   */
  readonly step: (input: Sym, states: readonly Sym[], last: Sym) => readonly Sym[];
}

export interface RecurrentOutput {
  readonly y: Sym;
  /** The states after the last step; the first one is the output. */
  readonly state: readonly Sym[];
}

function recurrent(
  kind: string,
  x: Sym,
  options: GatedOptions,
  { gates, states }: { readonly gates: number; readonly states: number },
  make: (variable: MakeVariable) => Recurrence,
): RecurrentOutput {
  const { units, returnSequences = false, goBackwards = false } = options;
  const { dropout: rate = 0, recurrentDropout = 0, training = false } = options;
  return layer(kind, [x, ...(options.initialState ?? [])], options, (variable) => {
    for (const r of [rate, recurrentDropout]) requireRate(r);
    requireCount(kind, 'units', units);
    requireActivation(kind, 'activation', options.activation);
    requireActivation(kind, 'recurrentActivation', options.recurrentActivation);
    requireRank(kind, x, 3, '[batch, steps, features]');
    const [batch, steps] = x.shape;
    if (typeof steps !== 'number' || steps < 1)
      throw new ShapeError(
        `${kind}: it is unrolled over time, so that the number of steps, axis 1 of ${formatShape(x.shape)}, must be known, and above 0`,
      );
    let state = initialState(kind, options.initialState, states, batch!, units);
    const features = sizeOfAxis(kind, x, -1);
    const kernel = makeKernel(variable, [features, gates * units], options);
    const { step, bias } = make(variable);
    // one product for all steps
    const projected = matMul(training ? dropout(x, rate, [batch!, 1, features]) : x, kernel);
    const inputs = unstack(bias === undefined ? projected : add(projected, bias), 1);
    const mask = training && recurrentDropout > 0 ? dropout(fill([batch!, units], 1), recurrentDropout) : undefined;
    const outputs: Sym[] = [];
    for (const input of goBackwards ? [...inputs].reverse() : inputs) {
      const [last] = state;
      state = step(input, state, mask === undefined ? last! : mul(last!, mask));
      outputs.push(state[0]!);
    }
    return { y: returnSequences ? stack(outputs, 1) : state[0]!, state };
  });
}

function initialState(
  kind: string,
  given: readonly Sym[] | undefined,
  count: number,
  batch: Dim,
  units: number,
): readonly Sym[] {
  if (given === undefined) return Array.from({ length: count }, () => fill([batch, units], 0));
  if (given.length !== count) throw new AttributeError(`${kind}: ${count} states, and ${given.length} are given`);
  for (const { rank, shape } of given)
    if (rank !== 2 || shape[1] !== units)
      throw new ShapeError(`${kind}: a state is [batch, ${units}], and one that is given is ${formatShape(shape)}`);
  return given;
}

const recurrentKernel = (
  variable: MakeVariable,
  { units, recurrentInitializer = orthogonal(), recurrentRegularizer: regularizer }: RecurrentOptions,
  gates: number,
) => variable('recurrentKernel', [units, gates * units], recurrentInitializer, { regularizer });

/**
 * A simple recurrent layer: h' = activation(x W + h U + b). Variables `kernel` [n, units], `recurrentKernel` [units, units], `bias`
 * [units].
 * @throws ShapeError if the number of steps or features is unknown; GraphError, AttributeError
 */
export function simpleRNN(x: Sym, options: RecurrentOptions): RecurrentOutput {
  const { units, activation = tanh } = options;
  return recurrent('simpleRNN', x, options, { gates: 1, states: 1 }, (variable) => {
    const kernel = recurrentKernel(variable, options, 1);
    return {
      bias: makeBias(variable, [units], options),
      step: (input, _states, last) => [activation(add(input, matMul(last, kernel)))],
    };
  });
}

export interface LstmOptions extends GatedOptions {
  /** The forget gate's bias starts at 1. Default: true, unless a biasInitializer is given. */
  readonly unitForgetBias?: boolean;
}

/**
 * Long short-term memory. Gates are in Keras's order: input, forget, cell, output. Variables `kernel` [n, 4 units], `recurrentKernel`
 * [units, 4 units], `bias` [4 units]; states h and c.
 *
 * S. Hochreiter, J. Schmidhuber (1997); the forget gate: F. Gers et al. (2000), its bias of 1: R. Jozefowicz et al. (2015).
 * @throws ShapeError if the number of steps or features is unknown; GraphError, AttributeError
 */
export function lstm(x: Sym, options: LstmOptions): RecurrentOutput {
  const { units, activation = tanh, recurrentActivation = sigmoid, biasInitializer } = options;
  const { unitForgetBias = biasInitializer === undefined } = options;
  if (unitForgetBias && biasInitializer !== undefined)
    throw new AttributeError("lstm: 'unitForgetBias' and a 'biasInitializer' both say how the bias starts; give one");
  return recurrent('lstm', x, options, { gates: 4, states: 2 }, (variable) => {
    const kernel = recurrentKernel(variable, options, 4);
    const start = unitForgetBias
      ? Float32Array.from({ length: 4 * units }, (_, i) => (i >= units && i < 2 * units ? 1 : 0))
      : (biasInitializer ?? 0);
    return {
      bias: makeBias(variable, [4 * units], { ...options, biasInitializer: start }),
      step: (input, [, c], last) => {
        const [i, f, g, o] = split(add(input, matMul(last, kernel)), 4, 1);
        const cell = add(mul(recurrentActivation(f!), c!), mul(recurrentActivation(i!), activation(g!)));
        return [mul(recurrentActivation(o!), activation(cell)), cell];
      },
    };
  });
}

export interface GruOptions extends GatedOptions {
  /**
   * Apply the reset gate after the product with the recurrent kernel, which then has its own bias. Default true (tfjs supports only false).
   */
  readonly resetAfter?: boolean;
}

/**
 * Gated recurrent unit. Gates are in Keras's order: update z, reset r, candidate. Variables `kernel` [n, 3 units], `recurrentKernel`
 * [units, 3 units], `bias` [3 units] and, with resetAfter, `recurrentBias` [3 units].
 *
 * K. Cho et al. (2014).
 * @throws ShapeError if the number of steps or features is unknown; GraphError, AttributeError
 */
export function gru(x: Sym, options: GruOptions): RecurrentOutput {
  const { units, activation = tanh, recurrentActivation = sigmoid, resetAfter = true } = options;
  const { useBias = true, biasInitializer = 0 } = options;
  return recurrent('gru', x, options, { gates: 3, states: 1 }, (variable) => {
    const kernel = recurrentKernel(variable, options, 3);
    const recurrentBias =
      useBias && resetAfter
        ? variable('recurrentBias', [3 * units], biasInitializer, { regularizer: options.biasRegularizer })
        : undefined;
    const plusBias = (s: Sym): Sym => (recurrentBias === undefined ? s : add(s, recurrentBias));
    const [gatesKernel, candidateKernel] = resetAfter ? [] : split(kernel, [2 * units, units], 1);
    /** The state's terms of the gates, and of the candidate, which needs the reset gate. */
    const fromState = (h: Sym): readonly [z: Sym, r: Sym, candidate: (reset: Sym) => Sym] => {
      if (!resetAfter) {
        const [z, r] = split(matMul(h, gatesKernel!), 2, 1);
        return [z!, r!, (reset) => matMul(mul(reset, h), candidateKernel!)];
      }
      const [z, r, c] = split(plusBias(matMul(h, kernel)), 3, 1);
      return [z!, r!, (reset) => mul(reset, c!)];
    };
    const step = (input: Sym, [h]: readonly Sym[], last: Sym): readonly Sym[] => {
      const [inputZ, inputR, inputC] = split(input, 3, 1);
      const [stateZ, stateR, stateC] = fromState(last);
      const update = recurrentActivation(add(inputZ!, stateZ));
      const reset = recurrentActivation(add(inputR!, stateR));
      const candidate = activation(add(inputC!, stateC(reset)));
      return [add(mul(update, h!), mul(sub(1, update), candidate))];
    };
    return { bias: makeBias(variable, [3 * units], options), step };
  });
}
