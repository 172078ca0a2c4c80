/** Whether a metric gets better: what early stopping and the reduction of rates go by. */
import { AttributeError } from '../../engine/index.ts';
import type { Metrics } from './pass.ts';

export interface PlateauOptions {
  /** The metric that is looked at after each epoch: 'val_loss'. */
  readonly monitor?: string;
  /** How many epochs without improvement are put up with. */
  readonly patience?: number;
  /** A change below this is none. */
  readonly minDelta?: number;
  /** What is better: 'min', 'max', or 'auto' (the default): 'max' for names with acc, auc, precision or recall in them. */
  readonly mode?: 'auto' | 'min' | 'max';
}

const MODES = ['auto', 'min', 'max'];

/** The sign of what is better. */
const signOf = (monitor: string, mode: string): 1 | -1 =>
  mode === 'max' || (mode === 'auto' && /acc|auc|precision|recall/i.test(monitor)) ? 1 : -1;

/** Says of each epoch's metrics whether they are the best so far. @throws AttributeError for settings that make no sense */
export function watch(
  who: string,
  { monitor = 'val_loss', patience = 0, minDelta = 0, mode = 'auto' }: PlateauOptions,
  start?: number,
): (metrics: Metrics) => boolean {
  if (!MODES.includes(mode))
    throw new AttributeError(`${who}: mode is ${MODES.map((m) => `'${m}'`).join(' or ')}, not ${JSON.stringify(mode)}`);
  for (const [name, value] of Object.entries({ patience, minDelta }))
    if (!(Number.isFinite(value) && value >= 0))
      throw new AttributeError(`${who}: ${name} is a number of at least 0, not ${String(value)}`);
  const sign = signOf(monitor, mode);
  let best = start === undefined ? Number.NEGATIVE_INFINITY : sign * start;
  return (metrics) => {
    const value = metrics[monitor];
    if (value === undefined)
      throw new AttributeError(
        `${who}: there is no metric '${monitor}' to monitor; there are ${Object.keys(metrics).join(', ') || 'none'}${monitor.startsWith('val_') ? '; val_ ones come with { validation }' : ''}`,
      );
    const better = sign * value > best + minDelta;
    if (better) best = sign * value;
    return better;
  };
}
