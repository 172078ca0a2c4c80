/**
 * Where in the user's code a node was made. A site is captured raw, which costs a microsecond, and turned into a source line
 * (source maps applied) only when it is shown: 100,000 formatted stacks would cost seconds.
 */

/** An object that holds a raw stack; V8 formats it at the first read of `stack`. */
export interface Site {
  readonly stack?: string;
}

// Frames under this folder are the library's own; the first frame outside is the user's line.
const LIBRARY = import.meta.url?.replace(/engine\/build\/[^/]*$/, '') ?? '-';
const INTERNAL = /^(?:engine|ops|plugins|backends|bin|index\.(?:node|browser))\b/;
const FRAMES = 12;

/** Captures the present stack, without `inner` and what it called. */
export function captureSite(inner: (...args: never[]) => unknown): Site {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const site: Site = {};
  if (Error.captureStackTrace) Error.captureStackTrace(site, inner);
  else Object.defineProperty(site, 'stack', { value: new Error().stack });
  Error.stackTraceLimit = limit;
  return site;
}

/** `path/file.ts:12:20`, or undefined where no frame of the user's is left in the stack. */
export function formatSite(site: Site | undefined): string | undefined {
  for (const line of site?.stack?.split('\n') ?? []) {
    const location = /\(?((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/]|webpack:|node:)[^()]*:\d+:\d+)\)?$/.exec(
      line,
    )?.[1];
    if (location === undefined || location.startsWith('node:') || isLibrary(location)) continue;
    return shorten(location);
  }
  return undefined;
}

function isLibrary(location: string): boolean {
  const url = location.startsWith('/') ? `file://${location}` : location;
  return url.startsWith(LIBRARY) && INTERNAL.test(url.slice(LIBRARY.length));
}

function shorten(location: string): string {
  const path = location.replace(/^file:\/\//, '');
  const cwd = typeof process === 'object' && typeof process.cwd === 'function' ? `${process.cwd()}/` : undefined;
  return cwd !== undefined && path.startsWith(cwd) ? path.slice(cwd.length) : path;
}
