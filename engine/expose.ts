/**
 * Wraps public functions with argument checks. The index of a folder of functions exposes each one under its public name, with its
 * parameter types (scripts/catalogue.mjs writes both). So calls from JavaScript are type-checked, nodes get the line of the user's call,
 * and errors name the function, its operands and the line. Calls that the library makes inside belong to the user's call; calls that a
 * user's callback makes are calls of their own (see `apart`).
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

/** The kinds of arguments: a letter, and its description for errors. */
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
/** Tests of kinds that typeof cannot tell. */
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
/** The kinds of a SymLike. */
const VALUE = 'ynba';
const ANY = '*';

interface Parameter {
  readonly name: string;
  readonly optional: boolean;
  readonly rest: boolean;
  /** Letters of KINDS; ANY for any value. */
  readonly kinds: string;
  /** The fields of an options object. */
  readonly options: readonly Parameter[] | undefined;
}

/**
 * Parses a signature: 'x:ynba' (v is short for these four kinds), 'axis?:na' optional, '...xs:v' variadic, 'axes:[n]' an array, and
 * 'options?:{units:n,activation?:f}' an object with these fields and no others.
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
 * Wraps a function as described above.
 * @param name the public name: 'relu', 'losses.huberLoss'
 * @returns a function of the same type. It throws AttributeError for arguments of other kinds, and the errors of `f` with the call added.
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
        // other errors come from files, workers or callbacks
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

/** A check of the options of a function that is not exposed because it has to be fast. The check throws AttributeError. */
export function optionsCheck(call: string, signature: string): (options: object) => void {
  let parameters: readonly Parameter[] | undefined;
  return (options) => {
    parameters ??= parse(`options:{${signature}}`);
    check(call, parameters, [options]);
  };
}

/** Exposes methods of a class under their own names. */
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

/** Whether the surplus arguments are those that `Array.map` and similar methods pass: an index and the array. */
function isOfArrayMethod(args: readonly unknown[], taken: number): boolean {
  const [index, array] = args.slice(-2) as [number, readonly unknown[]];
  return args.length === taken + 2 && Array.isArray(array) && array[index] === args[0];
}

/** Splits kinds into alternatives: a letter, or the kinds of an array's items in brackets. */
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

/** A hint for common mistakes. */
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

/** @throws AttributeError for a field that is not known */
function requireKnown(what: string, known: readonly Parameter[], given: object): void {
  for (const key of Object.keys(given))
    if (!known.some(({ name }) => name === key))
      throw new AttributeError(`there is no '${key}' among the ${what}: ${namesOf(known)}`);
}

/** Adds the called function, its operands and the call's line to an error. */
function complete(
  error: unknown,
  call: string,
  parameters: readonly Parameter[],
  args: readonly unknown[],
  site: Site,
): unknown {
  const ours = error instanceof RetrographError;
  // errors of a nested call already have their context, and errors of callbacks are passed through
  if (ours ? error.call !== undefined : args.some(holdsFunction)) return error;
  const reason = ours
    ? withoutName(error.detail, call)
    : `it cannot take these arguments (${(error as Error).message})`;
  const { node, site: made } = ours ? error : {};
  const at = formatSite(site);
  // the error's line becomes that of this call, so the line of its node is added to the message
  const where = node === undefined || made === undefined || made === at ? [] : [`  '${node}' was made at ${made}`];
  const lines = parameters.flatMap((p, i) => (p.rest ? operands(p.name, args.slice(i)) : operands(p.name, args[i])));
  return new (ours ? classOf(error) : AttributeError)(`${call}: ${[reason, ...where, ...lines].join('\n')}`, {
    call,
    node,
    site: at,
    cause: ours ? error.cause : error,
  });
}

/** Removes the function's name from the start of a message, where the function has added it itself. */
function withoutName(reason: string, call: string): string {
  const name = call.slice(call.lastIndexOf('.') + 1);
  const [prefix, first = ''] = /^(\w+): /.exec(reason) ?? [''];
  return first.startsWith(name) || (first !== '' && name.startsWith(first)) ? reason.slice(prefix.length) : reason;
}

const holdsFunction = (arg: unknown): boolean =>
  isFunction(arg) || (isObject(arg) && Object.values(arg).some(isFunction));

/** The most elements of a list that are shown. */
const SHOWN = 4;

/** An argument as lines of an error: Syms with their types and call sites. */
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
