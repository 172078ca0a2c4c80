/** A side in another process: it reads requests, one line of JSON each, and answers in the same format, until its input ends. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Values } from './cases.ts';
import { countThreads, type Problem, type Side, type Steps } from './side.ts';

export interface About {
  /** The library's name and version. */
  readonly version: string;
  readonly threads: number;
}

export type Request =
  | { readonly prepare: Problem['config']['spec']; readonly arrays: Readonly<Record<string, Encoded>> }
  | { readonly steps: number };

/** Float32, little-endian, in base64. */
export interface Encoded {
  readonly data: string;
  readonly shape: readonly number[];
}

/** A peer's own error, or its early end. */
export class PeerError extends Error {}

/** Starts a peer. If it ends early, the error has the last line of its stderr. @throws PeerError if it does not start */
export async function startPeer(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Side> {
  const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const answers = new Answers(child);
  const stop = (): void => void child.stdin.end();
  const { version, threads } = await answers.next<About>().catch((e: unknown) => {
    stop();
    throw e;
  });
  const ask = <T>(request: Request): Promise<T> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return answers.next<T>();
  };
  return {
    about: `${version}, ${countThreads(threads)}`,
    prepare: async ({ config: { spec }, arrays }) => {
      const encoded = Object.entries(arrays).map(([name, values]) => [name, encode(values)]);
      await ask({ prepare: spec, arrays: Object.fromEntries(encoded) });
      return { run: (steps) => ask<Steps>({ steps }), end: () => undefined };
    },
    stop,
  };
}

/** The answers of a process, in the order of its requests. Only one request may be pending. */
class Answers {
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<never>;

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    let remarks = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      remarks = (remarks + text).slice(-2000);
    });
    child.stdin.on('error', () => undefined); // the end is reported below
    this.#ended = new Promise((_, reject) => {
      child.on('error', (e) => reject(new PeerError(e.message, { cause: e })));
      child.on('close', (code, signal) =>
        reject(new PeerError(remarks.trim().split('\n').at(-1) || `it ended by ${signal ?? code}`)),
      );
    });
    this.#ended.catch(() => undefined); // an end while no answer is pending is no error
  }

  /** @throws PeerError if the answer is an error, or the process ends */
  async next<T>(): Promise<T> {
    const line = await Promise.race([this.#ended, this.#nextLine()]);
    const answer = JSON.parse(line);
    if (answer.error !== undefined) throw new PeerError(answer.error);
    return answer;
  }

  async #nextLine(): Promise<string> {
    const { value, done } = await this.#lines.next();
    return done ? this.#ended : value; // the output is closed before the process ends
  }
}

const encode = ({ data, shape }: Values): Encoded => ({
  data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
  shape,
});

export function decode({ data, shape }: Encoded): Values {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return { data: new Float32Array(bytes.buffer), shape };
}
