/** TensorFlow in Python, for tests of what it makes of our files: installed once, in the folder that caches have. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../backends/node/library/cache.ts';
import { makeFolder } from '../../bin/native/staging.ts';
import { runTool, ToolError } from '../../bin/native/tool.ts';

/** The version whose wheels are for Python 3.8 to 3.11. */
const TENSORFLOW = 'tensorflow-cpu==2.12.0';
const PYTHONS = ['python3.11', 'python3.10', 'python3.9', 'python3'];
const FITS = 'import sys, pip; sys.exit(not (3, 8) <= sys.version_info[:2] <= (3, 11))';

export interface Python {
  /** Runs a script of test/support/, which takes JSON from its argument and writes a line of JSON. @throws ToolError */
  run(script: string, argument: unknown): Promise<unknown>;
}

/** @throws Error where there is no Python that fits, or TensorFlow cannot be installed */
export async function pythonWithTensorFlow(): Promise<Python> {
  const python = await firstThatFits();
  const folder = join(cacheFolder(), 'python', `${TENSORFLOW}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) await makeFolder(folder, (fresh) => install(python, fresh));
  return {
    run: async (script, argument) => {
      const path = fileURLToPath(new URL(script, import.meta.url));
      const env = {
        PYTHONPATH: folder,
        PYTHONDONTWRITEBYTECODE: '1',
        TF_CPP_MIN_LOG_LEVEL: '3',
        CUDA_VISIBLE_DEVICES: '',
      };
      const output = await runTool(python, [path, JSON.stringify(argument)], { env });
      return JSON.parse(output.trim().split('\n').at(-1)!);
    },
  };
}

async function firstThatFits(): Promise<string> {
  for (const python of PYTHONS) {
    try {
      await runTool(python, ['-c', FITS]);
      return python;
    } catch (e) {
      if (!(e instanceof ToolError)) throw e;
    }
  }
  throw new Error('there is no Python 3.8 to 3.11 with pip');
}

/** Without an environment: Debian's Python has no venv unless asked for. */
async function install(python: string, folder: string): Promise<void> {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-compile', '--only-binary=:all:'];
  await runTool(python, ['-m', 'pip', 'install', ...quiet, '--target', folder, TENSORFLOW]);
}
