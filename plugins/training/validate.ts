/** Validation of a program on data. */
import { CancelledError } from '../../engine/index.ts';
import { type Columns, type Metrics, type Outputs, type PassOptions, pass, type Runnable } from './pass.ts';

export type ValidateOptions<D extends Columns, O extends Outputs> = Omit<
  PassOptions<D, O>,
  'shuffle' | 'seed' | 'epoch'
>;

/**
 * Means over examples of a program's outputs of one element and of metrics, to judge a model on data that it was not trained on. The
 * program makes no updates: compile one from the inference graph, with the variables of the trained program.
 * @throws CancelledError if `signal` is aborted; FeedError, AttributeError as `batches`
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
