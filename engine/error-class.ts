import type { ErrorContext, RetrographError } from './errors.ts';

/** A class of errors that can be thrown. */
export type ErrorClass = new (message: string, context?: ErrorContext) => RetrographError;

/** The class of an error, for one more of it in other words. */
export const classOf = (error: RetrographError): ErrorClass => error.constructor as ErrorClass;
