/**
 * Where in the user's code a node was made. A site is captured raw, which costs a microsecond, and turned into a source line
 * (source maps applied) only when it is shown: 100,000 formatted stacks would cost seconds.
 *
 * It is the first frame below the function that the user has entered the library by (see expose.ts), in a bundle too, where all code
 * is in one file. Who calls functions that are not exposed, as authors of ops do, is found where the library has files of its own: below
 * the frames of these.
 */

/** An object that holds a raw stack; V8 formats it at the first read of `stack`. */
export interface Site {
  readonly stack?: string;
}

/** Between a call and a user's line there may be frames without a place, such as Array.map's, and of functions that are not exposed. */
const FRAMES = 10;

/** The folder of the package, by the address of this module; undefined in a bundle, whose address is another, or none. */
const PACKAGE = /^(.*?\/)(?:dist\/(?:cjs\/)?)?engine\/build\/[^/]*$/.exec(stripped(import.meta.url ?? ''))?.[1];
/** Its files: compiled ones, and by their source maps those that they were made of. */
const OWN = /^(?:dist\/(?:cjs\/)?)?(?:engine|ops|plugins|backends|bin|face|index\.\w+)\b/;

// biome-ignore lint/suspicious/noExplicitAny: any function
export type Entered = (...args: any[]) => unknown;

/** Captures the present stack below `entered`, a function that is on it. Empty in engines that cannot. */
export function captureSite(entered: Entered): Site {
  const site: Site = {};
  if (typeof Error.captureStackTrace !== 'function') return site;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(site, entered);
  Error.stackTraceLimit = limit;
  return site;
}

/** V8's `at f (place:1:2)`, and JavaScriptCore's and Firefox's `f@place:1:2`. */
const FRAME = /^(?:\s*at (?:.*? \()?|[^@]*@)(.+:\d+:\d+)\)?$/;

/** `path/file.ts:12:20`, or undefined where there is no frame with a place. */
export function formatSite(site: Site | undefined): string | undefined {
  for (const line of site?.stack?.split('\n') ?? []) {
    const location = FRAME.exec(line)?.[1];
    if (location !== undefined && !location.startsWith('node:') && !isOwn(location)) return shorten(location);
  }
  return undefined;
}

function isOwn(location: string): boolean {
  const path = stripped(location);
  return PACKAGE !== undefined && path.startsWith(PACKAGE) && OWN.test(path.slice(PACKAGE.length));
}

function stripped(location: string): string {
  return location.replace(/^file:\/\//, '');
}

function shorten(location: string): string {
  const path = location.startsWith('file://') ? decoded(stripped(location)) : location;
  const cwd = typeof process === 'object' && typeof process.cwd === 'function' ? `${process.cwd()}/` : undefined;
  return cwd !== undefined && path.startsWith(cwd) ? path.slice(cwd.length) : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a name with a % of its own
  }
}
