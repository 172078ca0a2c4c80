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
import { DimExpr } from './dim/index.ts';
import { classOf } from './error-class.ts';
import { AttributeError, RetrographError } from './errors.ts';
import { shapeOf } from './literal.ts';

const isFunction = (v: unknown): boolean => typeof v === 'function';
const isObject = (v: unknown): v is object => typeof v === 'object' && v !== null && !Array.isArray(v) && !isSym(v);

/** A letter for each kind of argument, in words. */
const KINDS: Readonly<Record<string, string>> = {
  y: 'Sym',
  n: 'number',
  b: 'boolean',
  s: 'string',
  f: 'function',
  F: "function such as relu, of 'retrograph/ops'",
  R: "function such as regularizers.l2(), of 'retrograph/layers'",
  r: 'record of Syms',
  a: 'array',
  d: 'dim',
  i: "initializer such as glorotNormal(), of 'retrograph/initializers'",
  o: 'object',
  z: 'null',
};
/** Of those that typeof does not tell. */
const TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  y: isSym,
  F: isFunction,
  R: isFunction,
  r: (v) => isObject(v) && Object.values(v).every(isSym),
  a: (v) => Array.isArray(v) || ArrayBuffer.isView(v),
  d: (v) => v instanceof DimExpr,
  i: isObject,
  o: isObject,
  z: (v) => v === null,
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
 * Reads parameters: 'x:ynba', or with v for these four, 'axis?:na' for one that may be left out, '...xs:v',
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
    context.call = { name, exposed, makes: !parameters.some(({ kinds }) => /[yo]/.test(kinds)) };
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

/** What checks the options of a function that is not exposed, because it has to be fast. It throws AttributeError. */
export function optionsCheck(call: string, signature: string): (options: object) => void {
  let parameters: readonly Parameter[] | undefined;
  return (options) => {
    parameters ??= parse(`options:{${signature}}`);
    check(call, parameters, [options]);
  };
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
    throw new AttributeError(`it takes ${namesOf(parameters) || 'no arguments'}, and got ${args.length} arguments`);
}

/** Whether the last of the arguments are those that `map` and its like add: an index, and the array. */
function isOfArrayMethod(args: readonly unknown[], taken: number): boolean {
  const [index, array] = args.slice(-2) as [number, readonly unknown[]];
  return args.length === taken + 2 && Array.isArray(array) && array[index] === args[0];
}

/** The letters of kinds, and in brackets those of the items of an array. */
const alternatives = (kinds: string) => [...kinds.matchAll(/\[(.*)\]|./g)] as readonly (readonly [string, string?])[];

const accepts = (kinds: string, value: unknown): boolean =>
  kinds === ANY ||
  (kinds.startsWith('y') && isSym(value)) ||
  alternatives(kinds).some(([letter, items]) =>
    items === undefined
      ? (TESTS[letter]?.(value) ?? typeof value === KINDS[letter])
      : Array.isArray(value) && Array.from(value).every((item) => accepts(items, item)),
  );

/** 'number or array of numbers' */
const inWords = (kinds: string): string =>
  alternatives(kinds)
    .map(([letter, items]) =>
      items === undefined
        ? KINDS[letter]!
        : items === ANY
          ? KINDS.a!
          : `array of ${inWords(items).replace(/^\w+|(?<= or )\w+/g, '$&s')}`,
    )
    .join(' or ');

function requireKind({ name, kinds }: Parameter, value: unknown): void {
  if (accepts(kinds, value)) return;
  requireOfThisCopy(
    value,
    ...(typeof value === 'object' && !ArrayBuffer.isView(value) ? Object.values(value ?? {}) : []),
  );
  const expected = inWords(kinds);
  const article = /^null/.test(expected) ? '' : /^[ao]/.test(expected) ? 'an ' : 'a ';
  throw new AttributeError(
    `${name} is ${value === undefined ? 'missing: it is ' : ''}${article}${expected}${value === undefined ? '' : `, not ${formatValue(value)}${hint(kinds, value)}`}`,
  );
}

/** What to write, where people often forget something. */
const hint = (kinds: string, value: unknown): string =>
  kinds.includes('r') && isSym(value)
    ? ': write { y: ... }'
    : kinds.includes('[') && isObject(value) && 'minimize' in value
      ? ': write .minimize(loss)'
      : kinds.includes('y') && isObject(value) && 'y' in value && isSym(value.y)
        ? ': take its y'
        : '';

function requireOptions(call: string, parameters: readonly Parameter[], at: number, value: unknown): void {
  const { name, options = [] } = parameters[at]!;
  if (!isObject(value)) {
    const missing = value === undefined;
    const [fitting = options[0]!] = options.filter(({ kinds }) => accepts(kinds, value));
    const written = (missing ? options.filter((o) => !o.optional) : [fitting]).map(
      (o) => `${o.name}: ${accepts(o.kinds, value) ? formatValue(value) : '...'}`,
    );
    const args = [...parameters.slice(0, at).map((p) => p.name), `{ ${written.join(', ')} }`];
    throw new AttributeError(
      `the ${name} are ${missing ? 'missing' : `an object, not ${formatValue(value)}`}: write ${call}(${args.join(', ')})`,
    );
  }
  requireKnown(name, options, value);
  const given = value as Readonly<Record<string, unknown>>;
  for (const o of options) if (given[o.name] !== undefined || !o.optional) requireKind(o, given[o.name]);
}

const namesOf = (parameters: readonly { readonly name: string }[]): string =>
  parameters.map(({ name }) => name).join(', ');

/** @throws AttributeError for a name that is not among those that are known */
function requireKnown(what: string, known: readonly Parameter[], given: object): void {
  for (const key of Object.keys(given))
    if (!known.some(({ name }) => name === key))
      throw new AttributeError(`there is no '${key}' among the ${what}: ${namesOf(known)}`);
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
  const { node, site: made } = ours ? error : {};
  const at = formatSite(site);
  // the error is of this call; the line of the node that it is about would be lost
  const where = node === undefined || made === undefined || made === at ? [] : [`  '${node}' was made at ${made}`];
  const lines = parameters.flatMap((p, i) => (p.rest ? operands(p.name, args.slice(i)) : operands(p.name, args[i])));
  return new (ours ? classOf(error) : AttributeError)(`${call}: ${[reason, ...where, ...lines].join('\n')}`, {
    call,
    node,
    site: at,
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
  isFunction(arg) || (isObject(arg) && Object.values(arg).some(isFunction));

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
