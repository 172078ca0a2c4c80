/**
 * Detects values of another copy of the library: two versions in one project, two bundles on a page, or ES modules beside CommonJS. Each
 * copy has its own classes, so `instanceof` fails between them, and errors have to explain why.
 */
import { GraphError } from './errors.ts';

/** The key under which prototypes of all copies store their copy's identity. */
const COPY = /* @__PURE__ */ Symbol.for('retrograph.copy');
const THIS = {};

/** Marks a class as this copy's. */
export function mark(prototype: object): void {
  Object.defineProperty(prototype, COPY, { value: THIS });
}

/** @throws GraphError for an instance of another copy's class */
export const requireOfThisCopy = (...values: readonly unknown[]): void => values.forEach(requireOne);

function requireOne(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { [COPY]: copy, [Symbol.toStringTag]: tag } = value as { [COPY]?: object; [Symbol.toStringTag]?: string };
  if (copy !== undefined && copy !== THIS)
    throw new GraphError(
      `this ${tag} belongs to another copy of retrograph, and cannot be used with this one: use one version in a project (npm ls retrograph), one bundle on a page, and either import or require in a program`,
    );
}
