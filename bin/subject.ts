/** Loads the graph that `print` shows, of an example or a document. */
import { readFile } from 'node:fs/promises';
import type { Sym, Update } from '../engine/index.ts';
import {
  Graph,
  gradients,
  isDifferentiable,
  Placeholder,
  RetrographError,
  toposort,
  Variable,
} from '../engine/index.ts';
import { UsageError } from './errors.ts';
import { EXAMPLES, loadExample, WITH_MODELS } from './examples.ts';
import type { Session } from './session.ts';
import { suggest } from './suggest.ts';

export interface Subject {
  readonly graph: Graph;
  readonly outputs: Readonly<Record<string, Sym>>;
  readonly updates: readonly Update[];
  /** Gradients by name. @param of the output to differentiate, if there are several */
  readonly gradients: (of?: string) => Readonly<Record<string, Sym>>;
}

/** @throws UsageError for anything but an example or a file with a graph */
export async function loadSubject(source: string, session: Session, model?: string): Promise<Subject> {
  if (model !== undefined && !WITH_MODELS.includes(source))
    throw new UsageError(`'${source}' has no --model`, `examples that have several are ${WITH_MODELS.join(', ')}`);
  if (EXAMPLES.includes(source)) {
    const example = await loadExample(source);
    const { graph, outputs, gradients: given, updates = [] } = example.graph({ seed: session.seed, model });
    return { graph, outputs, updates, gradients: (of) => (of === undefined ? given : differentiate(outputs, of)) };
  }
  const { graph, outputs, updates } = readDocument(source, await readText(source), session);
  return { graph, outputs, updates, gradients: (of) => differentiate(outputs, of) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new UsageError(`'${path}' cannot be read: ${message}`, undefined, { cause });
    const examples = `examples are ${EXAMPLES.join(', ')}`;
    throw new UsageError(`there is neither a file nor an example '${path}'`, suggest(path, EXAMPLES) ?? examples, {
      cause,
    });
  }
}

function readDocument(path: string, text: string, { container }: Session): ReturnType<typeof Graph.fromJSON> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(
      `'${path}' is not JSON: ${(cause as Error).message}`,
      'a graph is written by JSON.stringify(graph.toJSON())',
      { cause },
    );
  }
  try {
    return Graph.fromJSON(document, {
      ops: container.ops().map(({ op }) => op),
      initializers: container.initializers(),
    });
  } catch (cause) {
    if (!(cause instanceof RetrographError)) throw cause;
    const hint = /there is no op/.test(cause.message)
      ? 'an op of a plugin needs --plugin'
      : 'a graph is written by JSON.stringify(graph.toJSON())';
    throw new UsageError(`'${path}' holds no graph that can be read: ${cause.message}`, hint, { cause });
  }
}

/** Gradients of the named output, or of 'loss', or of the only output, by its trainable variables, or else by its inputs. */
function differentiate(outputs: Readonly<Record<string, Sym>>, of?: string): Readonly<Record<string, Sym>> {
  const names = Object.keys(outputs);
  const name = of ?? (names.includes('loss') ? 'loss' : names.length === 1 ? names[0]! : undefined);
  const y = name === undefined ? undefined : outputs[name];
  if (y === undefined) {
    throw new UsageError(
      name === undefined ? 'which output is to be differentiated?' : `there is no output '${name}'`,
      `--of takes one of ${names.join(', ')}`,
    );
  }
  const leaves = toposort([y]).filter((node) => isDifferentiable(node.outputs[0]!.dtype));
  const trainable = leaves.filter((node) => node.op === Variable && node.attrs.trainable === true);
  const xs = trainable.length > 0 ? trainable : leaves.filter((node) => node.op === Placeholder);
  if (xs.length === 0)
    throw new UsageError(`the output '${name}' depends on nothing that it could be differentiated by`);
  return gradients(y, Object.fromEntries(xs.map((node) => [node.label, node.outputs[0]!])));
}
