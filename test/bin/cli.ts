/** Runs the command line as its users do: in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { builtPackage } from '../support/built.ts';
import { FULL } from '../support/effort.ts';
import { SEED } from '../support/seed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The working folder; the checkout by default. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with all of stderr so far, whenever there is more. */
  readonly onStderr?: (text: string, child: ChildProcess) => void;
}

export const retrograph = async (args: readonly string[], options?: RunOptions): Promise<Outcome> =>
  runNode([await command(args), ...args], options);

/** The command's file. A plugin of the checkout imports the checkout's sources, so that the command has to run from them too. */
export const command = async (args: readonly string[] = []): Promise<string> =>
  join(args.includes('--plugin') ? ROOT : await builtPackage(), 'bin/retrograph.js');

/** A process of Node, in which nothing is set that changes what a command prints. */
export function runNode(
  args: readonly string[],
  { cwd = ROOT, env = {}, onStderr }: RunOptions = {},
): Promise<Outcome> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, DEBUG: _debug, RETROGRAPH_BACKEND: _backend, ...inherited } = process.env;
  const child = spawn(process.execPath, args, { cwd, env: { ...inherited, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    onStderr?.(stderr, child);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * Wrong usage: one message that matches, nothing on stdout, no stack, exit code 2. All at once, for time; where time is short, one case
 * in three, others with another seed.
 */
export async function expectRefusals(
  cases: readonly (readonly [args: readonly string[], message: RegExp])[],
): Promise<void> {
  const tried = FULL ? cases : cases.filter((_, i) => i % 3 === SEED % 3);
  const outcomes = await Promise.all(tried.map(([args]) => retrograph(args)));
  outcomes.forEach(({ code, stdout, stderr }, i) => {
    const [args, message] = tried[i]!;
    const what = `retrograph ${args.join(' ')}`;
    expect(stderr, what).to.match(message);
    expect(stderr, what).to.not.match(/^\s+at .*\.[jt]s/m); // a line of our own: drivers print theirs
    expect(stdout, what).to.equal('');
    expect(code, what).to.equal(2);
  });
}

/** A folder that goes away with the tests of the `describe` that asks for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'retrograph-bin-'));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}

export const ANSI = '\u001b[';
