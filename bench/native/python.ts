/** Makes a Python environment for the peers that need one, in the cache of setup-native. */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../backends/node/library/cache.ts';
import { makeFolder, requireRoom } from '../../bin/native/staging.ts';
import { runTool, type ToolError } from '../../bin/native/tool.ts';
import { note } from '../../bin/output.ts';

/** Most of the size is CUDA: for Linux, PyPI's wheels of PyTorch need its libraries. */
const PACKAGES = ['torch==2.15.0', 'jax[cpu]==0.10.2', 'numpy==2.4.6'];
const BYTES = 9e9;
const OLDEST = [3, 11] as const;

const folder = (): string => join(cacheFolder(), `bench-python-${PACKAGES.join('-').replace(/[^\w.-]+/g, '_')}`);

const executableIn = (environment: string): string =>
  process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');

/** The Python with the peers. @throws Error if it has not been made */
export async function requirePeersPython(): Promise<string> {
  const python = executableIn(folder());
  if (!existsSync(python))
    throw new Error('their environment of Python is not there yet; a run without --quick makes it');
  return python;
}

/** The Python with the peers; makes the environment if it is missing, which takes minutes. @throws Error if it cannot be made */
export async function providePeersPython(): Promise<string> {
  const target = folder();
  if (existsSync(executableIn(target))) return executableIn(target);
  const python = await findPython();
  note(`making an environment of Python for the peers, once, in ${target}: 3 GB to download, 6 GB there`);
  await exitOnSignals(() => fill(python, target));
  return executableIn(target);
}

async function fill(python: string, target: string): Promise<void> {
  await makeFolder(target, async (environment) => {
    await requireRoom(environment, BYTES);
    await runTool(python, ['-m', 'venv', environment]);
    const temporary = join(environment, 'tmp');
    await mkdir(temporary);
    const args = ['-m', 'pip', 'install', '--no-cache-dir', '--no-input', '--disable-pip-version-check'];
    await runTool(executableIn(environment), [...args, '--progress-bar', 'off', ...PACKAGES], {
      env: { TMPDIR: temporary },
      onOutput: (output) => {
        for (const line of output.split('\n'))
          if (/^\s*Downloading|^Installing/.test(line)) note(line.trim().slice(0, 200));
      },
    });
    await rm(temporary, { recursive: true });
  });
}

/** Turns signals into a regular exit, so that pip ends too and the unfinished environment is removed. */
async function exitOnSignals(work: () => Promise<void>): Promise<void> {
  const exit = (_signal: NodeJS.Signals, number: number) => process.exit(128 + number);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, exit);
  try {
    await work();
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, exit);
  }
}

/** @throws Error if there is no recent enough Python */
async function findPython(): Promise<string> {
  let reason = 'there is no Python';
  for (const python of ['python3', 'python']) {
    try {
      const version = await runTool(python, ['-c', 'import sys; print(*sys.version_info[:2])']);
      const [major, minor] = version.trim().split(' ').map(Number) as [number, number];
      if (major === OLDEST[0] && minor >= OLDEST[1]) return python;
      reason = `Python ${OLDEST.join('.')} or newer is needed, and ${python} is ${major}.${minor}`;
    } catch (e) {
      if ((e as ToolError).status !== undefined) reason = `${python} does not run: ${(e as Error).message}`;
    }
  }
  throw new Error(reason);
}

/** Environment variables that slow down numerical libraries on some machines, or belong to another Python. */
const LEFT_OUT = /^(OPENBLAS|MKL|OMP|GOMP|KMP|DNNL|ONEDNN|BLIS|VECLIB|NUMEXPR|XLA|JAX|TORCH|PYTORCH|PYTHON)(_|[A-Z]*$)/;

/** The environment of peers, without variables that tune them. */
export const peerEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name)));
