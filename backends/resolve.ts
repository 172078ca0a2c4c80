/** How a backend's name becomes a backend. */
import { type Backend, BackendError } from '../engine/index.ts';

export const DEFAULT_BACKEND = 'wasm';

/**
 * The started backend of that name; a backend itself is only started.
 * @throws BackendError for one that is unknown or unavailable: it lists those that are available, and why the others are not
 */
export async function resolveBackend(
  like: Backend | string | undefined,
  backends: readonly Backend[],
): Promise<Backend> {
  const name = like === undefined || like === '' ? DEFAULT_BACKEND : like;
  const backend = typeof name === 'string' ? backends.find((b) => b.name === name) : name;
  if (backend === undefined)
    throw new BackendError(`there is no backend '${String(name)}'; ${await describeBackends(backends)}`);
  const availability = await backend.availability();
  if (!availability.available) {
    const remedy = availability.remedy === undefined ? '' : ` (${availability.remedy})`;
    throw new BackendError(
      `the backend '${backend.name}' is not available: ${availability.reason}${remedy}; ${await describeBackends(backends)}`,
    );
  }
  await backend.start();
  return backend;
}

/** `available: wasm, cpu; not available: webgl (no browser)` */
export async function describeBackends(backends: readonly Backend[]): Promise<string> {
  const all = await Promise.all(backends.map(async (b) => [b.name, await b.availability()] as const));
  const available = all.filter(([, a]) => a.available).map(([name]) => name);
  const missing = all.flatMap(([name, a]) => (a.available ? [] : [`${name} (${a.reason})`]));
  return `available: ${available.join(', ')}${missing.length > 0 ? `; not available: ${missing.join(', ')}` : ''}`;
}
