/** The command `setup-native`: installs TensorFlow's library, and tfjs-node on request. */
import { stat } from 'node:fs/promises';
import { Command } from 'commander';
import { libraryFolder } from '../../backends/node/library/cache.ts';
import { type NativeLibrary, searchLibrary } from '../../backends/node/library/locate.ts';
import { requireFile } from '../files.ts';
import type { Checked } from '../native/check.ts';
import { checkInstalledLibrary, installLibrary } from '../native/library.ts';
import { megabytes } from '../native/staging.ts';
import { provideTfjsNode } from '../native/tfjs-node.ts';
import { withOutputOptions } from '../options.ts';
import { note, write, writeJson } from '../output.ts';

interface Options {
  readonly wheel?: string;
  readonly opByOp?: true;
  readonly force?: boolean;
  readonly check: boolean;
  readonly json?: true;
}

const NOTES = `
The library is that of TensorFlow for Python: pip gets it (about 240 MB), and 600 MB of it stay, in RETROGRAPH_CACHE, or where this
system keeps caches. No Python is needed afterwards.

Examples:
  $ retrograph setup-native                      once; then every program can run on the backend node
  $ retrograph setup-native --wheel FILE         from a wheel that is here already, such as on a machine without a network
  $ retrograph setup-native --op-by-op           for looking at single steps too; this takes a C++ compiler`;

export const command = withOutputOptions(
  new Command('setup-native')
    .description("Gets TensorFlow's library, which the backend node runs on, and trains a step on it.")
    .option('--wheel <file>', "the library from this wheel of TensorFlow, instead of pip's")
    .option(
      '--op-by-op',
      "also installs tfjs-node, which runs TensorFlow's kernels one by one, and compiles it on that library",
    )
    .option('--force', 'anew, even if all is there')
    .option('--no-check', 'without loading it and training on it, such as when making an image for other machines')
    .addHelpText('after', NOTES),
).action(async ({ wheel, opByOp, force = false, check, json }: Options) => {
  if (wheel !== undefined) await requireFile(wheel);
  const library = await provideLibrary(wheel, force);
  const tfjsNode = opByOp && (await provideTfjsNode(library, force));
  const checked = check ? await checkAll(library, opByOp === true) : undefined;
  const { main, source } = library;
  if (json) return writeJson({ library: main, source, tfjsNode, ...checked });
  write(`TensorFlow${checked ? ` ${checked.version}` : ''}, ${megabytes((await stat(main)).size)}: ${main}`);
  if (tfjsNode) write(`op by op: ${tfjsNode}`);
  if (checked?.loss) {
    const [before, after] = [checked.loss.before, checked.loss.after].map((value) => value.toFixed(4));
    write(`a step of training on it: loss ${before} before, ${after} after`);
  }
});

async function checkAll(library: NativeLibrary, opByOp: boolean): Promise<Checked> {
  const { checkLibrary, checkTfjsNode } = await import('../native/check.ts'); // imports all ops, which only the check needs
  const checked = await checkLibrary(library);
  if (opByOp) await checkTfjsNode();
  return checked;
}

/** The library that the backend will find; installs one if there is none. */
async function provideLibrary(wheel: string | undefined, force: boolean): Promise<NativeLibrary> {
  const { library: found } = searchLibrary({ python: false });
  if (found !== undefined && found.dir !== libraryFolder() && !force && wheel === undefined) {
    note(`there is one already (${found.source}), which comes first`);
    return found;
  }
  const there = force ? undefined : await checkInstalledLibrary();
  if (there === undefined) {
    const installed = await installLibrary(wheel);
    if (found !== undefined && found.dir !== installed.dir)
      note(`${found.source} has one too, which comes first: ${found.dir}`);
    return installed;
  }
  note(
    wheel === undefined ? 'the library is there already, and whole' : 'a library is there already: --force replaces it',
  );
  return there;
}
