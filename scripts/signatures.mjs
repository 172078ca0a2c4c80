// Reads the parameters of exported functions with TypeScript, in the format of engine/expose.ts.
import ts from 'typescript';

const VALUE = 'ynba';
/** Types of functions with their own letter. */
const FUNCTIONS = { Activation: 'F', Regularizer: 'R' };
/** The order of letters; see KINDS in engine/expose.ts. */
const LETTERS = 'ynbasfFRrdioz';
const ANY = '*';

/**
 * Opens files.
 * @returns a function that reads a file's exports: `{ name, kind, signature }`, where kind is 'function', 'value' or 'type'
 */
export function openExports(files, root) {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return (file) => {
    const source = program.getSourceFile(file);
    return checker.getExportsOfModule(checker.getSymbolAtLocation(source)).map((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!(symbol.flags & ts.SymbolFlags.Value) || exported.declarations?.some(isOfType))
        return { name: exported.name, kind: 'type' };
      const type = checker.getTypeOfSymbolAtLocation(symbol, source);
      const calls = type.getCallSignatures();
      if (symbol.flags & ts.SymbolFlags.ValueModule || calls.length === 0)
        return { name: exported.name, kind: 'value' };
      return { name: exported.name, kind: 'function', signature: format(mergeOverloads(calls.map(parametersOf))) };
    });
  };

  function parametersOf(signature) {
    return signature.getParameters().flatMap((parameter) => {
      const { valueDeclaration: declaration } = parameter;
      const type = checker.getTypeOfSymbol(parameter);
      if (declaration?.dotDotDotToken !== undefined) return restOf(parameter.name, type);
      const optional = declaration !== undefined && checker.isOptionalParameter(declaration);
      return [{ name: nameOf(parameter, declaration), ...describe(type), ...(optional && { optional }) }];
    });
  }

  /** A destructured parameter is named by the last word of its type: `{ units }: DenseOptions` is 'options'. */
  function nameOf(parameter, declaration) {
    if (declaration === undefined || ts.isIdentifier(declaration.name)) return parameter.name.replace(/^_/, '');
    const [word = 'options'] = /[A-Z][a-z]*$/.exec(declaration.type?.typeName?.text ?? '') ?? [];
    return word.toLowerCase();
  }

  /** Rest parameters: each item of a tuple, or a list of any length. */
  function restOf(name, type) {
    if (!checker.isTupleType(type))
      return [{ name, rest: true, ...describe(checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type) }];
    const { labeledElementDeclarations: labels, elementFlags } = type.target;
    return checker.getTypeArguments(type).map((item, i) => {
      const optional = (elementFlags[i] & ts.ElementFlags.Optional) !== 0;
      return { name: labels?.[i]?.name.text ?? name, ...describe(item), ...(optional && { optional }) };
    });
  }

  /** The kinds of a type; for an object of options, also its properties. */
  function describe(type) {
    const parts = partsOf(type);
    const known = parts.map(kindOf);
    const objects = parts.filter((_, i) => known[i] === 'o');
    const kinds = merge(known.filter((kind) => kind !== 'u'));
    const options = kinds === 'o' && objects.length === 1 && !isOpen(type) ? optionsOf(objects[0]) : undefined;
    return { kinds, options, ...(known.includes('u') && { optional: true }) };
  }

  /** Whether a type may have unknown properties, as a type parameter may. */
  function isOpen(type) {
    return (type.flags & ts.TypeFlags.Instantiable) !== 0 || (type.isUnionOrIntersection() && type.types.some(isOpen));
  }

  function partsOf(type) {
    const constraint = type.flags & ts.TypeFlags.Instantiable ? checker.getBaseConstraintOfType(type) : type;
    if (constraint === undefined) return [];
    return constraint.isUnion() ? constraint.types.flatMap(partsOf) : [constraint];
  }

  function kindOf(type) {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never | ts.TypeFlags.Instantiable)) return ANY;
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return 'u';
    if (flags & ts.TypeFlags.Null) return 'z';
    if (flags & ts.TypeFlags.NumberLike) return 'n';
    if (flags & ts.TypeFlags.StringLike) return 's';
    if (flags & ts.TypeFlags.BooleanLike) return 'b';
    if (type.symbol?.name === 'Sym') return 'y';
    if (type.symbol?.name === 'DimExpr') return 'd';
    if (type.symbol?.name === 'Initializer') return 'i';
    if (type.getCallSignatures().length > 0) return FUNCTIONS[type.aliasSymbol?.name] ?? 'f';
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (item === undefined) {
      const value = checker.getIndexTypeOfType(type, ts.IndexKind.String);
      return value?.symbol?.name === 'Sym' ? 'r' : 'o';
    }
    // 'a' is for nested arrays of any depth, typed arrays, and anything with a length
    const isList = checker.isArrayType(type) || checker.isTupleType(type);
    return isList && type.aliasSymbol?.name !== 'NestedArray' ? `[${describe(item).kinds}]` : 'a';
  }

  /** The properties of an object that users write literally; undefined for instances, records, and objects with methods. */
  function optionsOf(type) {
    const properties = type.getProperties();
    const isWritten = ({ declarations }) => declarations?.every((d) => ts.isPropertySignature(d)) ?? false;
    if (properties.length === 0 || checker.getIndexInfosOfType(type).length > 0 || !properties.every(isWritten))
      return undefined;
    return properties.map((property) => {
      const { kinds, optional } = describe(checker.getTypeOfSymbol(property));
      return { name: property.name, kinds, optional: optional || (property.flags & ts.SymbolFlags.Optional) !== 0 };
    });
  }
}

/** Whether an export specifier says `type`. */
const isOfType = (d) => ts.isExportSpecifier(d) && (d.isTypeOnly || d.parent.parent.isTypeOnly);

/** Merges kinds, in a fixed order. All lists become one, with the items of all. */
function merge(kinds) {
  if (kinds.includes(ANY)) return ANY;
  const items = kinds.flatMap((kind) => /\[(.*)\]/.exec(kind)?.slice(1) ?? []);
  const letters = new Set(kinds.flatMap((kind) => [...kind.replace(/\[.*\]/, '')]));
  const list = items.length > 0 && !letters.has('a') ? `[${merge(items)}]` : '';
  return [...LETTERS].filter((letter) => letters.has(letter)).join('') + list;
}

/** The parameters of all overloads; each has the kinds of all of them. */
function mergeOverloads(overloads) {
  const longest = Math.max(...overloads.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => {
    const given = overloads.map((parameters) => parameters[i]);
    const there = given.filter((p) => p !== undefined);
    const optional = there.length < given.length || there.some((p) => p.optional);
    return { ...there.at(-1), kinds: merge(there.map((p) => p.kinds)), optional };
  });
}

function format(parameters) {
  const one = ({ name, kinds, options, optional, rest }) =>
    `${rest ? '...' : ''}${name}${optional && !rest ? '?' : ''}:${
      options === undefined ? letters(kinds) : `{${options.map(one).join(',')}}`
    }`;
  return parameters.map(one).join(' ');
}

const letters = (kinds) => kinds.replaceAll(VALUE, 'v') || ANY;
