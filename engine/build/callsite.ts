/**
 * Call sites: the line of the user's code that made a node. A site is captured as a raw stack, which costs a microsecond, and formatted
 * (source maps applied) only when it is shown: formatting 100,000 stacks would cost seconds.
 *
 * The site is the first frame below the exposed function that the user called (see expose.ts); this also works in a bundle, where all code
 * is in one file. For functions that are not exposed, which authors of ops call, it is the first frame outside the library's own files.
 */

/** An object that holds a raw stack; V8 formats it at the first read of `stack`. */
export interface Site {
  readonly stack?: string;
}

/** How many frames to capture: frames without a location (Array.map's) and unexposed functions may lie above the user's line. */
const FRAMES = 10;

/** The package's folder, derived from this module's URL; undefined in a bundle, which has another URL or none. */
const PACKAGE = /^(.*?\/)(?:dist\/(?:cjs\/)?)?engine\/build\/[^/]*$/.exec(stripped(import.meta.url ?? ''))?.[1];
/** The library's files below `PACKAGE`: compiled files, and the sources that their source maps name. */
const OWN = /^(?:dist\/(?:cjs\/)?)?(?:engine|ops|plugins|backends|bin|face|index\.\w+)\b/;

// biome-ignore lint/suspicious/noExplicitAny: any function
export type Entered = (...args: any[]) => unknown;

/** Captures the current stack below `entered`, a function that is on it. Empty in JavaScript engines that cannot capture stacks. */
export function captureSite(entered: Entered): Site {
  const site: Site = {};
  if (typeof Error.captureStackTrace !== 'function') return site;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  Error.captureStackTrace(site, entered);
  Error.stackTraceLimit = limit;
  return site;
}

/** V8's `at f (file:1:2)`, and JavaScriptCore's and Firefox's `f@file:1:2`. */
const FRAME = /^(?:\s*at (?:.*? \()?|[^@]*@)(.+:\d+:\d+)\)?$/;

/** `path/file.ts:12:20`, or undefined if no frame has a location outside the library. */
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
    return path; // a file name with a literal %
  }
}
