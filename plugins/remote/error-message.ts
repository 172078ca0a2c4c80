/** Errors on their way between two threads: an error's class goes by the name under which it is exported. */
import type { ErrorClass } from '../../engine/error-class.ts';
import * as errors from '../../engine/errors.ts';
import { RunFailure } from '../../engine/index.ts';
import type { ErrorMessage } from './messages.ts';

const classes = errors as unknown as Readonly<Record<string, ErrorClass>>;

export function toMessage(error: unknown): ErrorMessage {
  if (error instanceof RunFailure) return { ...toMessage(error.cause), updates: error.updates };
  const { name, message, node } = error as Error & { node?: string };
  return { name, message: message ?? String(error), node };
}

/** @param siteOf the line of the user's that made a node, which only the side that compiled knows */
export function fromMessage(
  { name, message, node, updates }: ErrorMessage,
  siteOf: (label: string) => string | undefined = () => undefined,
): Error {
  const Class = Object.hasOwn(classes, name) ? classes[name]! : errors.BackendError;
  const error = new Class(message, { node, site: node === undefined ? undefined : siteOf(node) });
  return updates === undefined ? error : new RunFailure(updates, error);
}
