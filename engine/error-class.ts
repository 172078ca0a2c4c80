/** Constructs errors of the same class as another one. */
import type { ErrorContext, RetrographError } from './errors.ts';

/** A class of errors that can be thrown. */
export type ErrorClass = new (message: string, context?: ErrorContext) => RetrographError;

/** The class of an error, to make another error of it with more context. */
export const classOf = (error: RetrographError): ErrorClass => error.constructor as ErrorClass;
