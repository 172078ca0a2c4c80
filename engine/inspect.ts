/**
 * The text that consoles show for graphs and other objects: a summary instead of everything reachable from them. Node, Deno and Bun look
 * it up by a symbol, so no import is needed. `String(graph)` gives the same text, for browsers and templates.
 */
import { mark } from './copy.ts';

const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

/** Defines a property that is not enumerable. */
const hide = (holder: object, key: symbol | string, value: unknown): unknown =>
  Object.defineProperty(holder, key, { value, configurable: true });

/** Defines the console text of a class's instances, prefixed by `tag`, and marks the class as this copy's (see copy.ts). */
export function shown<T>({ prototype }: { readonly prototype: T }, tag: string, text: (value: T) => string): void {
  const whole = function (this: T): string {
    return this === prototype ? tag : `${tag} ${text(this)}`; // the prototype itself has no fields
  };
  const holder = prototype as object;
  mark(holder);
  hide(holder, INSPECT, whole);
  hide(holder, Symbol.toStringTag, tag);
  if (!Object.hasOwn(holder, 'toString')) hide(holder, 'toString', whole);
}

/** Defines the console text of one plain object. */
export function shownAs<T extends object>(object: T, text: (this: T) => string): T {
  hide(object, INSPECT, text);
  return object;
}

const MOST = 8;

/** `a, b, c`: the first 8 items, and how many more there are. */
export function some<T>(items: Iterable<T>, text: (item: T) => string = String): string {
  const list = [...items];
  const more = list.length > MOST ? `, ... ${list.length - MOST} more` : '';
  return (list.slice(0, MOST).map(text).join(', ') || 'none') + more;
}
