/** Shows progress on stderr, apart from results: a bar on a terminal, otherwise occasional lines. */
import cliProgress from 'cli-progress';
import type { Progress } from '../examples/example.ts';
import { metric } from './output.ts';

interface ProgressReport {
  /** @param text more information, such as the loss */
  update(done: number, total: number, text: string): void;
  stop(): void;
}

export async function withProgress<T>(
  title: string,
  work: (onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const progress = showProgress(title);
  try {
    return await work(({ step, steps, metrics }) =>
      progress.update(
        step,
        steps,
        Object.entries(metrics)
          .map(([name, value]) => `${name} ${metric(name, value)}`)
          .join('  '),
      ),
    );
  } finally {
    progress.stop();
  }
}

export function showProgress(title: string): ProgressReport {
  return process.stderr.isTTY ? bar(title) : lines(title);
}

function bar(title: string): ProgressReport {
  const format = `${title} {bar} {percentage} %  {text}  {eta_formatted} left`;
  const options = {
    format,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: false,
    barsize: 30,
    fps: 10,
    etaBuffer: 100,
  };
  const single = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  let started = false;
  return {
    update: (done, total, text) => {
      if (started) single.update(done, { text });
      else single.start(total, done, { text });
      started = true;
    },
    stop: () => single.stop(),
  };
}

function lines(title: string): ProgressReport {
  let tenths = 0;
  return {
    update: (done, total, text) => {
      const reached = Math.floor((10 * done) / total);
      if (reached === tenths) return;
      tenths = reached;
      process.stderr.write(`${title} ${10 * reached} %  ${text}\n`);
    },
    stop: () => {},
  };
}
