/** Finds source lines: of a gradient rule, and of an error in a sample. */

/**
 * The source line of a function as `path/file.ts:12:20`, by source maps. The function is called with arguments that throw when they are
 * read, and the error's stack has the line. undefined if it reads nothing.
 */
export function lineOf(rule: unknown): string | undefined {
  if (typeof rule !== 'function') return undefined;
  const trap = new Proxy({}, { get: refuse });
  try {
    rule(trap, trap);
  } catch (e) {
    return locationIn(e as Error);
  }
  return undefined;
}

function refuse(): never {
  const error = new Error('read');
  Error.captureStackTrace?.(error, refuse);
  throw error;
}

/** Where an error was thrown: the first line of its stack that names a file. */
export function locationIn({ stack = '' }: Error): string | undefined {
  const location = /\(?((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/])[^()\n]*:\d+:\d+)\)?/.exec(stack)?.[1];
  const path = location?.replace(/^file:\/\//, '');
  const cwd = `${process.cwd()}/`;
  return path?.startsWith(cwd) ? path.slice(cwd.length) : path;
}
