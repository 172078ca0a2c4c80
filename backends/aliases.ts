/** Alternative names of backends, in Node. */
const ALIASES: Readonly<Record<string, string>> = { native: 'node' };

/** The backend's name for a name that may be an alias. */
export const canonicalName = (name: string): string => ALIASES[name] ?? name;
