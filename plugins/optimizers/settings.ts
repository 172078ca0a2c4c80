/** Schemas of the optimizers' settings: checks, defaults, and descriptions for error messages. */
import { type Attr, attr, type DefaultedAttr, isSym, type Sym, type SymLike } from '../../engine/index.ts';
import type { VariableFilter } from './variables.ts';

/** A function of the number of updates made so far, a float32 scalar that is 0 in the first run. */
export type Schedule = (step: Sym) => SymLike;

/** A number; a float32 scalar, such as a variable that is set between runs; or a schedule. */
export type LearningRate = number | Sym | Schedule;

const finite = (v: unknown): v is number => Number.isFinite(v);
const custom = <T>(expects: string, accepts: (v: unknown) => boolean): Attr<T> =>
  attr.custom(expects, (v) => (accepts(v) ? (v as T) : undefined));

const NUMBER = custom<number>('a finite number', finite);
const FRACTION = custom<number>('a number in [0, 1)', (v) => finite(v) && v >= 0 && v < 1);
const RATE = custom<LearningRate>(
  'a finite number, a float32 scalar or a function of the step',
  (v) => finite(v) || isSym(v) || typeof v === 'function',
);
const FILTER = custom<VariableFilter>(
  'a list or a record of variables, or a function',
  (v) => typeof v === 'function' || (typeof v === 'object' && v !== null),
);

export const number = (value: number): DefaultedAttr<number> => ({ ...NUMBER, default: value });
/** For decays and momenta. */
export const fraction = (value: number): DefaultedAttr<number> => ({ ...FRACTION, default: value });
export const filter = (value: VariableFilter): DefaultedAttr<VariableFilter> => ({ ...FILTER, default: value });
/** @param value the default; without it, the setting is required */
export const learningRate = (value?: number): Attr<LearningRate> =>
  value === undefined ? RATE : ({ ...RATE, default: value } as DefaultedAttr<LearningRate>);
