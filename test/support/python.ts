/** TensorFlow in Python, for tests of what it makes of our files: in the folder that caches have. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../backends/node/library/cache.ts';
import { makeFolder } from '../../bin/native/staging.ts';
import { runTool } from '../../bin/native/tool.ts';

/** In order of preference: 2.12, the version that `setup-native` gets, has wheels for Python 3.8 to 3.11. */
const PYTHONS = ['python3.11', 'python3.10', 'python3.9', 'python3'];
const TENSORFLOW = { '2.12.0': ['3.8', '3.9', '3.10', '3.11'], '2.21.0': ['3.12', '3.13'] } as const;
const VERSION = 'import sys, pip; print("%d.%d" % sys.version_info[:2])';

export interface Python {
  /** Runs a script of test/support/, which takes JSON from its argument and writes a line of JSON. @throws ToolError */
  run(script: string, argument: unknown): Promise<unknown>;
}

/** Whether an earlier run has installed it. */
export async function hasPythonTensorFlow(): Promise<boolean> {
  return firstThatFits().then(
    (fitting) => existsSync(folderOf(fitting)),
    () => false,
  );
}

/** Installed where it is not: 1.5 GB, so that only those ask who may. @throws Error where no Python fits, or TensorFlow cannot be installed */
export async function pythonWithTensorFlow(): Promise<Python> {
  const fitting = await firstThatFits();
  const { python, tensorflow } = fitting;
  const folder = folderOf(fitting);
  if (!existsSync(folder)) await makeFolder(folder, (fresh) => install(python, tensorflow, fresh));
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

interface Fitting {
  readonly python: string;
  readonly version: string;
  readonly tensorflow: string;
}

const folderOf = ({ version, tensorflow }: Fitting): string =>
  join(cacheFolder(), 'python', `tensorflow-${tensorflow}-python-${version}-${process.platform}-${process.arch}`);

async function firstThatFits(): Promise<Fitting> {
  for (const python of PYTHONS) {
    const version = await runTool(python, ['-c', VERSION]).then(
      (text) => text.trim(),
      () => undefined, // it is not there, or has no pip
    );
    const [tensorflow] =
      Object.entries(TENSORFLOW).find(([, versions]) => (versions as readonly unknown[]).includes(version)) ?? [];
    if (version !== undefined && tensorflow !== undefined) return { python, version, tensorflow };
  }
  throw new Error('there is no Python 3.8 to 3.13 with pip');
}

/** Without an environment: Debian's Python has no venv unless asked for. */
async function install(python: string, tensorflow: string, folder: string): Promise<void> {
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-compile', '--only-binary=:all:'];
  await runTool(python, ['-m', 'pip', 'install', ...quiet, '--target', folder, `tensorflow-cpu==${tensorflow}`]);
}
