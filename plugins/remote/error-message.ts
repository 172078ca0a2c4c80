/** Errors on their way between two threads: an error's class goes by the name under which it is exported. */
import type { ErrorClass } from '../../engine/error-class.ts';
import * as errors from '../../engine/errors.ts';
import type { ErrorMessage, Phase } from './messages.ts';

const classes = errors as unknown as Readonly<Record<string, ErrorClass>>;

export function toMessage(error: unknown, phase?: Phase): ErrorMessage {
  const { name, message, node } = error as Error & { node?: string };
  return { name, message: message ?? String(error), node, phase };
}

/** @param siteOf the line of the user's that made a node, which only the side that compiled knows */
export function fromMessage(
  { name, message, node }: ErrorMessage,
  siteOf: (label: string) => string | undefined = () => undefined,
): Error {
  const Class = Object.hasOwn(classes, name) ? classes[name]! : errors.BackendError;
  return new Class(message, { node, site: node === undefined ? undefined : siteOf(node) });
}
