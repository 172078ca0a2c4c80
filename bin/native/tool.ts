/** Runs other programs: pip, npm, a compiler. */
import { spawn } from 'node:child_process';

export interface ToolOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

/** A program failed, or does not exist (`status` is undefined). The message is its last lines, and how it ended. */
export class ToolError extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** Runs a program to its end, and returns its stdout. It and its children end with this process. @throws ToolError */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env, onOutput }: ToolOptions = {},
): Promise<string> {
  // a new process group, which can be ended as a whole
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const end = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // it has ended
    }
  };
  process.prependListener('exit', end); // first, before its files are removed
  let [result, output] = ['', ''];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      if (stream === child.stdout) result += text;
      output += text;
      onOutput?.(text);
    });
  return new Promise<string>((resolve, reject) => {
    child.on('error', (e) => reject(new ToolError(e.message, undefined, { cause: e })));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(result);
      else reject(new ToolError(`${lastLines(output)}\n(ended by ${signal ?? `code ${code}`})`.trim(), code ?? -1));
    });
  }).finally(() => process.removeListener('exit', end));
}

const lastLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8)
    .join('\n');
