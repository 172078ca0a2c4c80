/** `retrograph setup-native`, on made-up wheels and by made-up pips; and on the real library where it is. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { libraryFolder } from '../../backends/node/library/cache.ts';
import { searchLibrary } from '../../backends/node/library/locate.ts';
import { findTfjsNode } from '../../backends/node/library/tfjs-node.ts';
import { removeOrphans } from '../../bin/native/tfjs-node.ts';
import { FRAMEWORK, MAIN, makeElf, makeWheel, type WheelOptions } from '../support/made-up-library.ts';
import { requireNativeOps } from '../support/missing-native.ts';
import { type Outcome, type RunOptions, retrograph } from './cli.ts';

describe('retrograph setup-native', function () {
  this.timeout(120_000);
  if (MAIN === '') return it.skip(`has no library for ${process.platform}`);

  let root: string;
  let cache: string;
  let folder: string;
  let wheel: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'retrograph-setup-'));
    cache = join(root, 'cache');
    folder = libraryFolder({ RETROGRAPH_CACHE: cache });
    wheel = writeWheel('tensorflow.whl');
  });
  afterEach(() => rmSync(root, { recursive: true, maxRetries: 5 }));

  function writeWheel(name: string, options?: WheelOptions): string {
    const path = join(root, name);
    writeFileSync(path, makeWheel(options));
    return path;
  }

  /** The command, in a cache of its own. A made-up library cannot be loaded, so that the check is left out. */
  const setup = (args: readonly string[], { env, ...more }: RunOptions = {}): Promise<Outcome> =>
    retrograph(['setup-native', '--no-check', ...args], {
      ...more,
      env: { RETROGRAPH_CACHE: cache, RETROGRAPH_LIBTENSORFLOW: '', ...env },
    });

  const names = (dir = cache): readonly string[] => (existsSync(dir) ? readdirSync(dir).sort() : []);

  function expectInstalled({ code, stdout, stderr }: Outcome): void {
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain(join(folder, MAIN));
    expect(names()).to.deep.equal([basename(folder)]);
    expect(names(folder)).to.deep.equal(['include', 'library.json', MAIN, FRAMEWORK].sort());
    for (const name of [MAIN, FRAMEWORK])
      expect(readFileSync(join(folder, name)).equals(makeElf({ length: 300_000 })), name).to.equal(true);
  }

  function expectRefused({ code, stdout, stderr }: Outcome, message: RegExp): void {
    expect(stderr)
      .to.match(message)
      .and.not.match(/^\s+at .*\.[jt]s/m);
    expect(stdout).to.equal('');
    expect(code).to.equal(1);
    expect(names()).to.deep.equal([]);
  }

  describe('with a wheel', () => {
    it('unpacks the library and its headers, and no more, and shows how far it is', async () => {
      const outcome = await setup(['--wheel', wheel]);
      expectInstalled(outcome);
      expect(outcome.stderr).to.match(/^unpacking \d+ %/m);
      expect(names(join(folder, 'include', 'tensorflow'))).to.deep.equal(['c']);
      const manifest = JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8'));
      expect(manifest).to.include({ package: 'made-up-tensorflow', version: '9.8.7' });
    });

    it('leaves a whole library as it is, and says so; makes a changed one anew', async () => {
      await setup(['--wheel', wheel]);
      const { ino } = statSync(join(folder, MAIN));
      const again = await setup(['--wheel', wheel]);
      expectInstalled(again);
      expect(again.stderr).to.match(/there already/);
      expect(statSync(join(folder, MAIN)).ino).to.equal(ino);

      const bytes = readFileSync(join(folder, MAIN));
      bytes[200_000]! ^= 1;
      writeFileSync(join(folder, MAIN), bytes);
      const mended = await setup(['--wheel', wheel]);
      expectInstalled(mended);
      expect(mended.stderr).to.contain(`${MAIN} has changed`);

      const { ino: before } = statSync(join(folder, MAIN));
      expectInstalled(await setup(['--wheel', wheel, '--force']));
      expect(statSync(join(folder, MAIN)).ino).to.not.equal(before);
    });

    it('takes away what attempts that ended halfway left, and nothing of one that is at it', async () => {
      const over = 2 ** 22 + 1; // above all numbers of processes
      const theirs = `${folder}.${process.pid}.partial`;
      for (const left of [`${folder}.${over}.partial`, `${folder}.${over}.old`, theirs]) {
        mkdirSync(left, { recursive: true });
        writeFileSync(join(left, MAIN), makeElf().subarray(0, 700));
      }
      const { code, stderr } = await setup(['--wheel', wheel]);
      expect(code, stderr).to.equal(0);
      expect(names()).to.deep.equal([basename(folder), basename(theirs)].sort());
    });

    const cases: readonly (readonly [what: string, make: () => string, message: RegExp])[] = [
      [
        'whose bytes are not those of its RECORD',
        () => writeWheel('x.whl', { record: { [`tensorflow/${FRAMEWORK}`]: 'AAAA' } }),
        /x\.whl cannot be used: tensorflow\/\S+ is not what its RECORD says/,
      ],
      ['with a changed byte', () => change('x.whl', 50_000), /x\.whl cannot be used/],
      ['that is cut off', () => cut('x.whl'), /x\.whl cannot be used: .*truncated/],
      [
        'without the library',
        () => writeWheel('x.whl', { files: { [`tensorflow/${MAIN}`]: new Uint8Array() } }),
        /the library cannot be used: \S+ is damaged/,
      ],
      [
        'for another processor',
        () => writeWheel('x.whl', { library: makeElf({ machine: 3 }) }),
        /made for another processor/,
      ],
      [
        'that is none',
        () => {
          writeFileSync(join(root, 'x.whl'), '<html>');
          return join(root, 'x.whl');
        },
        /x\.whl cannot be used/,
      ],
    ];
    const change = (name: string, at: number): string => {
      const bytes = makeWheel();
      bytes[at]! ^= 255;
      writeFileSync(join(root, name), bytes);
      return join(root, name);
    };
    const cut = (name: string): string => {
      const bytes = makeWheel();
      writeFileSync(join(root, name), bytes.subarray(0, bytes.length / 2));
      return join(root, name);
    };
    for (const [what, make, message] of cases)
      it(`refuses one ${what}, and leaves nothing`, async () => {
        expectRefused(await setup(['--wheel', make()]), message);
      });

    it('says that there is no such file', async () => {
      const { code, stderr } = await setup(['--wheel', join(root, 'none.whl')]);
      expect(stderr).to.match(/there is no file '.*none\.whl'/);
      expect(code).to.equal(2);
    });

    it('says that the cache cannot be written', async () => {
      writeFileSync(cache, '');
      const { code, stderr } = await setup(['--wheel', wheel]);
      expect(stderr)
        .to.match(/cannot be written/)
        .and.contain('RETROGRAPH_CACHE');
      expect(code).to.equal(1);
    });

    it('says that the library does not load, where it does not', async () => {
      const { code, stdout, stderr } = await retrograph(['setup-native', '--wheel', wheel], {
        env: { RETROGRAPH_CACHE: cache, RETROGRAPH_LIBTENSORFLOW: '' },
      });
      expect(stderr)
        .to.contain(`${join(folder, MAIN)} does not load here`)
        .and.contain('--force');
      expect(stdout).to.equal('');
      expect(code).to.equal(1);
    });
  });

  describe('by pip', () => {
    /** A PATH with a `python3` of these lines, and what shells need. */
    function withPython(script: string): RunOptions {
      const bin = join(root, 'bin');
      mkdirSync(bin);
      writeFileSync(join(bin, 'python3'), `#!/bin/sh\n${script}`);
      chmodSync(join(bin, 'python3'), 0o755);
      return { env: { PATH: `${bin}:/usr/bin:/bin`, WHEEL: wheel } };
    }

    /** A pip that writes the wheel in pieces, as pip does, where it writes what it has not whole yet. */
    const PIP = `
[ "$3" = --version ] && exit 0
while [ $# -gt 1 ]; do shift; [ "$1" = --dest ] && dest=$2; done
echo "  Downloading x.whl (0.1 MB)"
mkdir "$TMPDIR/unpack"
for i in 1 2 3 4; do head -c 25000 "$WHEEL" >> "$TMPDIR/unpack/x.whl"; sleep \${PAUSE:-0.3}; done
rm -r "$TMPDIR/unpack"
cp "$WHEEL" "$dest/x.whl"
`;

    it('shows how far it is', async () => {
      const outcome = await setup(['--force'], withPython(PIP));
      expectInstalled(outcome);
      expect(outcome.stderr)
        .to.match(/^downloading \d+ %/m)
        .and.match(/^unpacking \d+ %/m);
    });

    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      it(`leaves no file and no process when it gets ${signal}`, async () => {
        const { env, ...options } = withPython(`echo $$ > '${join(root, 'pid')}'\n${PIP}`);
        const outcome = await setup(['--force'], {
          ...options,
          env: { ...env, PAUSE: '10' },
          onStderr: (text, child) => {
            if (/downloading/.test(text)) child.kill(signal);
          },
        });
        expect(outcome.code, outcome.stderr).to.equal(code);
        expect(names()).to.deep.equal([]);
        const pid = Number(readFileSync(join(root, 'pid'), 'utf8'));
        expect(await eventually(() => !isRunning(pid)), 'pip has ended').to.equal(true);
      });

    it('says what is missing, and what would help: Python', async () => {
      mkdirSync(join(root, 'bin'));
      const outcome = await setup(['--force'], { env: { PATH: join(root, 'bin') } });
      expectRefused(outcome, /there is no Python/);
      expect(outcome.stderr).to.contain('python3-pip').and.contain('--wheel FILE');
    });

    it('says what is missing, and what would help: pip', async () => {
      const { env } = withPython('echo "No module named pip" >&2; exit 1');
      const outcome = await setup(['--force'], { env: { ...env, PATH: join(root, 'bin') } });
      expectRefused(outcome, /python3 has no pip/);
      expect(outcome.stderr).to.contain('python3-pip').and.contain('--wheel FILE');
    });

    it('says what pip said when it failed', async () => {
      const python = withPython('[ "$3" = --version ] && exit 0\necho "ERROR: no such release" >&2; exit 1');
      expectRefused(await setup(['--force'], python), /pip did not get \S+ \S+:\nERROR: no such release/);
    });
  });

  it('says that there is one already that comes first', async () => {
    const named = join(root, 'named');
    mkdirSync(named);
    for (const name of [MAIN, FRAMEWORK]) writeFileSync(join(named, name), makeElf());
    const { code, stdout, stderr } = await setup(['--json'], { env: { RETROGRAPH_LIBTENSORFLOW: named } });
    expect(code, stderr).to.equal(0);
    expect(stderr).to.match(/there is one already \(RETROGRAPH_LIBTENSORFLOW\)/);
    expect(JSON.parse(stdout)).to.deep.equal({ library: join(named, MAIN), source: 'RETROGRAPH_LIBTENSORFLOW' });
    expect(names()).to.deep.equal([]);
  });

  it('asks for a compiler only where one is needed', async () => {
    await setup(['--wheel', wheel]);
    const { code, stderr } = await setup(['--wheel', wheel, '--op-by-op'], { env: { CXX: join(root, 'none') } });
    if (stderr.includes('tfjs-node is there already')) return; // an installed one
    expect(stderr)
      .to.match(/no C\+\+ compiler \(.*none\)/)
      .and.contain('g++');
    expect(code).to.equal(1);
    expect(names()).to.deep.equal([basename(folder)]);
  });

  it('removes from the cache what was built for an installation that is gone', async () => {
    const cache = join(root, 'orphans');
    const makeBuilt = (name: string, core: string): string => {
      const scope = join(cache, name, 'node_modules', '@tensorflow');
      mkdirSync(scope, { recursive: true });
      symlinkSync(core, join(scope, 'tfjs-core'));
      return name;
    };
    const kept = [makeBuilt('tfjs-node-1', root), makeBuilt('libtensorflow-1', join(root, 'gone'))];
    makeBuilt('tfjs-node-2', join(root, 'gone'));
    await removeOrphans(cache);
    expect(readdirSync(cache).sort()).to.deep.equal(kept.sort());
    await removeOrphans(join(root, 'no such folder'));
  });

  describe('with the real library', () => {
    const { library } = searchLibrary();
    if (!requireNativeOps() || library === undefined) return;

    it('finds all there, and runs it', async () => {
      const { code, stdout, stderr } = await retrograph(['setup-native', '--op-by-op', '--json']);
      expect(code, stderr).to.equal(0);
      expect(JSON.parse(stdout)).to.include({ library: library.main, tfjsNode: findTfjsNode() });
      const { before, after } = JSON.parse(stdout).loss;
      expect(after).to.be.below(before);
      expect(JSON.parse(stdout).version).to.match(/^2\.\d+\.\d+$/);
      expect(stderr)
        .to.match(/tfjs-node is there already/)
        .and.not.match(/%/);
    });
  });
});

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function eventually(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 50 && !condition(); i++) await new Promise((later) => setTimeout(later, 100));
  return condition();
}
