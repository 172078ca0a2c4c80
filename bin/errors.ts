/** How the command line ends: messages for people, and exit codes for scripts. */
import { CommanderError } from 'commander';
import { CancelledError, RetrographError } from '../engine/errors.ts';
import { errorColors } from './output.ts';

/** 1: something failed; 2: the command was given wrongly; 130: interrupted, and 143: told to end, as shells say it. */
export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** A command given wrongly: what is wrong, and what to do instead. */
export class UsageError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** Prints an error, unless commander has already, and gives the exit code. */
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
  // an error without a type of its own is nothing that the user could have known
  return error instanceof RetrographError || debug ? [] : ['--debug shows where it comes from'];
}
