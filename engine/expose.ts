/**
 * Functions as users get them. The index of a folder of functions exposes each of them by its public name, with the parameters that
 * TypeScript knows of it (scripts/catalogue.mjs writes both down). So a call from JavaScript is checked as one from TypeScript is,
 * nodes get the line of the call, and every refusal says what was called, with which operands, and where. What the library itself
 * calls meanwhile is part of that call; what a function that they hand in calls, is theirs (see `apart`).
 */
import { formatValue } from './attr.ts';
import { captureSite, formatSite, type Site } from './build/callsite.ts';
import { context } from './build/context.ts';
import { isSym } from './build/sym.ts';
import { formatOperand } from './build/table.ts';
import { requireOfThisCopy } from './copy.ts';
import { DimExpr } from './dim.ts';
import { AttributeError, classOf, RetrographError } from './errors.ts';
import { shapeOf } from './literal.ts';

const isObject = (v: unknown): v is object => typeof v === 'object' && v !== null && !Array.isArray(v) && !isSym(v);

/** A letter for each kind of argument: what it is, in words, and whether a value is of it. */
const KINDS: Readonly<Record<string, readonly [expects: string, accepts: (value: unknown) => boolean]>> = {
  y: ['a Sym', isSym],
  n: ['a number', (v) => typeof v === 'number'],
  b: ['a boolean', (v) => typeof v === 'boolean'],
  s: ['a string', (v) => typeof v === 'string'],
  f: ['a function', (v) => typeof v === 'function'],
  F: ["a function such as relu, of 'retrograph/ops'", (v) => typeof v === 'function'],
  r: ['a record of Syms', (v) => isObject(v) && Object.values(v).every(isSym)],
  a: ['an array', (v) => Array.isArray(v) || ArrayBuffer.isView(v)],
  d: ['a dim', (v) => v instanceof DimExpr],
  o: ['an object', isObject],
  z: ['null', (v) => v === null],
};
/** What builders take for a Sym. */
const VALUE = 'ynba';
const ANY = '*';

interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
  /** Letters of KINDS; ANY for whatever there is. */
  readonly kinds: string;
  /** Of an object of options: those that there are. */
  readonly options: readonly Parameter[] | undefined;
}

/**
 * Reads parameters: 'x:ynba', or with v for these four, 'axis?:na' for one that may be left out, '...xs:v', and
 * 'axes:[n]' for an array of them, and 'options?:{units:n,activation?:f}' for options, of which there are no others.
 */
const parse = (signature: string): readonly Parameter[] =>
  [...signature.matchAll(/(\.\.\.)?(\w+)(\?)?:(?:\{([^}]*)\}|([^\s,]+))/g)].map(
    ([, rest, name, optional, options, kinds = 'o']) => ({
      name: name!,
      optional: optional !== undefined,
      rest: rest !== undefined,
      kinds: kinds.replaceAll('v', VALUE),
      options: options === undefined ? undefined : parse(options),
    }),
  );

/**
 * @param name as users call it: 'relu', 'losses.huberLoss'
 * @returns a function of the same type, which throws what `f` throws; AttributeError for arguments of another kind
 */
// biome-ignore lint/suspicious/noExplicitAny: any function
export function expose<F extends (this: any, ...args: any[]) => unknown>(name: string, signature: string, f: F): F {
  let parameters: readonly Parameter[] | undefined;
  function exposed(this: unknown, ...args: unknown[]): unknown {
    parameters ??= parse(signature);
    if (context.call !== undefined || context.derived) {
      check(name, parameters, args);
      return f.apply(this, args);
    }
    context.call = { name, exposed };
    try {
      check(name, parameters, args);
      const result = f.apply(this, args);
      if (!(result instanceof Promise)) return result;
      const site = captureSite(exposed);
      return result.catch((e) => {
        // others come from outside: files, workers, what is handed in
        throw e instanceof RetrographError ? complete(e, name, parameters!, args, site) : e;
      });
    } catch (e) {
      throw complete(e, name, parameters, args, captureSite(exposed));
    } finally {
      context.call = undefined;
    }
  }
  return exposed as F;
}

/** Exposes methods of a class, each under its own name. */
export function exposeMethods<C>(
  of: { readonly prototype: C },
  signatures: { readonly [K in keyof C]?: string },
): void {
  const methods = of.prototype as Record<string, (...args: unknown[]) => unknown>;
  for (const [name, signature] of Object.entries(signatures))
    methods[name] = expose(name, signature as string, methods[name]!);
}

function check(call: string, parameters: readonly Parameter[], args: readonly unknown[]): void {
  for (let i = 0; i < parameters.length; i++) {
    const p = parameters[i]!;
    if (p.rest) {
      for (const value of args.slice(i)) requireKind(p, value);
      return;
    }
    const value = args[i];
    if (value === undefined && p.optional) continue;
    if (p.options === undefined) requireKind(p, value);
    else requireOptions(call, parameters, i, value);
  }
  const surplus = args.slice(parameters.length);
  if (surplus.some((value) => value !== undefined) && !isOfArrayMethod(args, parameters.length))
    throw new AttributeError(
      `it takes ${parameters.map(({ name }) => name).join(', ') || 'no arguments'}, and got ${args.length} arguments`,
    );
}

/** Whether the last of the arguments are those that `map` and its like add: an index, and the array. */
function isOfArrayMethod(args: readonly unknown[], taken: number): boolean {
  const [index, array] = args.slice(-2) as [number, readonly unknown[]];
  return args.length === taken + 2 && Array.isArray(array) && array[index] === args[0];
}

