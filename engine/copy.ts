/**
 * Copies of the library: two versions in one project, a page of two bundles, ES modules beside CommonJS. Each has classes of its
 * own, so that a value of the one is none to the other, and errors have to say so.
 */
import { GraphError } from './errors.ts';

/** Where the prototypes of all copies tell which copy they are of. */
const COPY = /* @__PURE__ */ Symbol.for('retrograph.copy');
const THIS = {};

/** Marks a class as this copy's. */
export function mark(prototype: object): void {
  Object.defineProperty(prototype, COPY, { value: THIS });
}

/** @throws GraphError for a value of a class that another copy of the library made */
export const requireOfThisCopy = (...values: readonly unknown[]): void => values.forEach(requireOne);

function requireOne(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { [COPY]: copy, [Symbol.toStringTag]: tag } = value as { [COPY]?: object; [Symbol.toStringTag]?: string };
  if (copy !== undefined && copy !== THIS)
    throw new GraphError(
      `this ${tag} is of another copy of retrograph, whose values do not mix with this one's: a project has one version (npm ls retrograph), a page one bundle, and a program either import or require`,
    );
}
