/**
 * The typed errors. Each says what was expected, and where it can, which node and which line of the user's code it is about.
 * All extend `RetrographError`, so `catch (e) { if (e instanceof RetrographError) ... }` catches every failure the library knows of.
 */

/** What an error is about: the node's label and the user's line, both optional. */
export interface ErrorContext {
  /** Label of the node, such as `h1` or `Tanh_12`. */
  readonly node?: string | undefined;
  /** The user's line, such as `train.ts:12:20`. */
  readonly site?: string | undefined;
  readonly cause?: unknown;
}

export class RetrographError extends Error {
  readonly node: string | undefined;
  readonly site: string | undefined;

  constructor(message: string, context: ErrorContext = {}) {
    const where = context.site !== undefined && !message.includes(context.site) ? `\n  at ${context.site}` : '';
    super(message + where, context.cause === undefined ? undefined : { cause: context.cause });
    this.name = new.target.name;
    this.node = context.node;
    this.site = context.site;
  }
}

/** Shapes that do not fit each other, or an op. */
export class ShapeError extends RetrographError {}
/** A dtype that an op does not take. */
export class DTypeError extends RetrographError {}
/** An attribute that its op's schema refuses. */
export class AttributeError extends RetrographError {}
/** A graph put together wrongly: two graphs mixed, two ops of one name, a name taken twice. */
export class GraphError extends RetrographError {}
/** A gradient was asked for along a path that does not exist. */
export class NoPathError extends RetrographError {}
/** A path to be differentiated runs through an input that its op declares not differentiable. */
export class NotDifferentiableError extends RetrographError {}
/** A gradient rule that broke its contract (a wrong shape, a wrong count). */
export class GradientRuleError extends RetrographError {}
/** `checkGradient` found an analytic gradient that finite differences contradict. */
export class GradientMismatchError extends RetrographError {}
/** Feeds that are missing, unknown or misshapen; one error lists them all. */
export class FeedError extends RetrographError {}
/** A document that is not a graph, or not one that this version reads. */
export class SerializationError extends RetrographError {}
/** A backend that is unknown, unavailable or failed to start. */
export class BackendError extends RetrographError {}
/** A device that is gone, with all that it held: a lost context, a destroyed device, a browser or a worker that ended. */
export class DeviceLostError extends BackendError {}
/** A tensor that is too large for the device, or has values that it cannot hold. */
export class LimitError extends RetrographError {}
/** An op that the chosen backend can neither run nor have replaced, or a function of tf that no static graph can have. */
export class UnsupportedOpError extends RetrographError {}
/** A variable whose type does not match, that is missing, or whose store is closed or invalid. */
export class VariableError extends RetrographError {}
/** An index that is out of range, found when a run came to it. */
export class IndexError extends RetrographError {}
/** A value that is not finite, found by `checkNumerics`. */
export class NumericsError extends RetrographError {}
/** A program used in a state that does not allow it: disposed, or `runSync` while a run is pending. */
export class ProgramStateError extends RetrographError {}
/** A run cancelled by its signal; no variable changed. */
export class CancelledError extends RetrographError {}
/** A plugin that cannot be loaded or that clashes with another. */
export class PluginError extends RetrographError {}
