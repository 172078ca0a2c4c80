/** All kinds of cases, each loaded when it is asked for. */
import type { Kind } from './kind.ts';

export const KINDS: Readonly<Record<string, () => Promise<Kind>>> = {
  graphs: async () => (await import('./graphs.ts')).graphs,
  documents: async () => (await import('./documents.ts')).documents,
  files: async () => (await import('./files.ts')).files,
  ports: async () => (await import('./ports.ts')).ports,
  actions: async () => (await import('./actions.ts')).actions,
};
