/** Other names of backends, in Node. */
const ALIASES: Readonly<Record<string, string>> = { native: 'node' };

/** The name by which a backend is known that may be called otherwise. */
export const canonicalName = (name: string): string => ALIASES[name] ?? name;
