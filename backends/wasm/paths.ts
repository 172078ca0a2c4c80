/** A folder's address, or the address of each of tfjs's wasm files. */
export type WasmPaths = string | Readonly<Record<string, string>>;
