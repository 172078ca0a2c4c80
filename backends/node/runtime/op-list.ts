/** What the library itself says of its ops. */
import type { Shared, Spelling } from '../graph/writer.ts';
import { decode } from '../proto/messages.ts';
import type { CApi } from './c-api.ts';

interface OpList {
  readonly op: readonly {
    readonly name: string;
    readonly attr: readonly { readonly name: string }[];
    readonly outputArg: readonly {
      readonly name: string;
      readonly numberAttr?: string;
      readonly typeListAttr?: string;
    }[];
  }[];
}

const lists = new WeakMap<CApi, ReadonlyMap<string, OpList['op'][number]>>();

function opsOf(api: CApi): ReadonlyMap<string, OpList['op'][number]> {
  let ops = lists.get(api);
  if (ops === undefined) {
    const { op } = decode('OpList', api.allOps()) as unknown as OpList;
    ops = new Map(op.map((def) => [def.name, def]));
    lists.set(api, ops);
  }
  return ops;
}

/** How the body of a function names a tensor: an argument by its name, another as `node:output argument:index`. */
const spellingIn =
  (api: CApi): Spelling =>
  ({ name, op, output }) => {
    if (op === '') return name;
    const args = opsOf(api).get(op)!.outputArg;
    const [first] = args;
    // a list of outputs is one argument
    const isList = Boolean(first!.numberAttr || first!.typeListAttr);
    return isList ? `${name}:${first!.name}:${output}` : `${name}:${args[output]!.name}:0`;
  };

/** For writers: how the library names outputs, and what attributes its ops have. */
export const describeOps = (api: CApi): Pick<Shared, 'inFunction' | 'hasAttribute'> => ({
  inFunction: spellingIn(api),
  hasAttribute: (op, attribute) =>
    opsOf(api)
      .get(op)
      ?.attr.some(({ name }) => name === attribute) ?? false,
});
