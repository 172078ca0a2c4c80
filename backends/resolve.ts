/** Finds and starts backends by name. */
import { type Backend, BackendError } from '../engine/index.ts';

export const DEFAULT_BACKEND = 'wasm';
/** The name that selects the best available backend. */
export const AUTO = 'auto';
/** The backends that 'auto' tries, in order. */
export const PREFERRED = { node: ['node', 'webgpu', 'wasm'], browser: ['webgpu', 'webgl', 'wasm'] } as const;

/**
 * Finds a backend by name, or takes one as given, and starts it.
 * @param all the backends to search, and to list in an error; called only if needed
 * @throws BackendError for an unknown or unavailable backend, listing the available ones and why the others are not
 */
export async function resolveBackend(
  like: Backend | string,
  all: () => readonly Backend[] | Promise<readonly Backend[]> = () => [],
): Promise<Backend> {
  const backend = typeof like === 'string' ? (await all()).find(({ name }) => name === like) : like;
  const refuse = async (reason: string): Promise<BackendError> => {
    const backends = await all();
    return new BackendError(backends.length === 0 ? reason : `${reason}; ${await describeBackends(backends)}`);
  };
  if (backend === undefined) throw await refuse(`there is no backend '${like}'`);
  const availability = await backend.availability();
  if (!availability.available) {
    const remedy = availability.remedy === undefined ? '' : ` (${availability.remedy})`;
    throw await refuse(`the backend '${backend.name}' is not available: ${availability.reason}${remedy}`);
  }
  await backend.start();
  return backend;
}

/** The backend that 'auto' selected, and why. */
export interface BackendChoice {
  /** The backend, started. */
  readonly backend: Backend;
  /** For example 'wasm (WebAssembly), since webgpu would run on the processor, where wasm is faster'. */
  readonly why: string;
}

/**
 * Starts the first of these that can start. A GPU that is emulated by the CPU is skipped, since wasm is faster there.
 * @throws BackendError if none starts
 */
export async function chooseAmong(
  names: readonly string[],
  find: (name: string) => Backend | undefined | Promise<Backend>,
): Promise<BackendChoice> {
  const passedOver: string[] = [];
  for (const name of names) {
    const backend = await find(name);
    if (backend === undefined) continue;
    const availability = await backend.availability();
    if (!availability.available) passedOver.push(`${name} is not available: ${inShort(availability.reason)}`);
    else if (availability.software)
      passedOver.push(`${name} would run on the processor (${availability.detail}), where wasm is faster`);
    else {
      try {
        await backend.start();
        const what = availability.detail === undefined ? name : `${name} (${availability.detail})`;
        return { backend, why: passedOver.length === 0 ? what : `${what}, since ${passedOver.join('; ')}` };
      } catch (e) {
        passedOver.push(`${name} did not start: ${(e as Error).message}`);
      }
    }
  }
  throw new BackendError(`no backend runs here: ${passedOver.join('; ')}`);
}

/** The first line of a reason, for lists; the further lines list the paths that were searched. */
const inShort = (reason = ''): string => reason.split('\n', 1)[0]!.replace(/:$/, '');

/** `available: wasm, cpu; not available: webgl (no browser)` */
async function describeBackends(backends: readonly Backend[]): Promise<string> {
  const all = await Promise.all(backends.map(async (b) => [b.name, await b.availability()] as const));
  const available = all.filter(([, a]) => a.available).map(([name]) => name);
  const missing = all.flatMap(([name, a]) => (a.available ? [] : [`${name} (${inShort(a.reason)})`]));
  return `available: ${available.join(', ')}${missing.length > 0 ? `; not available: ${missing.join(', ')}` : ''}`;
}
