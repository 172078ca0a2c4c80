/** Finds and starts a headless browser on this machine, and opens its page. */
import { existsSync } from 'node:fs';
import type { RemoteDebuggingPipes } from 'chrome-launcher';
import { importNative } from '../../backends/import-native.ts';
import { BackendError } from '../../engine/index.ts';
import type { Port } from '../remote/port.ts';
import { loadPageFiles } from './page-files.ts';
import { servePage } from './server.ts';

const launcher = () => importNative<typeof import('chrome-launcher')>('chrome-launcher');

/** The path of a Chromium or Chrome: CHROME_PATH, or else the usual install locations. */
export async function findBrowser(): Promise<string | undefined> {
  const named = process.env.CHROME_PATH;
  if (named) return existsSync(named) ? named : undefined;
  try {
    return (await launcher()).Launcher.getInstallations()[0];
  } catch {
    return undefined; // the launcher throws if there is none, and cannot be loaded in a bundle
  }
}

export const whereNot = (): string =>
  process.env.CHROME_PATH ? `there is no ${process.env.CHROME_PATH}, which CHROME_PATH names` : 'none was found';

/** Whether the machine may have a graphics device. */
export const hasGraphics = (): boolean =>
  process.platform !== 'linux' || ['/dev/dri', '/dev/nvidia0', '/dev/dxg'].some((path) => existsSync(path));

const FLAGS = [
  '--headless=new',
  // the browser ends with this process, because the pipe breaks
  '--remote-debugging-pipe',
  '--disable-quic',
  '--enable-unsafe-webgpu',
  '--enable-unsafe-swiftshader',
  '--enable-features=Vulkan',
];
const SOFTWARE_FLAGS = ['--use-gl=angle', '--use-angle=swiftshader', '--use-webgpu-adapter=swiftshader'];

/** Keeps small values on the device, so that results do not depend on where tfjs prefers to compute them. */
const TFJS_FLAGS = 'WEBGL_CPU_FORWARD:false,WEBGPU_CPU_FORWARD:false';

/** How long the browser may take to open its page, in ms. */
const PATIENCE = 60_000;

/** Starts a browser, opens the page, and waits for its connection. @throws BackendError */
export async function connectBrowser(): Promise<Port> {
  const chromePath = await findBrowser();
  if (chromePath === undefined) throw new BackendError(`${whereNot()}: ${REMEDY}`);
  const { launch } = await launcher();
  const server = await servePage(await loadPageFiles());
  try {
    const chrome = await withDebugKept(() =>
      launch({
        chromePath,
        chromeFlags: [...FLAGS, ...(hasGraphics() ? [] : SOFTWARE_FLAGS), ...sandbox()],
        handleSIGINT: false,
        logLevel: 'silent',
      }),
    );
    const { process: child, remoteDebuggingPipes: pipes } = chrome;
    child.unref();
    openPage(pipes!, `${server.url}?tfjsflags=${TFJS_FLAGS}`);
    const kill = (): void => {
      try {
        chrome.kill();
      } catch {
        // the browser has ended, but a file of its profile could not be removed
      }
    };
    process.once('exit', kill);
    const stop = (): void => {
      process.off('exit', kill);
      kill();
      server.close();
    };
    try {
      const port = await connection(server.connected, child);
      const close = async (): Promise<void> => {
        await port.close();
        stop();
      };
      return { ...port, close };
    } catch (e) {
      stop();
      throw e;
    }
  } catch (e) {
    server.close();
    throw e instanceof BackendError
      ? e
      : new BackendError(`${chromePath} could not be started: ${(e as Error).message}`, { cause: e });
  }
}

/** Opens a page through the debugging pipe, not by an argument, since all users of the machine can read a process's arguments. */
function openPage({ incoming, outgoing }: RemoteDebuggingPipes, url: string): void {
  for (const pipe of [incoming, outgoing]) {
    (pipe as Partial<{ unref(): void }>).unref?.();
    pipe.on('error', () => {}); // the pipe breaks when the browser ends, which its process reports
  }
  incoming.resume();
  outgoing.write(`${JSON.stringify({ id: 1, method: 'Target.createTarget', params: { url } })}\0`);
}

export const REMEDY = 'install Chromium or Chrome, or name one by --browser or CHROME_PATH';

/** Restores DEBUG, an environment variable that the launcher's logger changes. */
async function withDebugKept<T>(work: () => Promise<T>): Promise<T> {
  const { DEBUG } = process.env;
  try {
    return await work();
  } finally {
    if (DEBUG === undefined) delete process.env.DEBUG;
    else process.env.DEBUG = DEBUG;
  }
}

/** Chromium's sandbox does not work for root, for example in containers. */
const sandbox = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

interface Child {
  once(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
}

function connection(connected: Promise<Port>, child: Child): Promise<Port> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new BackendError(`the browser's page did not open within ${PATIENCE / 1000} s`)),
      PATIENCE,
    );
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(new BackendError(`the browser ended as it started (${signal ?? `exit code ${code}`})`));
    });
    void connected.then((port) => {
      clearTimeout(timer);
      resolve(port);
    });
  });
}
