/**
 * The typed errors. Each says what was expected and, where known, which node and which line of the user's code caused it. All extend
 * `RetrographError`, so `catch (e) { if (e instanceof RetrographError) ... }` catches every failure that the library detects. Each class
 * has its name as a string, because minifiers change the names of classes; the abstract `name` makes that a compile-time requirement.
 */

/** The context of an error. */
export interface ErrorContext {
  /** Label of the node, such as `h1` or `Tanh_12`. */
  readonly node?: string | undefined;
  /** The user's line, such as `train.ts:12:20`. */
  readonly site?: string | undefined;
  /** The public name of the function that the user called: `losses.huberLoss`. */
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
    // consoles list enumerable fields after the message: hide undefined ones, and `detail`, which repeats the message
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
/** An argument, an option or an attribute that is missing, unknown or of the wrong type. */
export class AttributeError extends RetrographError {
  override readonly name = 'AttributeError';
}
/** A graph built incorrectly: two graphs mixed, two ops with one name, a name used twice. */
export class GraphError extends RetrographError {
  override readonly name = 'GraphError';
}
/** A gradient of a value by another one that it does not depend on. */
export class NoPathError extends RetrographError {
  override readonly name = 'NoPathError';
}
/** A gradient's path runs through an input that its op declares NOT_DIFFERENTIABLE. */
export class NotDifferentiableError extends RetrographError {
  override readonly name = 'NotDifferentiableError';
}
/** A gradient rule that broke its contract: a wrong shape, dtype or number of results. */
export class GradientRuleError extends RetrographError {
  override readonly name = 'GradientRuleError';
}
/** A rewrite or a pass that broke its contract: a bug of the library or of a plugin, not of the program. */
export class RewriteError extends RetrographError {
  override readonly name = 'RewriteError';
}
/** `checkGradient` found a gradient that differs from finite differences. */
export class GradientMismatchError extends RetrographError {
  override readonly name = 'GradientMismatchError';
}
/** Feeds that are missing, unknown or of the wrong dtype or shape; one error lists them all. */
export class FeedError extends RetrographError {
  override readonly name = 'FeedError';
}
/** A document that is not a graph, or that this version cannot read. */
export class SerializationError extends RetrographError {
  override readonly name = 'SerializationError';
}
/** A backend that is unknown, unavailable or failed to start. */
export class BackendError extends RetrographError {
  override readonly name: string = 'BackendError';
}
/** A device that was lost with all its values: a lost context, a destroyed device, a browser or a worker that ended. */
export class DeviceLostError extends BackendError {
  override readonly name = 'DeviceLostError';
}
/** A tensor that is too large for the device, or has values that the device cannot represent. */
export class LimitError extends RetrographError {
  override readonly name = 'LimitError';
}
/** An op that the backend cannot run and no rule replaces, or a tf function that a static graph cannot contain. */
export class UnsupportedOpError extends RetrographError {
  override readonly name = 'UnsupportedOpError';
}
/** A variable that is missing or has another type, or a store that is disposed or invalid. */
export class VariableError extends RetrographError {
  override readonly name = 'VariableError';
}
/** An index that is out of range, found at run time. */
export class IndexError extends RetrographError {
  override readonly name = 'IndexError';
}
/** A value that is not finite, found by `checkNumerics`. */
export class NumericsError extends RetrographError {
  override readonly name = 'NumericsError';
}
/** A call that the program's state does not allow: after `dispose`, or `runSync` while a run is pending. */
export class ProgramStateError extends RetrographError {
  override readonly name = 'ProgramStateError';
}
/** A run cancelled by its signal; no variable changed. */
export class CancelledError extends RetrographError {
  override readonly name = 'CancelledError';
}
/** A plugin that cannot be loaded, or that conflicts with another. */
export class PluginError extends RetrographError {
  override readonly name = 'PluginError';
}
/** A dim that cannot be parsed, built or evaluated. */
export class DimError extends RetrographError {
  override readonly name = 'DimError';
}
