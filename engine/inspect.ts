/**
 * What consoles show of a graph and its parts: a line or a summary, in place of all that can be reached from them. Node, Deno and
 * Bun ask for it by one symbol, without an import. A page's console lets people open what they want to see; there, and in templates,
 * `String(graph)` is the same text.
 */
import { mark } from './copy.ts';

const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

/** Not enumerable, so that nothing else sees it. */
const hide = (holder: object, key: symbol | string, value: unknown): unknown =>
  Object.defineProperty(holder, key, { value, configurable: true });

/** Gives the instances of a class a text for consoles, after the tag; and marks it as this copy's. */
export function shown<T>({ prototype }: { readonly prototype: T }, tag: string, text: (value: T) => string): void {
  const whole = function (this: T): string {
    return this === prototype ? tag : `${tag} ${text(this)}`; // a prototype is no instance
  };
  const holder = prototype as object;
  mark(holder);
  hide(holder, INSPECT, whole);
  hide(holder, Symbol.toStringTag, tag);
  if (!Object.hasOwn(holder, 'toString')) hide(holder, 'toString', whole);
}

/** Gives one plain object a text for consoles. */
export function shownAs<T extends object>(object: T, text: (this: T) => string): T {
  hide(object, INSPECT, text);
  return object;
}

const MOST = 8;

/** `a, b, c`, and after the first few how many more there are. */
export function some<T>(items: Iterable<T>, text: (item: T) => string = String): string {
  const list = [...items];
  const more = list.length > MOST ? `, ... ${list.length - MOST} more` : '';
  return (list.slice(0, MOST).map(text).join(', ') || 'none') + more;
}
