/** Where TensorFlow's library is looked for, in made-up folders, and what is said of a broken one. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { cacheFolder, libraryFolder } from '../../backends/node/library/cache.ts';
import { findDamage } from '../../backends/node/library/elf.ts';
import { NativeLibraryError } from '../../backends/node/library/error.ts';
import {
  describeMisses,
  type LocateOptions,
  locateLibrary,
  searchLibrary,
} from '../../backends/node/library/locate.ts';
import { findTfjsNode, loadTfjsNode } from '../../backends/node/library/tfjs-node.ts';
import { BackendError } from '../../engine/index.ts';
import { FRAMEWORK, MAIN, makeElf, writeLibrary } from '../support/made-up-library.ts';

/** A shared library that npm brings. */
const KOFFI = `@koromix/koffi-${process.platform}-${process.arch}/${process.platform}_${process.arch}/koffi.node`;

describe("TensorFlow's library", () => {
  if (MAIN === '') return it.skip(`there is none for ${process.platform}`);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'retrograph-native-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  /** An environment in which nothing is installed, and more. */
  const inside = (more: Readonly<Record<string, string>> = {}): Required<Pick<LocateOptions, 'env' | 'from'>> => ({
    env: { PATH: join(root, 'bin'), RETROGRAPH_CACHE: join(root, 'cache'), ...more },
    from: [join(root, 'project', 'package.json')],
  });
  const errorOf = (options: LocateOptions): NativeLibraryError => {
    try {
      locateLibrary(options);
    } catch (e) {
      expect(e).to.be.instanceOf(NativeLibraryError).and.instanceOf(BackendError);
      return e as NativeLibraryError;
    }
    throw new Error('the library was found');
  };

  describe('is looked for', () => {
    it('in this order, and each place that has none is told', () => {
      const venv = join(root, 'venv');
      const python = join(root, 'bin', 'python3');
      // from the last place to the first: each comes before those that have it already
      const places: readonly (readonly [source: string, make: () => string])[] = [
        [
          'python3',
          () => {
            const found = writeLibrary(join(root, 'python', 'tensorflow'));
            mkdirSync(join(root, 'bin'));
            writeFileSync(python, `#!/bin/sh\necho '${found}'\n`);
            chmodSync(python, 0o755);
            return found;
          },
        ],
        ['CONDA_PREFIX', () => writeLibrary(join(root, 'conda/lib/python3.12/site-packages/tensorflow'))],
        ['VIRTUAL_ENV', () => writeLibrary(join(venv, 'lib/python3.11/site-packages/tensorflow'))],
        ["setup-native's cache", () => writeLibrary(libraryFolder(inside().env))],
        [
          'tfjs-node',
          () => {
            const folder = join(root, 'project/node_modules/@tensorflow/tfjs-node');
            mkdirSync(folder, { recursive: true });
            writeFileSync(join(folder, 'package.json'), '{"name":"@tensorflow/tfjs-node","version":"4.22.0"}');
            return writeLibrary(join(folder, 'deps/lib'));
          },
        ],
      ];
      const options = inside({ VIRTUAL_ENV: venv, CONDA_PREFIX: join(root, 'conda') });
      const all = places.map(([source]) => source).reverse();
      for (const [source, make] of places) {
        const dir = make();
        const { library, misses } = searchLibrary(options);
        expect(library).to.deep.equal({ dir, main: join(dir, MAIN), framework: join(dir, FRAMEWORK), source });
        expect(misses.map((m) => m.source)).to.deep.equal(all.slice(0, all.indexOf(source)));
      }
      const named = writeLibrary(join(root, 'named'));
      const env = { ...options.env, RETROGRAPH_LIBTENSORFLOW: named };
      expect(locateLibrary({ ...options, env })).to.include({ dir: named, source: 'RETROGRAPH_LIBTENSORFLOW' });
      const given = writeLibrary(join(root, 'given'));
      expect(locateLibrary({ ...options, env, dir: given })).to.include({ dir: given, source: '--libtensorflow' });
    });

    it('under the names of its own releases too, and in their lib', () => {
      const lib = join(root, 'release', 'lib');
      mkdirSync(lib, { recursive: true });
      const [main, framework] =
        process.platform === 'darwin'
          ? ['libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib']
          : ['libtensorflow.so', 'libtensorflow_framework.so.2'];
      writeFileSync(join(lib, `${main}.9.8`), makeElf());
      symlinkSync(`${main}.9.8`, join(lib, main));
      writeFileSync(join(lib, framework), makeElf());
      expect(locateLibrary({ dir: join(root, 'release') })).to.include({ dir: lib, main: join(lib, main) });
    });

    it('and all places are named where there is none, with what would help', () => {
      const { message, reason, remedy } = errorOf(inside());
      expect(reason).to.contain(libraryFolder(inside().env));
      for (const place of [
        'tfjs-node: it is not installed',
        "setup-native's cache",
        'VIRTUAL_ENV',
        'CONDA_PREFIX',
        'python3',
      ])
        expect(reason).to.contain(place);
      expect(remedy).to.contain('retrograph setup-native').and.contain('RETROGRAPH_LIBTENSORFLOW');
      expect(message).to.contain(reason).and.contain(remedy);
    });

    it('in a cache that variables name', () => {
      expect(cacheFolder({ RETROGRAPH_CACHE: join(root, 'x') })).to.equal(join(root, 'x'));
      if (process.platform === 'linux')
        expect(cacheFolder({ XDG_CACHE_HOME: join(root, 'y') })).to.equal(join(root, 'y', 'retrograph'));
    });
  });

  describe('in a folder that was named', () => {
    const cases: readonly (readonly [what: string, make: (folder: string) => void, message: RegExp])[] = [
      ['that is not there', () => {}, /there is no such folder/],
      ['that is a file', (folder) => writeFileSync(folder, ''), /that is a file; name its folder/],
      ['without it', (folder) => mkdirSync(folder), /no libtensorflow_cc/],
      [
        'without its second file',
        (folder) => rmSync(join(writeLibrary(folder), FRAMEWORK)),
        /no libtensorflow_framework/,
      ],
    ];
    for (const [what, make, message] of cases)
      it(`${what} is an error, even if another place has it`, () => {
        writeLibrary(libraryFolder(inside().env));
        const folder = join(root, 'named');
        make(folder);
        expect(errorOf({ ...inside(), dir: folder }).message)
          .to.match(message)
          .and.contain('--libtensorflow')
          .and.contain(folder);
        const byVariable = errorOf(inside({ RETROGRAPH_LIBTENSORFLOW: folder })).message;
        expect(byVariable).to.match(message).and.contain('RETROGRAPH_LIBTENSORFLOW');
      });
  });

  describe('that is broken', () => {
    if (process.platform !== 'linux') return it.skip('is refused by the loader itself');

    it('is recognised at every length', () => {
      const whole = makeElf({ length: 300 });
      const file = join(root, 'library.so');
      for (let length = 0; length < whole.length; length++) {
        writeFileSync(file, whole.subarray(0, length));
        expect(findDamage(file), `${length} bytes`).to.match(/truncated|it has \d+ bytes/);
      }
      writeFileSync(file, whole);
      expect(findDamage(file)).to.equal(undefined);
    });

    it('is recognised at some lengths of a real library', () => {
      const real = readFileSync(createRequire(import.meta.url).resolve(KOFFI));
      const file = join(root, 'library.so');
      for (const missing of [1, 100, 10_000, real.length / 2, real.length - 1000]) {
        writeFileSync(file, real.subarray(0, real.length - missing));
        expect(findDamage(file), `${missing} bytes are missing`).to.match(/truncated/);
      }
      writeFileSync(file, real);
      expect(findDamage(file)).to.equal(undefined);
    });

    it('is recognised if it is for another machine, or something else', () => {
      const file = join(root, 'library.so');
      writeFileSync(file, makeElf({ machine: process.arch === 'x64' ? 183 : 62 }));
      expect(findDamage(file)).to.match(/another processor/);
      writeFileSync(file, '<html>not found</html>'.repeat(10));
      expect(findDamage(file)).to.match(/not an ELF file/);
    });

    it('is an error in a named folder, and passed over elsewhere', () => {
      const broken = writeLibrary(join(root, 'broken'), makeElf().subarray(0, 500));
      expect(errorOf({ dir: broken }).message).to.match(/is damaged: it is truncated: 500 bytes/);
      const options = inside({ VIRTUAL_ENV: join(root, 'venv') });
      writeLibrary(libraryFolder(options.env), makeElf().subarray(0, 500));
      expect(errorOf(options).message).to.match(/setup-native's cache .* is damaged/);
      const whole = writeLibrary(join(root, 'venv/lib/python3.11/site-packages/tensorflow'));
      const { library, misses } = searchLibrary(options);
      expect(library?.dir).to.equal(whole);
      expect(describeMisses(misses)).to.match(/is damaged/);
    });
  });

  it('is what tfjs-node is built on: without that, it is said how to get it', async function () {
    const options = inside();
    if (findTfjsNode(options.env) !== undefined) this.skip(); // one is installed
    expect(await loadTfjsNode(options).catch((e: unknown) => e))
      .to.be.instanceOf(NativeLibraryError)
      .with.property('message')
      .that.matches(/tfjs-node is not built here\n.*setup-native --op-by-op/);
  });
});
