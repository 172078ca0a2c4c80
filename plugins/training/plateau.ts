/** Detects whether a metric improves, for early stopping and for the reduction of learning rates. */
import { AttributeError } from '../../engine/index.ts';
import type { Metrics } from './pass.ts';

export interface PlateauOptions {
  /** The metric to look at after each epoch. Default 'val_loss'. */
  readonly monitor?: string;
  /** The number of epochs without improvement to wait for. */
  readonly patience?: number;
  /** A smaller change is no improvement. */
  readonly minDelta?: number;
  /**
   * Whether smaller ('min') or larger ('max') is better. 'auto' (the default) is 'max' for names that contain acc, auc, precision or
   * recall.
   */
  readonly mode?: 'auto' | 'min' | 'max';
}

const MODES = ['auto', 'min', 'max'];

/** 1 if larger is better, otherwise -1. */
const signOf = (monitor: string, mode: string): 1 | -1 =>
  mode === 'max' || (mode === 'auto' && /acc|auc|precision|recall/i.test(monitor)) ? 1 : -1;

/** A function that tells whether an epoch's metrics are the best so far. @throws AttributeError for invalid settings */
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
