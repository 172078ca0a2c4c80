/**
 * The typed errors. Each says what was expected, and where it can, which node and which line of the user's code it is about.
 * All extend `RetrographError`, so `catch (e) { if (e instanceof RetrographError) ... }` catches every failure the library knows of.
 * Each has its name as a text, which minifying leaves alone, as it does not the names of classes; none compiles without one.
 */

/** What an error is about, each optional. */
export interface ErrorContext {
  /** Label of the node, such as `h1` or `Tanh_12`. */
  readonly node?: string | undefined;
  /** The user's line, such as `train.ts:12:20`. */
  readonly site?: string | undefined;
  /** The function that refused its arguments, as the user called it: `losses.huberLoss`. */
  readonly call?: string | undefined;
  readonly cause?: unknown;
}

export abstract class RetrographError extends Error {
  abstract override readonly name: string;
  /** The message without the line. */
  readonly detail: string;
  readonly node: string | undefined;
  readonly site: string | undefined;
  readonly call: string | undefined;

  constructor(message: string, { node, site, call, cause }: ErrorContext = {}) {
    const where = site !== undefined && !message.includes(site) ? `\n  at ${site}` : '';
    super(message + where, cause === undefined ? undefined : { cause });
    this.detail = message;
    this.node = node;
    this.site = site;
    this.call = call;
    // what consoles show besides the message is what there is, and not the message again
    for (const key of ['detail', 'node', 'site', 'call'] as const)
      if (key === 'detail' || this[key] === undefined) Object.defineProperty(this, key, { enumerable: false });
  }
}

/** Shapes that do not fit each other, or an op. */
export class ShapeError extends RetrographError {
  override readonly name = 'ShapeError';
}
/** A dtype that an op does not take. */
export class DTypeError extends RetrographError {
  override readonly name = 'DTypeError';
}
/** An argument, an option or an attribute that is missing, unknown or not of the kind that is expected. */
export class AttributeError extends RetrographError {
  override readonly name = 'AttributeError';
}
/** A graph put together wrongly: two graphs mixed, two ops of one name, a name taken twice. */
export class GraphError extends RetrographError {
  override readonly name = 'GraphError';
}
/** A gradient was asked for along a path that does not exist. */
export class NoPathError extends RetrographError {
  override readonly name = 'NoPathError';
}
/** A path to be differentiated runs through an input that its op declares not differentiable. */
export class NotDifferentiableError extends RetrographError {
  override readonly name = 'NotDifferentiableError';
}
/** A gradient rule that broke its contract (a wrong shape, a wrong count). */
export class GradientRuleError extends RetrographError {
  override readonly name = 'GradientRuleError';
}
/** A rewrite, or a pass, that broke its contract: a fault of the library's, or of a plugin's, and not of the program. */
export class RewriteError extends RetrographError {
  override readonly name = 'RewriteError';
}
/** `checkGradient` found an analytic gradient that finite differences contradict. */
export class GradientMismatchError extends RetrographError {
  override readonly name = 'GradientMismatchError';
}
/** Feeds that are missing, unknown or misshapen; one error lists them all. */
export class FeedError extends RetrographError {
  override readonly name = 'FeedError';
}
/** A document that is not a graph, or not one that this version reads. */
export class SerializationError extends RetrographError {
  override readonly name = 'SerializationError';
}
/** A backend that is unknown, unavailable or failed to start. */
export class BackendError extends RetrographError {
  override readonly name: string = 'BackendError';
}
/** A device that is gone, with all that it held: a lost context, a destroyed device, a browser or a worker that ended. */
export class DeviceLostError extends BackendError {
  override readonly name = 'DeviceLostError';
}
/** A tensor that is too large for the device, or has values that it cannot hold. */
export class LimitError extends RetrographError {
  override readonly name = 'LimitError';
}
/** An op that the chosen backend can neither run nor have replaced, or a function of tf that no static graph can have. */
export class UnsupportedOpError extends RetrographError {
  override readonly name = 'UnsupportedOpError';
}
/** A variable whose type does not match, that is missing, or whose store is closed or invalid. */
export class VariableError extends RetrographError {
  override readonly name = 'VariableError';
}
/** An index that is out of range, found when a run came to it. */
export class IndexError extends RetrographError {
  override readonly name = 'IndexError';
}
/** A value that is not finite, found by `checkNumerics`. */
export class NumericsError extends RetrographError {
  override readonly name = 'NumericsError';
}
/** A program used in a state that does not allow it: disposed, or `runSync` while a run is pending. */
export class ProgramStateError extends RetrographError {
  override readonly name = 'ProgramStateError';
}
/** A run cancelled by its signal; no variable changed. */
export class CancelledError extends RetrographError {
  override readonly name = 'CancelledError';
}
/** A plugin that cannot be loaded or that clashes with another. */
export class PluginError extends RetrographError {
  override readonly name = 'PluginError';
}
/** A dim that cannot be read, built or evaluated. */
export class DimError extends RetrographError {
  override readonly name = 'DimError';
}
