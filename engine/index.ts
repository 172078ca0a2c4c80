/** The engine's exports to the rest of the library. */
export * from './attr.ts';
export { captureSite, formatSite } from './build/callsite.ts';
export { apart, building, deriving, requireAtLeast, requireEqual, surroundings } from './build/context.ts';
export type { GraphDocument } from './build/document.ts';
export { apply, close, inline, makeFn, regionsOf, trace } from './build/function.ts';
export { Graph, graphOf, type VariableOptions } from './build/graph.ts';
export type { InitializerFactory, ReadOptions } from './build/serialize.ts';
export { type DimCheck, type Fn, isSym, Node, Sym, type SymLike, toShape } from './build/sym.ts';
export { NodeTable } from './build/table.ts';
export { toposort } from './build/toposort.ts';
export { assign, requireOneUpdateEach, type Update, variableName } from './build/update.ts';
export { verify } from './build/verify.ts';
export { type CustomRule, type CustomRuleContext, customGradient } from './differentiate/custom-gradient.ts';
export {
  type GradientOptions,
  gradients,
  hvp,
  jvp,
  type MapTree,
  type PathOptions,
  type SymTree,
  vjp,
} from './differentiate/gradients.ts';
export { hessian, jacobian } from './differentiate/jacobian.ts';
export * from './dim/index.ts';
export * from './errors.ts';
export { expose } from './expose.ts';
export * from './initializer.ts';
export { flatten, nest } from './literal.ts';
export * from './op.ts';
export { expand } from './optimize/expand.ts';
export { expressionOf } from './optimize/expression-of.ts';
export { isReady, meansKernel, needsKernel, waitsForNumbers } from './optimize/legalize.ts';
export { type Matched, match, type NodePattern, type Pattern, pattern } from './optimize/pattern.ts';
export * from './optimize/pipeline.ts';
export { nodesOf, type ProgramGraph, rewriteProgram, rootsOf } from './optimize/program-graph.ts';
export { simplify } from './optimize/simplify.ts';
export type { FusionRule, LegalizeRule, Rewrite, Target } from './optimize/target.ts';
export {
  type DrawStep,
  type KernelStep,
  type LoopStep,
  nodeOfStep,
  type Plan,
  plansIn,
  type Slot,
  type Step,
  type Value,
} from './plan/plan.ts';
export { makePlan } from './plan/planner.ts';
export { AddN, addN } from './primitives/add-n.ts';
export { BroadcastTo, broadcastAxes, broadcastShapes, broadcastTo } from './primitives/broadcast-to.ts';
export { Call, requireArguments } from './primitives/call.ts';
export { Cast, cast } from './primitives/cast.ts';
export { Complex, complexOf, Imag, imagPart, Real, realPart } from './primitives/complex.ts';
export { Constant, constant } from './primitives/constant.ts';
export { DimValue, dimValue } from './primitives/dim-value.ts';
export { Fill, fill, fillValue, isZeroCotangent, zeroCotangent } from './primitives/fill.ts';
export { primitives } from './primitives/index.ts';
export { Deinterleave, Interleave } from './primitives/interleave.ts';
export { Iota, iota } from './primitives/iota.ts';
export { MapOp, map } from './primitives/map.ts';
export { Parameter } from './primitives/parameter.ts';
export { Placeholder } from './primitives/placeholder.ts';
export { RandomState } from './primitives/random-state.ts';
export { Reshape, reshape, sameShape } from './primitives/reshape.ts';
export { Select, select } from './primitives/select.ts';
export { StopGradient, stopGradient } from './primitives/stop-gradient.ts';
export { reducedShape, requireAxes, Sum, sumAxes } from './primitives/sum.ts';
export { Variable } from './primitives/variable.ts';
export { type Printable, print } from './print.ts';
export { randomCounts, randomState } from './random.ts';
export * from './run/backend.ts';
export { nextTurn, requireNotCancelled } from './run/cancel.ts';
export { type CheckGradientOptions, checkGradient } from './run/check-gradient.ts';
export { COMPILE_OPTIONS, type CompileOptions, compile, compileSync, evaluate } from './run/compile.ts';
export * from './run/device.ts';
export { type Bindings, Executor, type Finished } from './run/executor.ts';
export type { Feeds, FeedValue } from './run/feeds.ts';
export { type DeviceResults, type HostResults, Program, type RunOptions } from './run/program.ts';
export type { VariablesSnapshot } from './run/snapshot.ts';
export { type LoadOptions, Variables, type VariablesOptions } from './run/variables.ts';
export { type ScalarLike, scalar } from './scalar/build.ts';
export type { Scalar } from './scalar/expression.ts';
export * from './slots.ts';
export * from './types.ts';
