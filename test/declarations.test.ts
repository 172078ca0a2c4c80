// What the package's declarations import: nothing of another package, so that a project's compiler needs none of their types. Whole
// projects are compiled in test/package-types.test.ts.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import ts from 'typescript';
import { FULL } from './support/effort.ts';
import { exportedEntries } from './support/exports.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };

/** What the declaration of a source imports, types that are named in passing included. */
function importsOf(path: string): readonly string[] {
  const { outputText } = ts.transpileDeclaration(readFileSync(join(ROOT, path), 'utf8'), { compilerOptions: OPTIONS });
  const { importedFiles, typeReferenceDirectives, libReferenceDirectives } = ts.preProcessFile(outputText);
  return [...importedFiles, ...typeReferenceDirectives, ...libReferenceDirectives].map(({ fileName }) => fileName);
}

describe('declarations', () => {
  (FULL ? it : it.skip)('import no package', () => {
    const seen = new Set<string>();
    const strange: string[] = [];
    const visit = (path: string, by: readonly string[]): void => {
      if (seen.has(path)) return;
      seen.add(path);
      for (const name of importsOf(path))
        if (name.startsWith('.')) visit(join(dirname(path), name), [path, ...by]);
        else strange.push([name, path, ...by].join(' < '));
    };
    for (const { name, sources } of exportedEntries()) for (const source of sources) visit(source, [name]);
    expect(strange).to.deep.equal([]);
    expect(seen.size).to.be.above(300);
  });
});
