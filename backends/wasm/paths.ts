/** The type of `setWasmPaths`'s argument: a folder's address, or the address of each of tfjs's wasm files by name. */
export type WasmPaths = string | Readonly<Record<string, string>>;
