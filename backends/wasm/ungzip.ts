/** Gzip decompression by the built-in functions of browsers, Node, Deno and Bun. */

/** Whether decompression is available. */
export const canUngzip = (): boolean => typeof DecompressionStream === 'function' || zlib() !== undefined;

/** Node's zlib, for environments that hide the globals which Node shares with browsers (test runners). */
const zlib = () => (typeof process === 'object' ? process.getBuiltinModule?.('node:zlib') : undefined);

export async function ungzip(bytes: Uint8Array<ArrayBuffer>): Promise<BufferSource> {
  if (typeof DecompressionStream !== 'function') return zlib()!.gunzipSync(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
