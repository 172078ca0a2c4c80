/** Reads the library's definitions of its ops. */
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

/** The name of a tensor in a function's body: an argument's name, or `node:output argument:index`. */
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

/** The library's properties that writers need: names of outputs, and attributes of ops. */
export const describeOps = (api: CApi): Pick<Shared, 'inFunction' | 'hasAttribute'> => ({
  inFunction: spellingIn(api),
  hasAttribute: (op, attribute) =>
    opsOf(api)
      .get(op)
      ?.attr.some(({ name }) => name === attribute) ?? false,
});
