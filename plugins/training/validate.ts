import { CancelledError } from '../../engine/index.ts';
import { type Columns, type Metrics, type Outputs, type PassOptions, pass, type Runnable } from './pass.ts';

export type ValidateOptions<D extends Columns, O extends Outputs> = Omit<
  PassOptions<D, O>,
  'shuffle' | 'seed' | 'epoch'
>;

/**
 * Means over examples of a program's outputs of one element, and of metrics: how good a model is on data that it was not trained on.
 * The program makes no updates: compile one over the trained one's variables, of a graph that is built for use.
 * @throws CancelledError when `signal` says so; FeedError, AttributeError as `batches`
 */
export async function validate<D extends Columns, O extends Outputs>(
  program: Runnable<O>,
  data: D,
  options: ValidateOptions<D, O>,
): Promise<Metrics> {
  const { means, whole } = await pass(program, data, { ...options, shuffle: false });
  if (!whole) throw new CancelledError('the validation was cancelled', { cause: options.signal?.reason });
  return means;
}
