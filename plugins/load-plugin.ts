/** Loads plugins by path or package name, for the option `--plugin`. For Node only. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importNative } from '../backends/import-native.ts';
import { PluginError } from '../engine/index.ts';
import { isPlugin, type Plugin } from './plugin.ts';

/**
 * Imports a plugin from a file or folder, relative to the working folder, or from a package: its default export or its export `plugin`,
 * made by `definePlugin`.
 * @throws PluginError, with advice, if nothing is found, loading fails, or the export is not a plugin
 */
export async function loadPlugin(pathOrPackage: string, cwd: string = process.cwd()): Promise<Plugin> {
  const path = resolve(cwd, pathOrPackage);
  const url = existsSync(path) ? pathToFileURL(entryOf(path)).href : locatePackage(pathOrPackage, cwd);
  const module = await importModule(pathOrPackage, url);
  const plugin = module.default ?? module.plugin;
  if (isPlugin(plugin)) return plugin;
  const found = Object.keys(module).join(', ') || 'nothing';
  throw new PluginError(
    `'${pathOrPackage}' is no plugin: it exports ${found}. Export definePlugin({ name, ... }), from 'retrograph/plugins', as default or as 'plugin'`,
  );
}

/** The file of a path; for a folder, the `main` of its package.json, or its index. */
function entryOf(path: string): string {
  if (!statSync(path).isDirectory()) return path;
  const manifest = join(path, 'package.json');
  const main: unknown = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).main : undefined;
  const candidates = [
    ...(typeof main === 'string' ? [main] : []),
    ...['ts', 'mts', 'js', 'mjs'].map((extension) => `index.${extension}`),
  ];
  const entry = candidates.map((name) => join(path, name)).find((file) => existsSync(file));
  if (entry === undefined)
    throw new PluginError(`the folder '${path}' has none of ${candidates.join(', ')}: name the plugin's file`);
  return entry;
}

/** Resolves a package from the working folder. A package that only `import` can resolve is looked up from this module. */
function locatePackage(name: string, cwd: string): string {
  if (/^[./]/.test(name)) return pathToFileURL(resolve(cwd, name)).href;
  try {
    return pathToFileURL(createRequire(join(cwd, 'index.js')).resolve(name)).href;
  } catch {
    return name;
  }
}

async function importModule(name: string, url: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await importNative(url);
  } catch (cause) {
    throw new PluginError(
      `the plugin '${name}' cannot be loaded: ${remedyFor(name, url, cause as Error & { code?: string })}`,
      { cause },
    );
  }
}

function remedyFor(name: string, url: string, { code, message }: Error & { code?: string }): string {
  const missing = code === 'ERR_MODULE_NOT_FOUND' ? /Cannot find \w+ '([^']*)'/.exec(message)?.[1] : undefined;
  if (missing !== undefined && url.startsWith('file:') && missing === fileURLToPath(url))
    return 'there is no such file (paths start from the working folder)';
  if (missing !== undefined && missing === name)
    return `there is neither such a file nor such a package; install it with \`npm install ${name}\``;
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return `this Node (${process.version}) takes no TypeScript; compile it, use Node 22.18 or newer, or start with \`node --import tsx\``;
  return message;
}
