/** The layer `dense`. */
import { formatShape, ShapeError, type Sym } from '../../engine/index.ts';
import { matMul } from '../../ops/matrix/mat-mul.ts';
import type { Activation, BiasOptions, KernelOptions, LayerOptions } from './layer.ts';
import { layer, makeKernel, requireActivation, requireCount, sizeOfAxis, withBias } from './layer.ts';

export interface DenseOptions extends LayerOptions, KernelOptions, BiasOptions {
  readonly units: number;
  readonly activation?: Activation;
}

/**
 * activation(x W + b), along the last axis of x: float32[..., n] to float32[..., units]. Variables `kernel` [n, units], `bias` [units].
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function dense(x: Sym, options: DenseOptions): Sym {
  const { units, activation } = options;
  requireCount('dense', 'units', units);
  requireActivation('dense', 'activation', activation);
  return layer('dense', x, options, (variable) => {
    if (x.rank < 2)
      throw new ShapeError(`dense: an input of rank 2 or more is expected, and this one is ${formatShape(x.shape)}`);
    const kernel = makeKernel(variable, [sizeOfAxis('dense', x, -1), units], options);
    const y = withBias(variable, matMul(x, kernel), units, options);
    return activation === undefined ? y : activation(y);
  });
}
