/** Decompression by what browsers, Node, Deno and Bun bring. */

/** Whether there is any. */
export const canUngzip = (): boolean => typeof DecompressionStream === 'function' || zlib() !== undefined;

/** Node's own, for surroundings that hide what it shares with browsers. */
const zlib = () => (typeof process === 'object' ? process.getBuiltinModule?.('node:zlib') : undefined);

export async function ungzip(bytes: Uint8Array<ArrayBuffer>): Promise<BufferSource> {
  if (typeof DecompressionStream !== 'function') return zlib()!.gunzipSync(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
