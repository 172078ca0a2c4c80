/** Sends errors between threads. An error's class is sent as the name of its export. */
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

/** @param siteOf gives the user's line that made a node, which only the compiling side knows */
export function fromMessage(
  { name, message, node, updates }: ErrorMessage,
  siteOf: (label: string) => string | undefined = () => undefined,
): Error {
  const Class = Object.hasOwn(classes, name) ? classes[name]! : errors.BackendError;
  const error = new Class(message, { node, site: node === undefined ? undefined : siteOf(node) });
  return updates === undefined ? error : new RunFailure(updates, error);
}
