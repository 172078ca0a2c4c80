/** How far something is: a bar on a terminal, a line now and then elsewhere. On stderr, so that results stay apart. */
import cliProgress from 'cli-progress';
import type { Progress } from '../examples/example.ts';
import { metric } from './output.ts';

interface ProgressReport {
  /** @param text what else there is to say, such as the loss */
  update(done: number, total: number, text: string): void;
  /** Takes the bar away. */
  stop(): void;
}

/** Shows how far a training is. */
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

/** A line at each tenth of the way. */
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
