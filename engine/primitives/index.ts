/** The list of primitives: the ops that the engine itself makes nodes of. */
import type { AnyOp } from '../op.ts';
import { AddN } from './add-n.ts';
import { BroadcastTo } from './broadcast-to.ts';
import { Call } from './call.ts';
import { Cast } from './cast.ts';
import { Complex, Imag, Real } from './complex.ts';
import { Constant } from './constant.ts';
import { DimValue } from './dim-value.ts';
import { Fill } from './fill.ts';
import { Deinterleave, Interleave } from './interleave.ts';
import { Iota } from './iota.ts';
import { MapOp } from './map.ts';
import { Parameter } from './parameter.ts';
import { Placeholder } from './placeholder.ts';
import { RandomState } from './random-state.ts';
import { Reshape } from './reshape.ts';
import { Select } from './select.ts';
import { StopGradient } from './stop-gradient.ts';
import { Sum } from './sum.ts';
import { Variable } from './variable.ts';

export const primitives: readonly AnyOp[] = [
  Placeholder,
  Variable,
  RandomState,
  Parameter,
  Constant,
  DimValue,
  Fill,
  Iota,
  AddN,
  Sum,
  Reshape,
  BroadcastTo,
  Select,
  Cast,
  Complex,
  Real,
  Imag,
  Interleave,
  Deinterleave,
  StopGradient,
  Call,
  MapOp,
];