/** The letters of kinds, and in brackets those of the items of an array. */
const alternatives = (kinds: string): readonly (readonly [letter: string, items: string | undefined])[] =>
  [...kinds.matchAll(/\[(.*)\]|./g)].map(([letter, items]) => [letter, items]);

const accepts = (kinds: string, value: unknown): boolean =>
  kinds === ANY ||
  alternatives(kinds).some(([letter, items]) =>
    items === undefined
      ? KINDS[letter]![1](value)
      : Array.isArray(value) && Array.from(value).every((item) => accepts(items, item)),
  );

/** 'a number or an array of numbers' */
const inWords = (kinds: string): string =>
  alternatives(kinds)
    .map(([letter, items]) =>
      items === undefined
        ? KINDS[letter]![0]
        : `an array${items === ANY ? '' : ` of ${inWords(items).replace(/\ban? (\w+)/g, '$1s')}`}`,
    )
    .reduceRight((last, kind) => `${kind}${/ or /.test(last) ? ',' : ' or'} ${last}`);

function requireKind(p: Parameter, value: unknown): void {
  if (accepts(p.kinds, value)) return;
  requireOfThisCopy(
    value,
    ...(typeof value === 'object' && !ArrayBuffer.isView(value) ? Object.values(value ?? {}) : []),
  );
  const what = value === undefined ? 'is missing: it is' : 'is';
  throw new AttributeError(
    `${p.name} ${what} ${inWords(p.kinds)}${value === undefined ? '' : `, not ${formatValue(value)}${hint(p, value)}`}`,
  );
}

/** What to write, where people often forget something. */
function hint({ kinds }: Parameter, value: unknown): string {
  if (kinds.includes('r') && isSym(value)) return ': write { y: ... }';
  return kinds.includes('[') && isObject(value) && 'minimize' in value ? ': write .minimize(loss) behind it' : '';
}

function requireOptions(call: string, parameters: readonly Parameter[], at: number, value: unknown): void {
  const { options = [] } = parameters[at]!;
  const write = (text: string): string =>
    `write ${call}(${[...parameters.slice(0, at).map(({ name }) => name), `{ ${text} }`].join(', ')})`;
  if (value === undefined) {
    const required = options.filter(({ optional }) => !optional);
    throw new AttributeError(
      `the ${parameters[at]!.name} are missing: ${write(required.map(({ name }) => `${name}: ...`).join(', '))}`,
    );
  }
  if (!isObject(value)) {
    const fitting = options.find((o) => accepts(o.kinds, value)) ?? options[0]!;
    throw new AttributeError(
      `the ${parameters[at]!.name} are an object, not ${formatValue(value)}: ${write(`${fitting.name}: ${accepts(fitting.kinds, value) ? formatValue(value) : '...'}`)}`,
    );
  }
  requireKnown(
    parameters[at]!.name,
    options.map(({ name }) => name),
    value,
  );
  const given = value as Readonly<Record<string, unknown>>;
  for (const o of options) if (given[o.name] !== undefined || !o.optional) requireKind(o, given[o.name]);
}

/** @throws AttributeError for a name that is not among those that are known */
export function requireKnown(what: string, known: readonly string[], given: object): void {
  for (const name of Object.keys(given))
    if (!known.includes(name)) throw new AttributeError(`there is no '${name}' among the ${what}: ${known.join(', ')}`);
}

/** The error, after it has been told what was called, with what, and where. */
function complete(
  error: unknown,
  call: string,
  parameters: readonly Parameter[],
  args: readonly unknown[],
  site: Site,
): unknown {
  const ours = error instanceof RetrographError;
  // what functions that are handed in throw is theirs
  if (ours ? error.call !== undefined : args.some(holdsFunction)) return error;
  const reason = ours
    ? withoutName(error.detail, call)
    : `it cannot take these arguments (${(error as Error).message})`;
  const lines = parameters.flatMap((p, i) => (p.rest ? operands(p.name, args.slice(i)) : operands(p.name, args[i])));
  return new (ours ? classOf(error) : AttributeError)(`${call}: ${[reason, ...lines].join('\n')}`, {
    call,
    node: ours ? error.node : undefined,
    site: formatSite(site),
    cause: ours ? error.cause : error,
  });
}

/** Without the function's name, which a function may have put before its words. */
function withoutName(reason: string, call: string): string {
  const own = call.slice(call.lastIndexOf('.') + 1);
  const [prefix, word = ''] = /^(\w+): /.exec(reason) ?? [''];
  return word.startsWith(own) || (word !== '' && own.startsWith(word)) ? reason.slice(prefix.length) : reason;
}

const holdsFunction = (arg: unknown): boolean =>
  typeof arg === 'function' || (isObject(arg) && Object.values(arg as object).some((v) => typeof v === 'function'));

/** How many of a list are shown. */
const SHOWN = 4;

/** An argument as lines of a message: Syms with their types and where they were made. */
function operands(name: string, value: unknown): readonly string[] {
  if (value === undefined || typeof value === 'function') return [];
  if (isSym(value)) return [`  ${name} = ${formatOperand(value)}`];
  if (Array.isArray(value) && value.some(isSym)) {
    const shown = value.slice(0, SHOWN).flatMap((v, i) => operands(`${name}[${i}]`, v));
    return value.length > SHOWN ? [...shown, `  ... and ${value.length - SHOWN} more`] : shown;
  }
  const shape = shapeOf(value);
  if (shape.length > 1 || shape[0]! > SHOWN) return [`  ${name} = an array [${shape.join(', ')}]`];
  if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype)
    return Object.entries(value as object).flatMap(([key, v]) => operands(`${name}.${key}`, v));
  return [`  ${name} = ${formatValue(value)}`];
}
