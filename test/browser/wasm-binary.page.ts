/** Starts wasm with the binary from where the page's address says, and reports what became of it. */
import { backend } from 'retrograph';
import { setWasmPaths } from 'retrograph/backends/wasm';

declare global {
  function reportStart(outcome: string): Promise<void>;
}

const paths = new URLSearchParams(location.search).get('paths');
if (paths !== null) setWasmPaths(paths);
await reportStart(
  await backend('wasm').then(
    () => 'started',
    (e: Error) => `${e.name}: ${e.message}`,
  ),
);
