/** Error messages and exit codes of the command line. */
import { CommanderError } from 'commander';
import { CancelledError, RetrographError } from '../engine/errors.ts';
import { errorColors } from './output.ts';

/** 1: a failure; 2: wrong usage; 130 and 143: interrupted and terminated, by the convention of shells. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** Prints an error, unless commander has printed it, and returns the exit code. */
export function report(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const cancelled = error instanceof CancelledError;
  process.stderr.write(`${cancelled ? errorColors.yellow('interrupted:') : errorColors.red('error:')} ${message}\n`);
  for (const line of hints(error, debug)) process.stderr.write(`${errorColors.dim(line)}\n`);
  if (debug && !cancelled) process.stderr.write(`${stack}\n`);
  if (cancelled) return EXIT.interrupted;
  return error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

function hints(error: unknown, debug: boolean): string[] {
  if (error instanceof UsageError) return error.hint === undefined ? [] : [error.hint];
  // other errors are not the user's, so their stack is of use
  return error instanceof RetrographError || debug ? [] : ['--debug shows where it comes from'];
}
