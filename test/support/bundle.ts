/** Bundles as users make them, from the sources, and what is in them. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { build as viteBuild } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONDITIONS = ['retrograph-source', 'browser'];
/** What else a page brings: tfjs and its backends. */
const BESIDE = /^@tensorflow\//;

export interface Bundle {
  readonly code: string;
  /** Bytes, compressed. */
  readonly gzip: number;
  /** Files of ours that code of the bundle comes from. */
  readonly files: readonly string[];
}

/**
 * What a page of this program loads at its start: one minified module. tfjs is beside it, and so is what `import()` loads later.
 * @param source TypeScript that imports the package by its name
 */
export async function bundle(source: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: CONDITIONS,
    logLevel: 'silent',
    plugins: [
      {
        name: 'beside',
        setup: ({ onResolve }) =>
          onResolve({ filter: /./ }, ({ path, kind }) =>
            BESIDE.test(path) || kind === 'dynamic-import' ? { path, external: true } : undefined,
          ),
      },
    ],
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return {
    code: outputFiles[0]!.text,
    gzip: gzipSync(outputFiles[0]!.contents).length,
    files: parts.map(([path]) => path),
  };
}

/** The files that a module of ours imports, at once or later, with what these import, and the packages. */
export async function reached(entry: string): Promise<Record<'files' | 'packages', readonly string[]>> {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: ROOT,
    bundle: true,
    splitting: true,
    outdir: 'bundle',
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: CONDITIONS,
    packages: 'external',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return {
    files: Object.keys(metafile.inputs),
    packages: [...new Set(imports.filter(({ external }) => external).map(({ path }) => path))],
  };
}

/** Files of ours in what vite makes of the same program. */
export async function filesByVite(source: string): Promise<readonly string[]> {
  const entry = `${ROOT}test/entry.ts`;
  const built = await viteBuild({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: CONDITIONS },
    build: { write: false, lib: { entry, formats: ['es'] }, rolldownOptions: { external: [BESIDE] } },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? source : undefined),
        resolveDynamicImport: () => false,
      },
    ],
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('vite watches instead of building');
  const [chunk] = output.output;
  return Object.entries(chunk.modules)
    .filter(([id, { renderedLength }]) => id !== entry && renderedLength > 0)
    .map(([id]) => id.slice(ROOT.length));
}
