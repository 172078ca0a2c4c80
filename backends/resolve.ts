/** How a backend's name becomes a backend. */
import { type Backend, BackendError } from '../engine/index.ts';

export const DEFAULT_BACKEND = 'wasm';
/** The name that means: what is best here. */
export const AUTO = 'auto';
/** What it tries, in this order. */
export const PREFERRED = { node: ['node', 'webgpu', 'wasm'], browser: ['webgpu', 'webgl', 'wasm'] } as const;

/**
 * The started backend of that name; a backend itself is only started.
 * @param all where names are looked up, and what an error lists; loaded when they are asked for
 * @throws BackendError for one that is unknown or unavailable: it lists those that are available, and why the others are not
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

/** What 'auto' came to, and why. */
export interface BackendChoice {
  /** Started. */
  readonly backend: Backend;
  /** As in 'wasm (WebAssembly), since webgpu would run on the processor, where wasm is faster'. */
  readonly why: string;
}

/**
 * The first of these that starts. One that is a graphics device by name only, played by the processor, is passed over: wasm is faster there.
 * @throws BackendError where none does
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

/** The first line of a reason, for lists: those after it say where was looked. */
const inShort = (reason = ''): string => reason.split('\n', 1)[0]!.replace(/:$/, '');

/** `available: wasm, cpu; not available: webgl (no browser)` */
async function describeBackends(backends: readonly Backend[]): Promise<string> {
  const all = await Promise.all(backends.map(async (b) => [b.name, await b.availability()] as const));
  const available = all.filter(([, a]) => a.available).map(([name]) => name);
  const missing = all.flatMap(([name, a]) => (a.available ? [] : [`${name} (${inShort(a.reason)})`]));
  return `available: ${available.join(', ')}${missing.length > 0 ? `; not available: ${missing.join(', ')}` : ''}`;
}
