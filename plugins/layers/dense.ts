import { formatShape, type InitializerLike, ShapeError, type Sym } from '../../engine/index.ts';
import { matMul } from '../../ops/matrix/mat-mul.ts';
import { glorotUniform } from '../initializers/index.ts';
import {
  type Activation,
  type BiasOptions,
  type LayerOptions,
  layer,
  requireActivation,
  requireCount,
  sizeOfAxis,
  withBias,
} from './layer.ts';

export interface DenseOptions extends LayerOptions, BiasOptions {
  readonly units: number;
  readonly activation?: Activation;
  /** glorotUniform */
  readonly kernelInitializer?: InitializerLike;
}

/**
 * activation(x W + b), along the last axis of x: float32[..., n] to float32[..., units]. Variables `kernel` [n, units], `bias` [units].
 * @throws ShapeError where n is unknown; GraphError, AttributeError
 */
export function dense(x: Sym, options: DenseOptions): Sym {
  const { units, activation, kernelInitializer = glorotUniform() } = options;
  requireCount('dense', 'units', units);
  requireActivation('dense', 'activation', activation);
  return layer('dense', x, options, (variable) => {
    if (x.rank < 2)
      throw new ShapeError(`dense: an input of rank 2 or more is expected, and this one is ${formatShape(x.shape)}`);
    const kernel = variable('kernel', [sizeOfAxis('dense', x, -1), units], kernelInitializer);
    const y = withBias(variable, matMul(x, kernel), units, options);
    return activation === undefined ? y : activation(y);
  });
}
