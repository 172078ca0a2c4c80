/** The engine's exports for users, in browsers and in Node. `engine.ts` has more, for authors of ops, passes and backends. */
export type { DimBindings } from '../engine/attr.ts';
export type { GraphDocument } from '../engine/build/document.ts';
export { Graph, type VariableOptions } from '../engine/build/graph.ts';
export type { InitializerFactory, ReadOptions } from '../engine/build/serialize.ts';
export { isSym, type Node, type Sym, type SymLike } from '../engine/build/sym.ts';
export { assign, type Update } from '../engine/build/update.ts';
export { type CustomRule, type CustomRuleContext, customGradient } from '../engine/differentiate/custom-gradient.ts';
export {
  type GradientOptions,
  gradients,
  hvp,
  jvp,
  type MapTree,
  type PathOptions,
  type SymTree,
  vjp,
} from '../engine/differentiate/gradients.ts';
export { hessian, jacobian } from '../engine/differentiate/jacobian.ts';
export { type Dim, type DimExpr, type DimLike, dim } from '../engine/dim/index.ts';
export {
  AttributeError,
  BackendError,
  CancelledError,
  DeviceLostError,
  DimError,
  DTypeError,
  FeedError,
  GradientMismatchError,
  GradientRuleError,
  GraphError,
  IndexError,
  LimitError,
  NoPathError,
  NotDifferentiableError,
  NumericsError,
  PluginError,
  ProgramStateError,
  RetrographError,
  RewriteError,
  SerializationError,
  ShapeError,
  UnsupportedOpError,
  VariableError,
} from '../engine/errors.ts';
export type { Initializer, InitializerLike } from '../engine/initializer.ts';
export type { PassSwitches, PlacedPass } from '../engine/optimize/pipeline.ts';
export type { ProgramGraph } from '../engine/optimize/program-graph.ts';
export type { Plan, Step } from '../engine/plan/plan.ts';
export { constant } from '../engine/primitives/constant.ts';
export { map } from '../engine/primitives/map.ts';
export { stopGradient } from '../engine/primitives/stop-gradient.ts';
export { type Printable, print } from '../engine/print.ts';
export {
  type Availability,
  type Backend,
  type DeviceDetails,
  type DeviceValue,
  HostTensor,
  type HostValue,
  type Memory,
  type StepReport,
} from '../engine/run/backend.ts';
export { compileSync } from '../engine/run/compile.ts';
export type { Feeds, FeedValue } from '../engine/run/feeds.ts';
export { type DeviceResults, type HostResults, Program, type RunOptions } from '../engine/run/program.ts';
export type { VariablesSnapshot } from '../engine/run/snapshot.ts';
export { type LoadOptions, Variables } from '../engine/run/variables.ts';
export { type DType, type NestedArray, type Shape, sizeOf, type TensorType, type TypedArray } from '../engine/types.ts';
