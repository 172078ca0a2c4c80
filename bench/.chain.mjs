var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err) => function __init() {
  if (err) throw err[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err = [e], e;
  }
};

// engine/errors.ts
var RetrographError, ShapeError, DTypeError, AttributeError, GraphError, NoPathError, NotDifferentiableError, GradientRuleError, FeedError, SerializationError, BackendError, UnsupportedOpError, VariableError, IndexError, NumericsError, ProgramStateError, CancelledError;
var init_errors = __esm({
  "engine/errors.ts"() {
    "use strict";
    RetrographError = class extends Error {
      node;
      site;
      constructor(message, context2 = {}) {
        const where = context2.site !== void 0 && !message.includes(context2.site) ? `
  at ${context2.site}` : "";
        super(message + where, context2.cause === void 0 ? void 0 : { cause: context2.cause });
        this.name = new.target.name;
        this.node = context2.node;
        this.site = context2.site;
      }
    };
    ShapeError = class extends RetrographError {
    };
    DTypeError = class extends RetrographError {
    };
    AttributeError = class extends RetrographError {
    };
    GraphError = class extends RetrographError {
    };
    NoPathError = class extends RetrographError {
    };
    NotDifferentiableError = class extends RetrographError {
    };
    GradientRuleError = class extends RetrographError {
    };
    FeedError = class extends RetrographError {
    };
    SerializationError = class extends RetrographError {
    };
    BackendError = class extends RetrographError {
    };
    UnsupportedOpError = class extends RetrographError {
    };
    VariableError = class extends RetrographError {
    };
    IndexError = class extends RetrographError {
    };
    NumericsError = class extends RetrographError {
    };
    ProgramStateError = class extends RetrographError {
    };
    CancelledError = class extends RetrographError {
    };
  }
});

// engine/dim.ts
function toDim(d) {
  const result = operand(d);
  if (typeof result === "number" && result < 0) throw new DimError(`a dim cannot be negative: ${formatLike(d)}`);
  return result;
}
function compareDims(a, b) {
  if (a === b) return "equal";
  if (typeof a === "number" && typeof b === "number") return "different";
  const difference = sub(a, b);
  if (typeof difference === "number" || isPolynomial(a) && isPolynomial(b)) return "different";
  return isNeverZero(difference) ? "different" : "undecided";
}
function exactQuotient(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    return b !== 0 && a % b === 0 ? floorQuotient(a, b) : void 0;
  }
  const divisor = termsOf(b);
  const leading = divisor[0];
  if (leading === void 0) return void 0;
  const quotient2 = [];
  for (let rest = termsOf(a), head = rest[0]; head !== void 0; head = rest[0]) {
    const term = divideTerm(head, leading);
    if (term === void 0) return void 0;
    quotient2.push(term);
    rest = addTerms(rest, timesTerm(divisor, { ...term, coefficient: -term.coefficient }));
  }
  return fromTerms(quotient2);
}
function evaluateDim(d, bindings) {
  if (typeof d === "number") return d;
  let sum3 = 0;
  for (const { coefficient, factors } of d.terms) {
    let value = coefficient;
    for (const atom of factors) value = exact(value * evaluateAtom(atom, bindings));
    sum3 = exact(sum3 + value);
  }
  return sum3;
}
function dimNames(d) {
  if (typeof d === "number") return NO_NAMES;
  const names = /* @__PURE__ */ new Set();
  collectNames(d, names);
  return [...names].sort();
}
function product(ds) {
  let result = 1;
  for (const d of ds) result = mul(result, d);
  return result;
}
function isStatic(shape) {
  for (const d of shape) if (typeof d !== "number") return false;
  return true;
}
function formatDim(d) {
  return typeof d === "number" ? String(d) : d.canonical;
}
function formatShape(shape) {
  return `[${shape.map(formatDim).join(", ")}]`;
}
function parseDim(text) {
  const known = interned.get(text);
  if (known !== void 0) return known;
  let token = "";
  let end = 0;
  let depth = 0;
  const fail = (expected) => {
    const found = token === "" ? "the end" : `'${token}'`;
    const position = end - token.length;
    throw new DimError(`cannot read the dim '${text}': expected ${expected}, found ${found} at position ${position}`);
  };
  const advance = () => {
    TOKEN.lastIndex = end;
    token = TOKEN.exec(text)?.[1] ?? "";
    end = TOKEN.lastIndex;
  };
  const take = (wanted) => {
    if (token !== wanted) return false;
    advance();
    return true;
  };
  const expect = (wanted) => {
    if (!take(wanted)) fail(`'${wanted}'`);
  };
  const sum3 = () => {
    if (++depth > DEEPEST_NESTING) fail(`at most ${DEEPEST_NESTING} levels`);
    let result2 = term();
    for (; ; ) {
      if (take("+")) result2 = add(result2, term());
      else if (take("-")) result2 = sub(result2, term());
      else break;
    }
    depth--;
    return result2;
  };
  const term = () => {
    let result2 = factor();
    while (take("*")) result2 = mul(result2, factor());
    return result2;
  };
  const factor = () => {
    let sign = 1;
    while (take("-")) sign = -sign;
    return mul(sign, primary());
  };
  const primary = () => {
    if (take("(")) {
      const inner = sum3();
      expect(")");
      return inner;
    }
    const word = token;
    if (/^\d/.test(word)) {
      if (!Number.isSafeInteger(Number(word))) fail("a safe integer");
      advance();
      return Number(word);
    }
    if (/^\$\w/.test(word)) {
      advance();
      return named(word);
    }
    if (!Object.hasOwn(operations, word)) fail("an integer, a $name, floorDiv, mod, min, max or (");
    advance();
    return call2(operations[word]);
  };
  const call2 = ({ associative, build }) => {
    expect("(");
    let result2 = sum3();
    expect(",");
    do
      result2 = build(result2, sum3());
    while (associative && take(","));
    expect(")");
    return result2;
  };
  advance();
  const result = sum3();
  if (token !== "") fail("the end");
  return result;
}
function add(a, b) {
  if (typeof a === "number" && typeof b === "number") return exact(a + b);
  return fromTerms(addTerms(termsOf(a), termsOf(b)));
}
function sub(a, b) {
  if (typeof a === "number" && typeof b === "number") return exact(a - b);
  return a === b ? 0 : add(a, mul(b, -1));
}
function mul(a, b) {
  if (typeof a === "number" && typeof b === "number") return exact(a * b);
  if (a === 1) return b;
  if (b === 1) return a;
  const terms = termsOf(a);
  if (terms.length * termsOf(b).length > MOST_TERMS) throw new DimError(`a dim of more than ${MOST_TERMS} terms`);
  return fromTerms(termsOf(b).reduce((sum3, t) => addTerms(sum3, timesTerm(terms, t)), []));
}
function floorDiv(a, b) {
  if (typeof b !== "number") return exactQuotient(a, b) ?? makeCall("floorDiv", [a, b]);
  if (typeof a === "number") return floorQuotient(a, b);
  if (b < 0) return floorDiv(mul(a, -1), -b);
  const [quotient2, rest] = divideCoefficients(a, b);
  return add(quotient2, floorDivReduced(rest, b));
}
function floorDivReduced(a, b) {
  if (typeof a === "number") return 0;
  const divisor = commonDivisor(a, b);
  if (divisor > 1) return floorDiv(divideCoefficients(a, divisor)[0], b / divisor);
  const constant4 = constantTerm(a);
  const inner = soleCall(sub(a, constant4));
  const [innerDividend, innerDivisor] = inner?.op === "floorDiv" ? inner.args : [];
  if (innerDividend !== void 0 && typeof innerDivisor === "number" && Number.isSafeInteger(innerDivisor * b)) {
    return floorDiv(add(innerDividend, constant4 * innerDivisor), innerDivisor * b);
  }
  return makeCall("floorDiv", [a, b]);
}
function mod(a, b) {
  if (typeof b !== "number") return exactQuotient(a, b) === void 0 ? makeCall("mod", [a, b]) : 0;
  if (typeof a === "number") return floorRemainder(a, b);
  if (b < 0) return mul(mod(mul(a, -1), -b), -1);
  return modReduced(divideCoefficients(a, b)[1], b);
}
function modReduced(a, b) {
  if (typeof a === "number") return a;
  const divisor = commonDivisor(a, b);
  if (divisor > 1) {
    const [quotient2, rest] = divideCoefficients(a, divisor);
    return add(mul(mod(quotient2, b / divisor), divisor), rest);
  }
  const [low, high] = quotientRange(rangeOf(a), [b, b]);
  return low === high ? sub(a, low * b) : makeCall("mod", [a, b]);
}
function extremum(op, a, b) {
  if (typeof a === "number" && typeof b === "number") return operations[op].evaluate(a, b);
  const beats = (x, y) => {
    const [low, high] = rangeOf(sub(x, y));
    return op === "min" ? high <= 0 : low >= 0;
  };
  let kept = [];
  for (const d of [...alternatives(op, a), ...alternatives(op, b)]) {
    if (kept.some((k) => beats(k, d))) continue;
    kept = [...kept.filter((k) => !beats(d, k)), d];
  }
  const [first, second] = kept.sort((x, y) => compareText(formatDim(x), formatDim(y)));
  return first !== void 0 && second === void 0 ? first : makeCall(op, kept);
}
function alternatives(op, d) {
  const inner = soleCall(d);
  return inner?.op === op ? inner.args : [d];
}
function divideCoefficients(d, n) {
  const map2 = (f) => fromTerms(d.terms.map((t) => ({ ...t, coefficient: f(t.coefficient, n) })).filter((t) => t.coefficient !== 0));
  return [map2(floorQuotient), map2(floorRemainder)];
}
function commonDivisor(d, n) {
  return d.terms.reduce((divisor, t) => t.factors.length === 0 ? divisor : gcd(divisor, t.coefficient), n);
}
function gcd(a, b) {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}
function constantTerm(d) {
  if (typeof d === "number") return d;
  const last = d.terms.at(-1);
  return last?.factors.length === 0 ? last.coefficient : 0;
}
function soleCall(d) {
  if (typeof d === "number" || d.terms.length !== 1) return void 0;
  const term = d.terms[0];
  return term?.coefficient === 1 && term.factors.length === 1 ? term.factors[0]?.call : void 0;
}
function exact(n) {
  if (!Number.isSafeInteger(n)) throw new DimError(`a dim must be a safe integer: ${n}`);
  return n + 0;
}
function floorQuotient(a, b) {
  if (b === 0) throw new DimError(`floorDiv(${a}, 0): division by zero`);
  const rest = a % b;
  const truncated = (a - rest) / b;
  return (rest !== 0 && rest < 0 !== b < 0 ? truncated - 1 : truncated) + 0;
}
function floorRemainder(a, b) {
  if (b === 0) throw new DimError(`mod(${a}, 0): division by zero`);
  const rest = a % b;
  return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) + 0;
}
function fromTerms(terms) {
  const first = terms[0];
  if (first === void 0) return 0;
  if (first.factors.length === 0) return first.coefficient;
  const canonical = formatTerms(terms);
  const known = interned.get(canonical);
  if (known !== void 0) return known;
  const d = new DimExpr(canonical, terms);
  interned.set(canonical, d);
  return d;
}
function termsOf(d) {
  if (typeof d !== "number") return d.terms;
  return d === 0 ? [] : [{ coefficient: d, factors: [] }];
}
function formatTerms(terms) {
  let text = "";
  for (const { coefficient, factors } of terms) {
    const size = Math.abs(coefficient);
    const parts2 = factors.map((f) => f.text);
    if (size !== 1 || parts2.length === 0) parts2.push(String(size));
    const sign = text === "" ? coefficient < 0 ? "-" : "" : coefficient < 0 ? " - " : " + ";
    text += sign + parts2.join(" * ");
  }
  return text;
}
function addTerms(a, b) {
  const sum3 = [];
  let i = 0;
  let j = 0;
  for (; ; ) {
    const s = a[i];
    const t = b[j];
    if (s === void 0 || t === void 0) break;
    const order = compareFactors(s.factors, t.factors);
    if (order < 0) sum3.push(s);
    else if (order > 0) sum3.push(t);
    else if (s.coefficient !== -t.coefficient) {
      sum3.push({ coefficient: exact(s.coefficient + t.coefficient), factors: s.factors });
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return sum3.concat(a.slice(i), b.slice(j));
}
function timesTerm(terms, { coefficient, factors }) {
  return terms.map((t) => ({
    coefficient: exact(t.coefficient * coefficient),
    factors: [...t.factors, ...factors].sort((a, b) => compareText(a.text, b.text))
  }));
}
function divideTerm(a, b) {
  if (a.coefficient % b.coefficient !== 0) return void 0;
  const factors = [...a.factors];
  for (const f of b.factors) {
    const at = factors.indexOf(f);
    if (at < 0) return void 0;
    factors.splice(at, 1);
  }
  return { coefficient: a.coefficient / b.coefficient, factors };
}
function compareFactors(a, b) {
  if (a.length !== b.length) return b.length - a.length;
  const i = a.findIndex((f, at) => f !== b[at]);
  return compareText(a[i]?.text ?? "", b[i]?.text ?? "");
}
function compareText(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function named(text) {
  const number2 = /^\$_(\d{1,15})$/.exec(text)?.[1];
  if (number2 !== void 0) lastFresh = Math.max(lastFresh, Number(number2));
  return fromAtom(text, [0, Infinity]);
}
function makeCall(op, args) {
  const range = args.map(rangeOf).reduce((a, b) => operations[op].range(a, b));
  if (range[0] === range[1]) return range[0];
  return fromAtom(`${op}(${args.map(formatDim).join(", ")})`, range, { op, args });
}
function fromAtom(text, range, call2) {
  const atom = atoms.get(text) ?? { text, range, call: call2 };
  atoms.set(text, atom);
  return fromTerms([{ coefficient: 1, factors: [atom] }]);
}
function operand(d) {
  if (typeof d === "number") return exact(d);
  if (typeof d === "string") return parseDim(d);
  if (d === null) return named(`$_${lastFresh + 1}`);
  if (d instanceof DimExpr) return d;
  throw new DimError(`a dim is an integer, a text such as '$batch', null or an expression, not ${typeof d}`);
}
function onOperands(f) {
  return (a, b) => f(operand(a), operand(b));
}
function formatLike(d) {
  return typeof d === "string" ? `'${d}'` : String(d);
}
function rangeOf(d) {
  if (typeof d === "number") return [d, d];
  let low = 0;
  let high = 0;
  for (const { coefficient, factors } of d.terms) {
    let range = [coefficient, coefficient];
    for (const { range: other } of factors) range = timesRange(range, other);
    low += range[0];
    high += range[1];
  }
  return widened(low, high);
}
function timesRange([a, b], [c, d]) {
  const [ac, ad, bc, bd] = [bound(a, c), bound(a, d), bound(b, c), bound(b, d)];
  return widened(Math.min(ac, ad, bc, bd), Math.max(ac, ad, bc, bd));
}
function bound(a, b) {
  return a === 0 || b === 0 ? 0 : a * b;
}
function widened(low, high) {
  return [Number.isSafeInteger(low) ? low : -Infinity, Number.isSafeInteger(high) ? high : Infinity];
}
function quotientRange([low, high], [least, greatest]) {
  const divide = (n) => Number.isFinite(n) ? floorQuotient(n, least) : n;
  if (least === greatest && least > 0) return [divide(low), divide(high)];
  return low >= 0 && least >= 0 ? [0, high] : ANYTHING;
}
function remainderRange([low, high], [least, greatest]) {
  if (least < 0) return ANYTHING;
  return [0, Math.min(greatest - 1, low >= 0 ? high : Infinity)];
}
function isNeverZero(d) {
  const [low, high] = rangeOf(d);
  return low > 0 || high < 0 || constantTerm(d) % commonDivisor(d, 0) !== 0;
}
function isPolynomial(d) {
  return typeof d !== "number" && d.terms.every((t) => t.factors.every((f) => f.call === void 0));
}
function collectNames(d, names) {
  if (typeof d === "number") return;
  for (const { factors } of d.terms) {
    for (const { text, call: call2 } of factors) {
      if (call2 === void 0) names.add(text.slice(1));
      else for (const arg of call2.args) collectNames(arg, names);
    }
  }
}
function evaluateAtom({ text, call: call2 }, bindings) {
  if (call2 === void 0) {
    const name = text.slice(1);
    const value = Object.hasOwn(bindings, name) ? bindings[name] : void 0;
    if (value === void 0) throw new DimError(`the dim ${text} is not bound`);
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new DimError(`the dim ${text} must be a non-negative integer, not ${value}`);
    }
    return value;
  }
  const { associative, evaluate: evaluate2 } = operations[call2.op];
  const args = call2.args.map((arg) => evaluateDim(arg, bindings));
  if (!associative && args[1] === 0) {
    throw new DimError(`${text}: division by zero`);
  }
  return args.reduce((a, b) => evaluate2(a, b));
}
var DimError, DimExpr, ANYTHING, operations, dim, TOKEN, DEEPEST_NESTING, MOST_TERMS, interned, atoms, lastFresh, NO_NAMES;
var init_dim = __esm({
  "engine/dim.ts"() {
    "use strict";
    init_errors();
    DimError = class extends RetrographError {
      name = "DimError";
    };
    DimExpr = class {
      /** The text that `parseDim` reads back to this very object. */
      canonical;
      /** @internal Sorted by `compareFactors`, coefficients non-zero, not a constant. Made by `fromTerms` alone. */
      terms;
      /** @internal */
      constructor(canonical, terms) {
        this.canonical = canonical;
        this.terms = terms;
      }
      toString() {
        return this.canonical;
      }
      toJSON() {
        return this.canonical;
      }
    };
    ANYTHING = [-Infinity, Infinity];
    operations = {
      floorDiv: { associative: false, build: floorDiv, evaluate: floorQuotient, range: quotientRange },
      mod: { associative: false, build: mod, evaluate: floorRemainder, range: remainderRange },
      min: {
        associative: true,
        build: (a, b) => extremum("min", a, b),
        evaluate: (a, b) => Math.min(a, b),
        range: (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
      },
      max: {
        associative: true,
        build: (a, b) => extremum("max", a, b),
        evaluate: (a, b) => Math.max(a, b),
        range: (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1])]
      }
    };
    dim = {
      add: onOperands(add),
      sub: onOperands(sub),
      mul: onOperands(mul),
      floorDiv: onOperands(operations.floorDiv.build),
      mod: onOperands(operations.mod.build),
      min: onOperands(operations.min.build),
      max: onOperands(operations.max.build)
    };
    TOKEN = /\s*(\d+|\$?[A-Za-z_]\w*|\S|$)/y;
    DEEPEST_NESTING = 500;
    MOST_TERMS = 1e4;
    interned = /* @__PURE__ */ new Map();
    atoms = /* @__PURE__ */ new Map();
    lastFresh = 0;
    NO_NAMES = Object.freeze([]);
  }
});

// engine/types.ts
function typedArrayOf(dtype, length) {
  if (dtype === "int32") return new Int32Array(length);
  if (dtype === "bool") return new Uint8Array(length);
  return new Float32Array(dtype === "complex64" ? 2 * length : length);
}
function upcast(a, b) {
  const order = ["bool", "int32", "float32", "complex64"];
  return order[Math.max(order.indexOf(a), order.indexOf(b))];
}
var DTYPES, isDifferentiable, BYTES_PER_ELEMENT, formatType, mayMatch, sizeOf;
var init_types = __esm({
  "engine/types.ts"() {
    "use strict";
    init_dim();
    DTYPES = ["float32", "int32", "bool", "complex64"];
    isDifferentiable = (dtype) => dtype === "float32" || dtype === "complex64";
    BYTES_PER_ELEMENT = { float32: 4, int32: 4, bool: 1, complex64: 8 };
    formatType = (type) => `${type.dtype}${formatShape(type.shape)}`;
    mayMatch = (a, b) => a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((d, i) => compareDims(d, b.shape[i]) !== "different");
    sizeOf = (shape) => shape.reduce((n, d) => n * d, 1);
  }
});

// engine/attr.ts
function make(expects, parse, more = {}) {
  return {
    expects,
    parse: (value) => {
      const parsed = parse(value);
      return parsed === void 0 ? refuse(expects, value) : parsed;
    },
    key: (value) => String(value),
    toJSON: (value) => value,
    ...more
  };
}
function defaulted(schema, value) {
  return value === void 0 ? schema : { ...schema, default: value };
}
function identityOf(value) {
  let id = identities.get(value);
  if (id === void 0) {
    id = ++lastIdentity;
    identities.set(value, id);
  }
  return id;
}
function encodeData(data) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let binary3 = "";
  for (let i = 0; i < bytes.length; i += 8192) binary3 += String.fromCharCode(...bytes.subarray(i, i + 8192));
  const type = data instanceof Float32Array ? "float32" : data instanceof Int32Array ? "int32" : "uint8";
  return { type, base64: btoa(binary3) };
}
function decodeData({ type, base64 }) {
  let binary3;
  try {
    binary3 = atob(base64);
  } catch {
    throw new AttributeError("expected base64 data");
  }
  const bytes = Uint8Array.from(binary3, (c) => c.charCodeAt(0));
  if (type === "uint8") return bytes;
  if (bytes.length % 4 !== 0) throw new AttributeError(`expected whole ${type} elements, got ${bytes.length} bytes`);
  return type === "float32" ? new Float32Array(bytes.buffer) : new Int32Array(bytes.buffer);
}
function parseAttrs(opName, schema, given) {
  for (const name in given) {
    if (!Object.hasOwn(schema, name)) {
      throw new AttributeError(
        `${opName} has no attribute '${name}'; it has ${Object.keys(schema).join(", ") || "none"}`
      );
    }
  }
  let parsed;
  for (const name in schema) {
    parsed ??= {};
    const a = schema[name];
    if (given[name] === void 0 && "default" in a) parsed[name] = a.default;
    else {
      try {
        parsed[name] = a.parse(given[name]);
      } catch (e) {
        throw new AttributeError(`${opName}: attribute '${name}': ${e.message}`, { cause: e });
      }
    }
  }
  return parsed === void 0 ? NO_ATTRS : Object.freeze(parsed);
}
function attrsKey(schema, attrs) {
  let key = "";
  for (const name in schema) key += `${schema[name].key(attrs[name])};`;
  return key;
}
var refuse, describe, parseNumber, numberToJSON, BOOL, INT, NUMBER, STRING, INTS, isDimLike, bindDim, dimToJSON, DIM, SHAPE, PAIRS, DTYPE, isFn, FN, INTERN_BYTES, identities, lastIdentity, DATA, isEncoded, attr, NO_ATTRS;
var init_attr = __esm({
  "engine/attr.ts"() {
    "use strict";
    init_dim();
    init_errors();
    init_types();
    refuse = (expects, value) => {
      throw new AttributeError(`expected ${expects}, got ${describe(value)}`);
    };
    describe = (value) => typeof value === "string" ? `'${value}'` : Array.isArray(value) ? `[${value.map(describe).join(", ")}]` : String(value);
    parseNumber = (v2) => typeof v2 === "number" ? v2 : v2 === "NaN" ? Number.NaN : v2 === "Infinity" ? Infinity : v2 === "-Infinity" ? -Infinity : void 0;
    numberToJSON = (v2) => Number.isFinite(v2) && !Object.is(v2, -0) ? v2 : Object.is(v2, -0) ? "-0" : String(v2);
    BOOL = make("true or false", (v2) => typeof v2 === "boolean" ? v2 : void 0);
    INT = make("an integer", (v2) => Number.isInteger(v2) ? v2 + 0 : void 0);
    NUMBER = make("a number", (v2) => v2 === "-0" ? -0 : parseNumber(v2), {
      key: (v2) => Object.is(v2, -0) ? "-0" : String(v2),
      toJSON: numberToJSON
    });
    STRING = make("a string", (v2) => typeof v2 === "string" ? v2 : void 0, { key: (v2) => JSON.stringify(v2) });
    INTS = make(
      "a list of integers",
      (v2) => Array.isArray(v2) && v2.every(Number.isInteger) ? Object.freeze([...v2]) : void 0
    );
    isDimLike = (v2) => typeof v2 === "number" || typeof v2 === "string" || v2 === null || v2 instanceof DimExpr;
    bindDim = (d, dims) => typeof d === "number" ? d : evaluateDim(d, dims);
    dimToJSON = (d) => typeof d === "number" ? d : formatDim(d);
    DIM = make("a dim", (v2) => isDimLike(v2) ? toDim(v2) : void 0, {
      key: formatDim,
      toJSON: dimToJSON,
      bind: bindDim,
      dims: dimNames
    });
    SHAPE = make(
      'a shape: a list of sizes, names such as "$batch", or null for a fresh name',
      (v2) => Array.isArray(v2) && v2.every(isDimLike) ? Object.freeze(v2.map(toDim)) : void 0,
      {
        key: (v2) => v2.map(formatDim).join(),
        toJSON: (v2) => v2.map(dimToJSON),
        bind: (v2, dims) => v2.every((d) => typeof d === "number") ? v2 : v2.map((d) => bindDim(d, dims)),
        dims: (v2) => v2.flatMap((d) => dimNames(d))
      }
    );
    PAIRS = make(
      "a list of [before, after] pairs",
      (v2) => Array.isArray(v2) && v2.every((p) => Array.isArray(p) && p.length === 2 && p.every(isDimLike)) ? Object.freeze(v2.map((p) => Object.freeze([toDim(p[0]), toDim(p[1])]))) : void 0,
      {
        key: (v2) => v2.map((p) => p.map(formatDim).join(":")).join(),
        toJSON: (v2) => v2.map((p) => p.map(dimToJSON)),
        bind: (v2, dims) => v2.map(([a, b]) => [bindDim(a, dims), bindDim(b, dims)]),
        dims: (v2) => v2.flatMap((p) => p.flatMap((d) => dimNames(d)))
      }
    );
    DTYPE = make(`one of ${DTYPES.join(", ")}`, (v2) => DTYPES.includes(v2) ? v2 : void 0);
    isFn = (v2) => typeof v2 === "object" && v2 !== null && "parameters" in v2 && "results" in v2 && "key" in v2;
    FN = make("a function", (v2) => isFn(v2) ? v2 : void 0, { key: (v2) => v2.key });
    INTERN_BYTES = 4096;
    identities = /* @__PURE__ */ new WeakMap();
    lastIdentity = 0;
    DATA = make(
      "a typed array",
      (v2) => v2 instanceof Float32Array || v2 instanceof Int32Array || v2 instanceof Uint8Array ? v2 : isEncoded(v2) ? decodeData(v2) : void 0,
      {
        key: (v2) => v2.byteLength > INTERN_BYTES ? `#${identityOf(v2)}` : encodeData(v2).base64,
        toJSON: (v2) => encodeData(v2)
      }
    );
    isEncoded = (v2) => typeof v2 === "object" && v2 !== null && typeof v2.base64 === "string" && ["float32", "int32", "uint8"].includes(v2.type);
    attr = {
      bool: ((d) => defaulted(BOOL, d)),
      int: ((d) => defaulted(INT, d)),
      /** A float; what is not finite is written as a string. */
      number: ((d) => defaulted(NUMBER, d)),
      string: ((d) => defaulted(STRING, d)),
      ints: ((d) => defaulted(INTS, d)),
      dim: () => DIM,
      shape: () => SHAPE,
      pairs: () => PAIRS,
      dtype: ((d) => defaulted(DTYPE, d)),
      /** One of the given strings. */
      oneOf: ((choices, d) => defaulted(
        make(`one of ${choices.join(", ")}`, (v2) => choices.includes(v2) ? v2 : void 0),
        d
      )),
      data: () => DATA,
      fn: () => FN,
      /** May be left out; absent is `undefined`. */
      optional: (schema) => {
        const { bind, dims } = schema;
        return {
          expects: `${schema.expects}, or nothing`,
          parse: (v2) => v2 === void 0 || v2 === null ? void 0 : schema.parse(v2),
          key: (v2) => v2 === void 0 ? "-" : schema.key(v2),
          toJSON: (v2) => v2 === void 0 ? null : schema.toJSON(v2),
          ...bind && { bind: (v2, b) => v2 === void 0 ? void 0 : bind(v2, b) },
          ...dims && { dims: (v2) => v2 === void 0 ? [] : dims(v2) },
          default: void 0
        };
      },
      /** A schema of your own. */
      custom: make
    };
    NO_ATTRS = Object.freeze({});
  }
});

// engine/build/context.ts
function openCheck(check2) {
  context.checks ??= [];
  context.checks.push(check2);
}
function deriving(graph, origin, build) {
  const { graph: g, origin: o, derived: d } = context;
  context.graph = graph;
  context.origin = origin;
  context.derived = true;
  try {
    return build();
  } finally {
    context.graph = g;
    context.origin = o;
    context.derived = d;
  }
}
function building(graph, build) {
  const { graph: g } = context;
  context.graph = graph;
  try {
    return build();
  } finally {
    context.graph = g;
  }
}
function requireEqual(a, b, what) {
  if (a === b) return;
  const comparison2 = compareDims(a, b);
  if (comparison2 === "different") {
    const symbolic = typeof a !== "number" && typeof b !== "number";
    const hint = symbolic ? `; if they are the same size, give both one name, such as ${formatDim(a)}` : "";
    throw new ShapeError(`${what}: ${formatDim(a)} and ${formatDim(b)} differ${hint}`);
  }
  if (comparison2 === "undecided") openCheck({ kind: "equal", a, b, what });
}
function requireAtLeast(a, b, what) {
  if (typeof a === "number" && typeof b === "number") {
    if (a < b) throw new ShapeError(`${what}: ${a} is less than ${b}`);
  } else if (a !== b) openCheck({ kind: "atLeast", a, b, what });
}
var context;
var init_context = __esm({
  "engine/build/context.ts"() {
    "use strict";
    init_dim();
    init_errors();
    context = { graph: void 0, origin: void 0, derived: false, checks: void 0 };
  }
});

// engine/build/callsite.ts
function captureSite(inner) {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const site = {};
  if (Error.captureStackTrace) Error.captureStackTrace(site, inner);
  else Object.defineProperty(site, "stack", { value: new Error().stack });
  Error.stackTraceLimit = limit;
  return site;
}
function formatSite(site) {
  for (const line of site?.stack?.split("\n") ?? []) {
    const location = /\(?((?:file:\/\/|https?:\/\/|\/|[A-Za-z]:[\\/]|webpack:|node:)[^()]*:\d+:\d+)\)?$/.exec(
      line
    )?.[1];
    if (location === void 0 || location.startsWith("node:") || isLibrary(location)) continue;
    return shorten(location);
  }
  return void 0;
}
function isLibrary(location) {
  const url = location.startsWith("/") ? `file://${location}` : location;
  return url.startsWith(LIBRARY) && INTERNAL.test(url.slice(LIBRARY.length));
}
function shorten(location) {
  const path = location.replace(/^file:\/\//, "");
  const cwd = typeof process === "object" && typeof process.cwd === "function" ? `${process.cwd()}/` : void 0;
  return cwd !== void 0 && path.startsWith(cwd) ? path.slice(cwd.length) : path;
}
var LIBRARY, INTERNAL, FRAMES;
var init_callsite = __esm({
  "engine/build/callsite.ts"() {
    "use strict";
    LIBRARY = new URL("../../", import.meta.url).href;
    INTERNAL = /^(?:engine|ops|plugins|backends|bin|index\.(?:node|browser))\b/;
    FRAMES = 12;
  }
});

// engine/build/sym.ts
var MAX_SITES, NONE, Node, Sym, isSym, toShape;
var init_sym = __esm({
  "engine/build/sym.ts"() {
    "use strict";
    init_dim();
    init_callsite();
    MAX_SITES = 8;
    NONE = Object.freeze([]);
    Node = class {
      /** Position in its graph: inputs come before their users. */
      id;
      op;
      attrs;
      /** All inputs, slot after slot. */
      inputs;
      /** How many inputs each slot holds; undefined where every slot holds one. */
      arity;
      /** One object for each output. */
      outputs;
      /** undefined: free, that is made from no graph's node (see `NodeTable.adopt`). */
      graph;
      /** The node whose gradient, lowering or rewrite this is. */
      origin;
      checks;
      #sites = NONE;
      /** By output. */
      #names = NONE;
      constructor(fields) {
        this.id = fields.id;
        this.op = fields.op;
        this.attrs = fields.attrs;
        this.inputs = fields.inputs;
        this.arity = fields.arity;
        this.graph = fields.graph;
        this.origin = fields.origin;
        this.checks = fields.checks;
        const { types } = fields;
        const [only] = types;
        this.outputs = types.length === 1 ? [new Sym(this, 0, only.dtype, only.shape)] : types.map((type, k) => new Sym(this, k, type.dtype, type.shape));
      }
      /** Where it was made, and made again (interned); up to 8. */
      get sites() {
        return this.#sites;
      }
      addSites(sites) {
        if (sites.length > 0 && this.#sites.length < MAX_SITES)
          this.#sites = [...this.#sites, ...sites].slice(0, MAX_SITES);
      }
      /** The user's names for it, that is for its first output. */
      get names() {
        return this.namesOf(0);
      }
      /** The user's names for an output. */
      namesOf(output) {
        return this.#names[output] ?? NONE;
      }
      addName(name, output = 0) {
        if (this.namesOf(output).includes(name)) return;
        this.#names = this.outputs.map((_, k) => k === output ? [...this.namesOf(k), name] : this.namesOf(k));
      }
      /** Adds the names of a node that this one stands for. */
      takeNames({ outputs }) {
        for (const { node, output } of outputs) for (const name of node.namesOf(output)) this.addName(name, output);
      }
      /** A name given by the user, or one made from op and id. */
      get label() {
        return this.names[0] ?? `${this.op.name}_${this.id}`;
      }
      /** The user's line that made this node, or the node that it was derived from. */
      get site() {
        for (let node = this; node; node = node.origin) {
          for (const site of node.sites) {
            const line = formatSite(site);
            if (line !== void 0) return line;
          }
        }
        return void 0;
      }
    };
    Sym = class {
      node;
      output;
      dtype;
      shape;
      constructor(node, output, dtype, shape) {
        this.node = node;
        this.output = output;
        this.dtype = dtype;
        this.shape = shape;
      }
      get rank() {
        return this.shape.length;
      }
      /** `h1`, or `split:1` for a further output that has no name. */
      get label() {
        return this.output === 0 ? this.node.label : this.node.namesOf(this.output)[0] ?? `${this.node.label}:${this.output}`;
      }
      toString() {
        return `${this.label} ${this.dtype}${formatShape(this.shape)}`;
      }
    };
    isSym = (value) => value instanceof Sym;
    toShape = (shape) => Object.freeze(shape.map(toDim));
  }
});

// engine/slots.ts
function inputRecord(op, flat, arity) {
  return toRecord(op.slots, flat, arity);
}
function outputRecord(op, flat, attrs) {
  return toRecord(op.outputSlots, flat, outputArity(op, flat.length, attrs));
}
function outputArity({ outputSlots, definition }, count, attrs) {
  if (!outputSlots.some(({ kind }) => kind === "variadic")) return void 0;
  return definition.outputArity?.(attrs) ?? outputSlots.map(({ kind }) => kind === "variadic" ? count - (outputSlots.length - 1) : 1);
}
function toRecord(slots, flat, arity) {
  const record2 = {};
  let at = 0;
  for (let i = 0; i < slots.length; i++) {
    const { name, kind } = slots[i];
    const n = arity?.[i] ?? 1;
    if (kind === "variadic") record2[name] = flat.slice(at, at + n);
    else if (n === 1) record2[name] = flat[at];
    at += n;
  }
  return record2;
}
var parseSlot;
var init_slots = __esm({
  "engine/slots.ts"() {
    "use strict";
    parseSlot = (slot) => slot.startsWith("...") ? { name: slot.slice(3), kind: "variadic" } : slot.endsWith("?") ? { name: slot.slice(0, -1), kind: "optional" } : { name: slot, kind: "required" };
  }
});

// engine/build/interned.ts
function hashOf(op, inputs, key) {
  let hash = Math.imul(op.name.length, 31) + op.name.charCodeAt(0);
  for (let i = 0; i < inputs.length; i++) hash = mix(hash, inputs[i].node.id + inputs[i].output);
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash, 31) + key.charCodeAt(i) | 0;
  return mix(hash, key.length);
}
function isMadeOf(node, op, inputs, arity, key) {
  return node.op === op && sameElements(node.inputs, inputs) && (node.arity === arity || node.arity !== void 0 && arity !== void 0 && sameElements(node.arity, arity)) && attrsKey(op.attrs, node.attrs) === key;
}
function sameElements(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
var Interned, mix;
var init_interned = __esm({
  "engine/build/interned.ts"() {
    "use strict";
    init_attr();
    Interned = class {
      #nodes;
      /** Ids plus 1; 0 is an empty place. */
      #ids = new Int32Array(64);
      /** The hashes of the nodes at the same places. */
      #hashes = new Int32Array(64);
      #count = 0;
      /** @param nodes the graph's nodes by id; it grows with the graph */
      constructor(nodes) {
        this.#nodes = nodes;
      }
      /** @param key the key of the attributes */
      find(hash, op, inputs, arity, key) {
        const mask = this.#ids.length - 1;
        for (let at = hash & mask; this.#ids[at] !== 0; at = at + 1 & mask) {
          if (this.#hashes[at] !== hash) continue;
          const node = this.#nodes[this.#ids[at] - 1];
          if (isMadeOf(node, op, inputs, arity, key)) return node;
        }
        return void 0;
      }
      add(hash, node) {
        if (2 * this.#count >= this.#ids.length) this.#grow();
        this.#place(hash, node.id + 1);
        this.#count++;
      }
      #place(hash, id) {
        const mask = this.#ids.length - 1;
        let at = hash & mask;
        while (this.#ids[at] !== 0) at = at + 1 & mask;
        this.#ids[at] = id;
        this.#hashes[at] = hash;
      }
      #grow() {
        const [ids, hashes] = [this.#ids, this.#hashes];
        this.#ids = new Int32Array(2 * ids.length);
        this.#hashes = new Int32Array(2 * ids.length);
        for (let at = 0; at < ids.length; at++) if (ids[at] !== 0) this.#place(hashes[at], ids[at]);
      }
    };
    mix = (hash, value) => {
      const product2 = Math.imul(hash ^ value, 2654435761);
      return product2 ^ product2 >>> 15;
    };
  }
});

// engine/build/table.ts
function createNode(op, inputs, arity, attrs) {
  const graph = graphOf(op, inputs) ?? context.graph;
  const node = graph === void 0 ? makeNode(-1, void 0, op, inputs, arity, attrs) : graph.intern(op, adoptAll(graph, inputs), arity, numbered(graph, op, attrs));
  if (!context.derived) node.addSites([captureSite(createNode)]);
  return node.outputs;
}
function rebuildNode(graph, node, inputs, attrs = node.attrs) {
  const copy2 = graph.intern(node.op, inputs, node.arity, attrs, node.outputs, node.checks);
  if (copy2.sites.length === 0) copy2.addSites(node.sites);
  return copy2;
}
function graphOf(op, inputs) {
  let graph;
  for (const input3 of inputs) {
    const other = input3.node.graph;
    if (other === void 0 || other === graph) continue;
    if (graph !== void 0) {
      const first = inputs.find((s) => s.node.graph === graph);
      throw new GraphError(`${op.name}: '${first.label}' and '${input3.label}' belong to different graphs`, {
        site: currentSite()
      });
    }
    graph = other;
  }
  return graph;
}
function makeNode(id, graph, op, inputs, arity, attrs, types, checks = NO_CHECKS) {
  if (types === void 0) {
    const outer = context.checks;
    context.checks = void 0;
    try {
      types = op.definition.infer(inputRecord(op, inputs, arity), attrs);
      if (context.checks !== void 0) checks = context.checks;
    } catch (e) {
      throw explain(e, op, inputs, arity);
    } finally {
      context.checks = outer;
    }
  }
  return new Node({ id, op, attrs, inputs, arity, types, graph, origin: context.origin, checks });
}
function explain(error, op, inputs, arity) {
  if (!(error instanceof RetrographError) || error.node !== void 0) return error;
  const names = op.slots.flatMap((slot, i) => Array.from({ length: arity?.[i] ?? 1 }, () => slot.name));
  const lines = inputs.map((s, i) => {
    const made = s.node.site;
    return `  ${names[i]} = '${s.label}' (${s.node.op.name}) ${formatType(s)}${made === void 0 ? "" : `, made at ${made}`}`;
  });
  const site = currentSite();
  const Class = error.constructor;
  const prefix = error.message.startsWith(op.name) ? "" : `${op.name}: `;
  return new Class(`${prefix}${error.message}${lines.length > 0 ? `
${lines.join("\n")}` : ""}`, {
    node: op.name,
    site,
    cause: error.cause
  });
}
var NO_CHECKS, NodeTable, numbered, adoptAll, mixed, currentSite;
var init_table = __esm({
  "engine/build/table.ts"() {
    "use strict";
    init_attr();
    init_errors();
    init_slots();
    init_types();
    init_callsite();
    init_context();
    init_interned();
    init_sym();
    NO_CHECKS = Object.freeze([]);
    NodeTable = class {
      nodes = [];
      /** Ops by name: two definitions of one name never meet in a graph. */
      #ops = /* @__PURE__ */ new Map();
      #interned = new Interned(this.nodes);
      #adopted = /* @__PURE__ */ new Map();
      #interning;
      #streams = 0;
      /** @param interning false keeps equal nodes apart (for looking at what interning does) */
      constructor(interning = true) {
        this.#interning = interning;
      }
      /** The next random op's stream number. */
      nextStream() {
        return this.#streams++;
      }
      /** After reading a document whose random ops have their numbers already. */
      reserveStream(stream) {
        this.#streams = Math.max(this.#streams, stream + 1);
      }
      /** The op of that name that this graph uses, if any. */
      op(name) {
        return this.#ops.get(name);
      }
      /** Whether a node of one of these ops may be here, or in the body of a Function. */
      mayHold(ops) {
        return [...this.#ops.values()].some((op) => ops.includes(op.name) || Object.values(op.attrs).includes(attr.fn()));
      }
      /** The node for these parts: an equal one that exists, or a new one. Types, and checks, may be given where they are known. */
      intern(op, inputs, arity, attrs, types, checks) {
        const key = attrsKey(op.attrs, attrs);
        const hash = hashOf(op, inputs, key);
        const found = this.#interning ? this.#interned.find(hash, op, inputs, arity, key) : void 0;
        if (found !== void 0) return found;
        this.#checkName(op);
        const node = makeNode(this.nodes.length, this, op, inputs, arity, attrs, types, checks);
        this.nodes.push(node);
        this.#interned.add(hash, node);
        return node;
      }
      #checkName(op) {
        const same = this.#ops.get(op.name);
        if (same === op) return;
        if (same !== void 0) {
          throw new GraphError(
            `two ops are named '${op.name}'; a graph takes one definition of each name (is the library loaded twice?)`
          );
        }
        this.#ops.set(op.name, op);
      }
      /** The copy of a free Sym in this graph, made at its first use here. */
      adopt(sym) {
        if (sym.node.graph === this) return sym;
        if (sym.node.graph !== void 0) throw mixed(sym);
        const stack2 = [sym.node];
        while (stack2.length > 0) {
          const node = stack2[stack2.length - 1];
          const waiting = node.inputs.filter((s) => !this.#adopted.has(s.node));
          if (this.#adopted.has(node)) stack2.pop();
          else if (waiting.length > 0) stack2.push(...waiting.map((s) => s.node));
          else {
            stack2.pop();
            const inputs = node.inputs.map((s) => this.#adopted.get(s.node).outputs[s.output]);
            this.#adopted.set(node, rebuildNode(this, node, inputs, numbered(this, node.op, node.attrs)));
          }
        }
        return this.#adopted.get(sym.node).outputs[sym.output];
      }
    };
    numbered = (graph, op, attrs) => op.traits.random && attrs.stream === void 0 ? Object.freeze({ ...attrs, stream: graph.nextStream() }) : attrs;
    adoptAll = (graph, inputs) => inputs.every((s) => s.node.graph === graph) ? inputs : inputs.map((s) => graph.adopt(s));
    mixed = (sym) => new GraphError(`'${sym.label}' (made at ${sym.node.site ?? "an unknown line"}) belongs to another graph`, {
      site: currentSite()
    });
    currentSite = () => context.origin?.site ?? formatSite(captureSite(createNode));
  }
});

// engine/op.ts
function defineOp(definition) {
  return makeOp(definition);
}
function defineComposite(definition) {
  if (!definition.lowering.some((l) => l.kind === "composite")) {
    throw new RetrographError(`${definition.name}: a composite needs a lowering of kind 'composite'`);
  }
  return makeOp(definition);
}
function makeOp(definition) {
  const slots = definition.inputs.map(parseSlot);
  const simple = slots.every((slot) => slot.kind === "required");
  const schema = definition.attrs ?? {};
  const outputs = definition.outputs ?? ["y"];
  const op = {
    name: definition.name,
    inputs: definition.inputs,
    outputs,
    attrs: schema,
    definition,
    slots,
    outputSlots: outputs.map(parseSlot),
    traits: definition.traits ?? {},
    node: (inputs, ...attrs) => op.nodes(inputs, ...attrs)[0],
    nodes: (inputs, ...[attrs]) => {
      const given = inputs;
      const parsed = parseAttrs(op.name, schema, attrs ?? {});
      if (simple)
        return createNode(
          op,
          slots.map((slot) => lift(requireInput(op, given, slot))),
          void 0,
          parsed
        );
      const flat = [];
      const arity = slots.map((slot) => {
        const values2 = slot.kind === "variadic" ? requireInput(op, given, slot) : slot.kind === "optional" && given[slot.name] === void 0 ? [] : [requireInput(op, given, slot)];
        for (const value of values2) flat.push(lift(value));
        return values2.length;
      });
      return createNode(op, flat, arity, parsed);
    }
  };
  return op;
}
function requireInput(op, inputs, slot) {
  const value = inputs[slot.name];
  if (value === void 0 || value === null) throw new AttributeError(`${op.name}: input '${slot.name}' is missing`);
  return value;
}
var ZERO, NOT_DIFFERENTIABLE, liftLiteral, provideLift, lift, loweringOf;
var init_op = __esm({
  "engine/op.ts"() {
    "use strict";
    init_attr();
    init_sym();
    init_table();
    init_errors();
    init_slots();
    ZERO = /* @__PURE__ */ Symbol("ZERO");
    NOT_DIFFERENTIABLE = /* @__PURE__ */ Symbol("NOT_DIFFERENTIABLE");
    provideLift = (lifter) => {
      liftLiteral = lifter;
    };
    lift = (value, dtype) => isSym(value) ? value : liftLiteral(value, dtype);
    loweringOf = (op, kind) => (
      // biome-ignore lint/suspicious/noExplicitAny: see AnyOp
      op.definition.lowering.find((l) => l.kind === kind)
    );
  }
});

// engine/primitives/parameter.ts
var Parameter;
var init_parameter = __esm({
  "engine/primitives/parameter.ts"() {
    "use strict";
    init_attr();
    init_op();
    Parameter = defineOp({
      name: "Parameter",
      inputs: [],
      attrs: { index: attr.int(), dtype: attr.dtype("float32"), shape: attr.shape() },
      infer: (_inputs, { dtype, shape }) => [{ dtype, shape }],
      lowering: [{ kind: "kernel" }],
      gradient: {}
    });
  }
});

// engine/build/node-map.ts
var NodeMap;
var init_node_map = __esm({
  "engine/build/node-map.ts"() {
    "use strict";
    NodeMap = class _NodeMap {
      #graph;
      #values = [];
      /** Nodes of other graphs. */
      #others;
      #free;
      get(node) {
        if (node.graph === void 0) return this.#free?.get(node);
        return node.graph === this.#graph ? this.#values[node.id] : this.#others?.get(node);
      }
      set(node, value) {
        if (node.graph === void 0) {
          this.#free ??= /* @__PURE__ */ new Map();
          this.#free.set(node, value);
          return;
        }
        if (this.#graph === void 0) {
          this.#graph = node.graph;
          this.#values = new Array(node.graph.nodes.length);
        }
        if (node.graph === this.#graph) {
          while (this.#values.length <= node.id) this.#values.push(void 0);
          this.#values[node.id] = value;
        } else {
          this.#others ??= new _NodeMap();
          this.#others.set(node, value);
        }
      }
      has(node) {
        return this.get(node) !== void 0;
      }
    };
  }
});

// engine/build/toposort.ts
function toposort(roots, stop) {
  const order = [];
  const opened = new NodeMap();
  const stack2 = [];
  for (const root of roots) {
    stack2.push(root.node);
    while (stack2.length > 0) {
      const node = stack2[stack2.length - 1];
      const open = opened.get(node);
      if (open === void 0) {
        opened.set(node, true);
        if (stop?.(node)) continue;
        for (let i = node.inputs.length - 1; i >= 0; i--) {
          const input3 = node.inputs[i].node;
          if (opened.get(input3) === void 0) stack2.push(input3);
        }
      } else {
        stack2.pop();
        if (open) {
          opened.set(node, false);
          order.push(node);
        }
      }
    }
  }
  return order;
}
var init_toposort = __esm({
  "engine/build/toposort.ts"() {
    "use strict";
    init_node_map();
  }
});

// engine/build/function.ts
function inline(fn, graph, args) {
  if (args.length !== fn.parameters.length)
    throw new GraphError(`a Function of ${fn.parameters.length} parameters got ${args.length} arguments`);
  const copies = new Map(fn.parameters.map((p, i) => [p, graph.adopt(args[i])]));
  for (const node of toposort(fn.results)) {
    if (copies.has(node.outputs[0])) continue;
    const copy2 = rebuildNode(
      graph,
      node,
      node.inputs.map((s) => copies.get(s))
    );
    node.outputs.forEach((s, k) => {
      copies.set(s, copy2.outputs[k]);
    });
  }
  return fn.results.map((s) => copies.get(s));
}
function structuralKey(parameters, results) {
  const number2 = /* @__PURE__ */ new Map();
  const ref = (s) => `${number2.get(s.node)}:${s.output}`;
  const lines = parameters.map((p, i) => {
    number2.set(p.node, i);
    return formatType(p);
  });
  for (const node of toposort(results)) {
    if (number2.has(node)) continue;
    number2.set(node, number2.size);
    lines.push(
      `${node.op.name}{${attrsKey(node.op.attrs, node.attrs)}}(${node.inputs.map(ref).join()}/${node.arity?.join() ?? ""})`
    );
  }
  const text = `${lines.join("\n")}
-> ${results.map(ref).join()}`;
  let key = keys.get(text);
  if (key === void 0) {
    key = `fn${keys.size}`;
    keys.set(text, key);
  }
  return key;
}
var makeFn, keys;
var init_function = __esm({
  "engine/build/function.ts"() {
    "use strict";
    init_attr();
    init_errors();
    init_types();
    init_table();
    init_toposort();
    makeFn = (graph, parameters, results) => ({
      graph,
      parameters,
      results,
      key: structuralKey(parameters, results)
    });
    keys = /* @__PURE__ */ new Map();
  }
});

// engine/literal.ts
function flatten(value, dtype) {
  if (value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint8Array) {
    const own2 = value instanceof Float32Array ? "float32" : value instanceof Int32Array ? "int32" : "bool";
    return {
      values: dtype === void 0 || dtype === own2 ? value.slice() : fill(value, dtype),
      shape: [value.length],
      dtype: dtype ?? own2
    };
  }
  const shape = [];
  for (let v2 = value; Array.isArray(v2) || ArrayBuffer.isView(v2); v2 = v2[0])
    shape.push(v2.length);
  const flat = [];
  const visit2 = (v2, depth) => {
    const list = Array.isArray(v2) || ArrayBuffer.isView(v2) ? v2 : void 0;
    if (list === void 0 !== (depth === shape.length) || list !== void 0 && list.length !== shape[depth]) {
      throw new ShapeError(`a ragged array: expected shape [${shape.join(", ")}]`);
    }
    if (list !== void 0) for (const item of list) visit2(item, depth + 1);
    else if (typeof v2 === "number" || typeof v2 === "boolean") flat.push(v2);
    else throw new ShapeError(`expected numbers or booleans, got ${typeof v2}`);
  };
  visit2(value, 0);
  const type = dtype ?? (typeof flat[0] === "boolean" ? "bool" : "float32");
  return { values: fill(flat, type), shape, dtype: type };
}
function fill(values2, dtype) {
  const out = typedArrayOf(dtype, values2.length);
  for (let i = 0; i < values2.length; i++) out[i] = dtype === "bool" ? values2[i] ? 1 : 0 : Number(values2[i]);
  return out;
}
function nest(values2, shape, dtype) {
  let at = 0;
  const build = (depth) => {
    if (depth === shape.length) {
      const v2 = values2[at++];
      return dtype === "bool" ? v2 !== 0 : v2;
    }
    return Array.from({ length: shape[depth] }, () => build(depth + 1));
  };
  return build(0);
}
var init_literal = __esm({
  "engine/literal.ts"() {
    "use strict";
    init_errors();
    init_types();
  }
});

// engine/initializer.ts
function literal(value) {
  const data = attr.data();
  const { values: values2, shape } = flatten(value);
  return {
    name: "literal",
    config: { shape: [...shape], data: data.toJSON(values2) },
    generate: (target, dtype) => {
      const size = sizeOf(target);
      const flat = ArrayBuffer.isView(value);
      const fits = shape.length === 0 || (flat ? values2.length === size : shape.join() === target.join());
      if (!fits)
        throw new AttributeError(
          `an initial value of shape [${shape.join(", ")}] does not fit a variable of shape [${target.join(", ")}]`
        );
      const out = dtype === "int32" ? new Int32Array(size) : dtype === "bool" ? new Uint8Array(size) : new Float32Array(size);
      if (shape.length === 0) out.fill(values2[0]);
      else out.set(values2);
      return out;
    }
  };
}
var isInitializer, literalFromConfig, initializerAttr;
var init_initializer = __esm({
  "engine/initializer.ts"() {
    "use strict";
    init_attr();
    init_errors();
    init_literal();
    init_types();
    isInitializer = (v2) => typeof v2 === "object" && v2 !== null && "generate" in v2 && "config" in v2;
    literalFromConfig = (config) => {
      const values2 = attr.data().parse(config.data);
      const shape = attr.ints().parse(config.shape);
      const restored = literal(shape.length === 0 ? values2[0] : values2);
      return { ...restored, config };
    };
    initializerAttr = attr.custom(
      "an initializer, a number, or an array",
      (v2) => {
        if (isInitializer(v2)) return v2;
        if (typeof v2 === "number" || typeof v2 === "boolean" || Array.isArray(v2) || ArrayBuffer.isView(v2))
          return literal(v2);
        return void 0;
      },
      {
        key: (v2) => JSON.stringify([v2.name, v2.config]),
        toJSON: (v2) => ({ name: v2.name, ...v2.config })
      }
    );
  }
});

// engine/primitives/fill.ts
var Fill, fill2, zeroCotangent, fillValue, isZeroCotangent;
var init_fill = __esm({
  "engine/primitives/fill.ts"() {
    "use strict";
    init_attr();
    init_sym();
    init_op();
    Fill = defineOp({
      name: "Fill",
      inputs: [],
      attrs: { shape: attr.shape(), value: attr.number(), dtype: attr.dtype("float32"), cotangent: attr.bool(false) },
      infer: (_inputs, { dtype, shape }) => [{ dtype, shape }],
      lowering: [{ kind: "kernel" }],
      traits: { constant: true },
      gradient: {}
    });
    fill2 = (shape, value, dtype = "float32") => Fill.node({}, { shape: toShape(shape), value, dtype });
    zeroCotangent = ({ shape, dtype }) => Fill.node({}, { shape, value: 0, dtype, cotangent: true });
    fillValue = (sym) => sym.node.op === Fill ? sym.node.attrs.value : void 0;
    isZeroCotangent = (sym) => sym.node.op === Fill && sym.node.attrs.value === 0 && sym.node.attrs.cotangent === true;
  }
});

// engine/primitives/constant.ts
function constant(value, dtype, shape) {
  if (typeof value === "number" || typeof value === "boolean")
    return fill2(shape ?? [], Number(value), dtype ?? (typeof value === "boolean" ? "bool" : "float32"));
  const flat = flatten(value, dtype);
  return Constant.node({}, { dtype: flat.dtype, shape: shape ?? flat.shape, data: flat.values });
}
var Constant;
var init_constant = __esm({
  "engine/primitives/constant.ts"() {
    "use strict";
    init_attr();
    init_dim();
    init_errors();
    init_literal();
    init_op();
    init_types();
    init_fill();
    Constant = defineOp({
      name: "Constant",
      inputs: [],
      attrs: { dtype: attr.dtype("float32"), shape: attr.shape(), data: attr.data() },
      infer: (_inputs, { dtype, shape, data }) => {
        if (data.constructor !== typedArrayOf(dtype, 0).constructor)
          throw new DTypeError(`a ${data.constructor.name} for values of ${dtype}`);
        if (!isStatic(shape) || sizeOf(shape) * (dtype === "complex64" ? 2 : 1) !== data.length) {
          throw new ShapeError(`${data.length} values do not fill the shape [${shape.join(", ")}]`);
        }
        return [{ dtype, shape }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { constant: true },
      gradient: {}
    });
    provideLift(constant);
  }
});

// engine/primitives/placeholder.ts
var Placeholder;
var init_placeholder = __esm({
  "engine/primitives/placeholder.ts"() {
    "use strict";
    init_attr();
    init_op();
    Placeholder = defineOp({
      name: "Placeholder",
      inputs: [],
      attrs: { name: attr.string(), dtype: attr.dtype("float32"), shape: attr.shape() },
      infer: (_inputs, { dtype, shape }) => [{ dtype, shape }],
      lowering: [{ kind: "kernel" }],
      gradient: {}
    });
  }
});

// engine/primitives/variable.ts
var Variable;
var init_variable = __esm({
  "engine/primitives/variable.ts"() {
    "use strict";
    init_attr();
    init_dim();
    init_errors();
    init_initializer();
    init_op();
    Variable = defineOp({
      name: "Variable",
      inputs: [],
      attrs: {
        name: attr.string(),
        dtype: attr.dtype("float32"),
        shape: attr.shape(),
        trainable: attr.bool(true),
        init: initializerAttr
      },
      infer: (_inputs, { name, dtype, shape }) => {
        if (!isStatic(shape)) throw new ShapeError(`variable '${name}' needs a known shape, got [${shape.join(", ")}]`);
        return [{ dtype, shape }];
      },
      lowering: [{ kind: "kernel" }],
      gradient: {}
    });
  }
});

// engine/primitives/add-n.ts
var AddN, addN;
var init_add_n = __esm({
  "engine/primitives/add-n.ts"() {
    "use strict";
    init_context();
    init_errors();
    init_op();
    init_fill();
    AddN = defineOp({
      name: "AddN",
      inputs: ["...inputs"],
      infer: ({ inputs }) => {
        const first = inputs[0];
        if (first === void 0) throw new ShapeError("nothing to add");
        for (const x of inputs) {
          if (x.dtype !== first.dtype) throw new DTypeError(`terms of ${first.dtype} and ${x.dtype}`);
          if (x.shape.length !== first.shape.length)
            throw new ShapeError(`terms of rank ${first.shape.length} and ${x.shape.length}`);
          first.shape.forEach((d, i) => {
            requireEqual(d, x.shape[i], `dimension ${i} of the terms`);
          });
        }
        return [{ dtype: first.dtype, shape: first.shape }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { elementwise: true },
      simplify: ({ inputs }) => {
        const terms = inputs.filter((x) => !isZeroCotangent(x));
        if (terms.length === 1) return terms[0];
        if (terms.length === 0) return inputs[0];
        return terms.length < inputs.length ? addN(terms) : void 0;
      },
      gradient: { inputs: ({ inputs }, { dy }) => inputs.map(() => dy) }
    });
    addN = (terms) => terms.length === 1 ? terms[0] : AddN.node({ inputs: terms });
  }
});

// engine/primitives/reshape.ts
function reshape(x, shape) {
  const sym = lift(x);
  if (!shape.includes(-1)) {
    const to = shape.map(toDim);
    return sameShape(sym.shape, to) ? sym : Reshape.node({ x: sym }, { shape: to });
  }
  if (shape.filter((d) => d === -1).length > 1)
    throw new ShapeError(`reshape: only one dim may be -1, got [${shape.join(", ")}]`);
  const known = product(shape.filter((d) => d !== -1).map(toDim));
  const total2 = product(sym.shape);
  const rest = quotient(total2, known);
  return Reshape.node({ x: sym }, { shape: shape.map((d) => d === -1 ? rest : toDim(d)) });
}
function quotient(total2, known) {
  const exact2 = exactQuotient(total2, known);
  if (exact2 !== void 0) return exact2;
  if (typeof total2 === "number" && typeof known === "number") {
    throw new ShapeError(`reshape: ${total2} elements do not divide by ${known}`);
  }
  return dim.floorDiv(total2, known);
}
var Reshape, sameShape;
var init_reshape = __esm({
  "engine/primitives/reshape.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_dim();
    init_errors();
    init_op();
    init_fill();
    Reshape = defineOp({
      name: "Reshape",
      inputs: ["x"],
      attrs: { shape: attr.shape() },
      infer: ({ x }, { shape }) => {
        const from = product(x.shape);
        const to = product(shape);
        if (from !== to)
          requireEqual(from, to, `the number of elements of ${formatShape(x.shape)} and ${formatShape(shape)}`);
        return [{ dtype: x.dtype, shape }];
      },
      lowering: [{ kind: "kernel" }],
      simplify: ({ x }, { shape }) => {
        if (sameShape(x.shape, shape)) return x;
        if (x.node.op === Reshape) return reshape(x.node.inputs[0], shape);
        if (x.node.op === Fill)
          return Fill.node({}, { ...x.node.attrs, shape });
        return void 0;
      },
      gradient: { x: ({ x }, { dy }) => reshape(dy, x.shape) }
    });
    sameShape = (a, b) => a === b || a.length === b.length && a.every((d, i) => compareDims(d, b[i]) === "equal");
  }
});

// engine/primitives/broadcast-to.ts
function broadcastShapes(a, b) {
  if (a === b) return a;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[i - rank + a.length] ?? 1;
    const q = b[i - rank + b.length] ?? 1;
    if (p === 1 || p === q) return q;
    if (q === 1) return p;
    requireEqual(p, q, `dimension ${i} of the broadcast of ${formatShape(a)} and ${formatShape(b)}`);
    return p;
  });
}
function broadcastAxes(from, to) {
  const lead = to.length - from.length;
  return to.flatMap((d, i) => i < lead || from[i - lead] === 1 && d !== 1 ? [i] : []);
}
function broadcastTo(x, shape) {
  const sym = lift(x);
  const to = shape.map(toDim);
  return sameShape(sym.shape, to) ? sym : BroadcastTo.node({ x: sym }, { shape: to });
}
var BroadcastTo;
var init_broadcast_to = __esm({
  "engine/primitives/broadcast-to.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_dim();
    init_errors();
    init_op();
    init_fill();
    init_reshape();
    BroadcastTo = defineOp({
      name: "BroadcastTo",
      inputs: ["x"],
      attrs: { shape: attr.shape() },
      infer: ({ x }, { shape }) => {
        const lead = shape.length - x.shape.length;
        if (lead < 0) throw new ShapeError(`${formatShape(x.shape)} has more dimensions than ${formatShape(shape)}`);
        x.shape.forEach((d, i) => {
          if (d !== 1)
            requireEqual(
              shape[i + lead],
              d,
              `dimension ${i + lead} of ${formatShape(shape)}, to which ${formatShape(x.shape)} is broadcast`
            );
        });
        return [{ dtype: x.dtype, shape }];
      },
      lowering: [{ kind: "kernel" }],
      simplify: ({ x }, { shape }) => {
        if (sameShape(x.shape, shape)) return x;
        if (x.node.op === BroadcastTo) return broadcastTo(x.node.inputs[0], shape);
        if (x.node.op === Fill)
          return Fill.node({}, { ...x.node.attrs, shape });
        return void 0;
      },
      // the engine sums a cotangent over what was broadcast
      gradient: { x: (_inputs, { dy }) => dy }
    });
  }
});

// engine/primitives/call.ts
function requireArguments(fn, args) {
  if (args.length !== fn.parameters.length)
    throw new GraphError(`a Function of ${fn.parameters.length} parameters got ${args.length} arguments`);
  for (const [i, p] of fn.parameters.entries()) requireType(args[i], p, `argument ${i} of a Function`);
}
function requireType(own2, wanted, what) {
  if (own2.dtype !== wanted.dtype || own2.shape.length !== wanted.shape.length)
    throw new GraphError(`${what} is ${formatType(own2)}, not ${formatType(wanted)}`);
  for (const [axis, d] of own2.shape.entries()) requireEqual(d, wanted.shape[axis], `dimension ${axis} of ${what}`);
}
function inlineHere(fn, args) {
  const graph = args.find((s) => s.node.graph !== void 0)?.node.graph;
  if (graph === void 0) throw new GraphError("a Function called without an argument that belongs to a graph");
  return inline(fn, graph, args);
}
var Call;
var init_call = __esm({
  "engine/primitives/call.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_function();
    init_errors();
    init_op();
    init_types();
    Call = defineOp({
      name: "Call",
      inputs: ["...args", "...captured", "...ruleCaptured"],
      outputs: ["...ys"],
      attrs: { forward: attr.fn(), rule: attr.fn() },
      infer: ({ args, captured, ruleCaptured }, { forward, rule }) => {
        requireArguments(forward, [...args, ...captured]);
        requireArguments(rule, [...args, ...forward.results, ...forward.results, ...ruleCaptured]);
        if (rule.results.length !== args.length)
          throw new GraphError(`a rule for ${args.length} arguments gives ${rule.results.length} cotangents`);
        return forward.results;
      },
      lowering: [
        { kind: "composite", expand: ({ args, captured }, { forward }) => inlineHere(forward, [...args, ...captured]) }
      ],
      gradient: {
        args: ({ args, ruleCaptured }, { ys, dys, attrs }) => inlineHere(attrs.rule, [...args, ...ys.ys, ...dys.ys, ...ruleCaptured]),
        captured: NOT_DIFFERENTIABLE,
        ruleCaptured: ZERO
      }
    });
  }
});

// engine/scalar.ts
function loopOf({ op, type, args }) {
  const { loop, loops } = specOf(op);
  const from = args.at(-1).type;
  if (op !== "cast") return loops?.[from] ?? loop;
  return (from === "f32" || type === "bool" ? loops?.[type] : void 0) ?? loop;
}
function flooredMod(a, b) {
  const remainder = a % b;
  return a >= 0 === b >= 0 ? remainder : (remainder + b) % b;
}
function integerPower(a, b) {
  if (b < 0) return a ** b;
  let power = 1;
  for (let square2 = a, bits = b; bits > 0; bits >>= 1, square2 = Math.imul(square2, square2)) {
    if (bits & 1) power = Math.imul(power, square2);
  }
  return power;
}
function roundHalfToEven(x) {
  return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
}
function polynomial(coefficients, x) {
  let sum3 = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum3 = sum3 * x + coefficients[k];
  return sum3;
}
function erf(x) {
  const size = Math.abs(x);
  if (size <= 0.46875) return x * polynomial(ERF_P, x * x) / polynomial(ERF_Q, x * x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - Math.exp(-x * x) * polynomial(ERFC_P, size) / polynomial(ERFC_Q, size));
}
function literal2(op, value, type) {
  const wanted = type ?? (typeof value === "boolean" ? "bool" : "f32");
  const number2 = Number(value);
  const fits = typeof value === (wanted === "bool" ? "boolean" : "number") && (wanted === "bool" || wanted === "f32" || number2 === (wanted === "i32" ? number2 | 0 : number2 >>> 0));
  if (!fits) throw new TypeError(`scalar.${op}: ${value} is not of type ${wanted}`);
  return leaf({ op: "const", type: wanted, value: wanted === "f32" ? number2 : number2 + 0 });
}
function input(index2, type = "f32") {
  if (!Number.isSafeInteger(index2) || index2 < 0) throw new TypeError(`scalar.input: ${index2} is no index`);
  return leaf({ op: "input", type, index: index2 });
}
function lift2(op, args) {
  const type = args.find(isScalar)?.type;
  return args.map((x) => isScalar(x) ? x : literal2(op, x, type));
}
function call(op, args, castTo) {
  const { arity, takes, gives } = specOf(op);
  const types = args.map((x) => x.type);
  const [type] = op === "select" ? types.slice(1) : types;
  const same = types.every((t, i) => t === (op === "select" && i === 0 ? "bool" : type));
  if (args.length !== arity || type === void 0 || !same || !takes.includes(type)) {
    throw new TypeError(`scalar.${op} does not take (${types.join(", ")})`);
  }
  return leaf({ op, type: castTo ?? gives ?? type, args: Object.freeze([...args]) });
}
function cast(x, type) {
  const from = asScalar("cast", x);
  return from.type === type ? from : call("cast", [from], type);
}
function linearizeScalar(roots) {
  const nodes = [];
  const operands = [];
  const positions = /* @__PURE__ */ new Map();
  const byContent = /* @__PURE__ */ new Map();
  const number2 = (node) => {
    const args = argsOf(node).map((arg) => positions.get(arg));
    const content = `${node.op} ${node.type} ${leafContent(node)} ${args.join()}`;
    let position = byContent.get(content);
    if (position === void 0) {
      position = nodes.push(node) - 1;
      operands.push(args);
      byContent.set(content, position);
    }
    positions.set(node, position);
  };
  const stack2 = [...roots].reverse();
  for (let node = stack2.at(-1); node !== void 0; node = stack2.at(-1)) {
    const pending = positions.has(node) ? [] : argsOf(node).filter((arg) => !positions.has(arg));
    if (pending.length > 0) {
      for (const arg of pending.reverse()) stack2.push(arg);
    } else {
      if (!positions.has(node)) number2(node);
      stack2.pop();
    }
  }
  return { nodes, operands, results: roots.map((root) => positions.get(root)) };
}
function makeRegister(type, precision, size) {
  if (type === "f32") return precision === "float32" ? new Float32Array(size) : new Float64Array(size);
  return type === "i32" ? new Int32Array(size) : type === "u32" ? new Uint32Array(size) : new Uint8Array(size);
}
function assemble(expr, precision, block) {
  const { nodes, operands } = linearizeScalar([expr]);
  const lastUse = /* @__PURE__ */ new Map();
  for (const [user, args] of operands.entries()) for (const arg of args) lastUse.set(arg, user);
  const free2 = { f32: [], i32: [], u32: [], bool: [] };
  const registers = [];
  const steps = [];
  nodes.forEach((node, k) => {
    for (const arg of new Set(operands[k])) {
      const { op, type } = nodes[arg];
      if (lastUse.get(arg) === k && op !== "const") free2[type].push(registers[arg]);
    }
    const out = (node.op === "const" ? void 0 : free2[node.type].pop()) ?? makeRegister(node.type, precision, block);
    registers.push(out);
    if (node.op === "const") out.fill(node.value);
    else if (node.op === "input") steps.push(loadInput(node.index, out));
    else if (node.op === "index") steps.push(loadIndex(out));
    else {
      const loop = loopOf(node);
      const [a, b = a, c = a] = operands[k].map((arg) => registers[arg]);
      steps.push((_inputs, _start, n) => loop(out, n, a, b, c));
    }
  });
  return { steps, result: registers.at(-1) };
}
function compileScalar(expr, precision = "float32") {
  const { steps, result } = assemble(expr, precision, BLOCK);
  return (inputs, length, out) => {
    for (let start = 0; start < length; start += BLOCK) {
      const n = Math.min(BLOCK, length - start);
      for (const step2 of steps) step2(inputs, start, n);
      for (let i = 0; i < n; i++) out[start + i] = result[i];
    }
  };
}
function scalarToJSON(expr) {
  const { nodes, operands } = linearizeScalar([expr]);
  return { nodes: nodes.map((node, k) => nodeToJSON(node, operands[k])) };
}
function nodeToJSON(node, args) {
  const { op, type } = node;
  if (op === "index") return { op };
  if (op === "input") return { op, type, index: node.index };
  if (op === "const") return { op, type, value: type === "bool" ? node.value === 1 : valueToJSON(node.value) };
  return op === "cast" ? { op, type, args } : { op, args };
}
function scalarFromJSON(document) {
  const list = document?.nodes;
  if (!Array.isArray(list) || list.length === 0 || !hasOnly(document, ["nodes"])) {
    throw new SerializationError("a scalar expression is { nodes: [...] } with at least one node");
  }
  const nodes = [];
  list.forEach((node, k) => {
    try {
      nodes.push(nodeFromJSON(node, nodes));
    } catch (cause) {
      throw new SerializationError(`node ${k} of a scalar expression: ${cause.message}`, { cause });
    }
  });
  return nodes.at(-1);
}
function check(condition, message) {
  if (!condition) throw new TypeError(message);
}
function nodeFromJSON(document, earlier) {
  check(typeof document === "object" && document !== null, "not an object");
  const { op, type, index: index2, value, args } = document;
  const has = (...keys2) => check(
    hasOnly(document, ["op", ...keys2]),
    `'${String(op)}' has op${keys2.map((key) => `, ${key}`).join("")} and no more`
  );
  const typed = () => {
    check(ANY.includes(type), `unknown type '${String(type)}'`);
    return type;
  };
  if (op === "index") {
    has();
    return scalar.index;
  }
  if (op === "input") {
    has("type", "index");
    return input(index2, typed());
  }
  if (op === "const") {
    has("type", "value");
    const parsed = valueFromJSON(value);
    check(typeof parsed === "number" || typeof parsed === "boolean", `'${String(value)}' is no value`);
    return constant2(parsed, typed());
  }
  check(typeof op === "string" && Object.hasOwn(OPS, op), `unknown op '${String(op)}'`);
  has("args", ...op === "cast" ? ["type"] : []);
  check(Array.isArray(args), `'${op}' has no operands`);
  const operands = args.map((arg) => {
    const operand2 = Number.isInteger(arg) ? earlier[arg] : void 0;
    check(operand2 !== void 0, `${String(arg)} is no earlier node`);
    return operand2;
  });
  return call(op, operands, op === "cast" ? typed() : void 0);
}
var SCALAR_TYPES, FLOAT, INT2, WORD, SIGNED, NUMBER2, BITS, ANY, map, zip, unary, binary, comparison, float, multiplyWords, isNonZero, copy, saturate, OPS, SCALAR_OPS, specOf, ERF_P, ERF_Q, ERFC_P, ERFC_Q, numberText, leaf, constant2, isScalar, one, two, asScalar, select, add2, mul2, div, max, abs, neg, exp, sqrt, lt, ge, and, shiftRight, scalar, argsOf, leafContent, BLOCK, loadInput, loadIndex, SPECIAL_VALUES, valueToJSON, valueFromJSON, hasOnly;
var init_scalar = __esm({
  "engine/scalar.ts"() {
    "use strict";
    init_errors();
    SCALAR_TYPES = {
      float32: "f32",
      int32: "i32",
      bool: "bool"
    };
    FLOAT = ["f32"];
    INT2 = ["i32"];
    WORD = ["u32", "i32"];
    SIGNED = ["f32", "i32"];
    NUMBER2 = ["f32", "i32", "u32"];
    BITS = ["bool", "u32", "i32"];
    ANY = ["f32", "i32", "u32", "bool"];
    map = (f) => (out, n, a) => {
      for (let i = 0; i < n; i++) out[i] = f(a[i]);
    };
    zip = (f) => (out, n, a, b) => {
      for (let i = 0; i < n; i++) out[i] = f(a[i], b[i]);
    };
    unary = (takes, loop, loops) => ({ arity: 1, takes, loop, loops });
    binary = (takes, loop, loops) => ({ arity: 2, takes, loop, loops });
    comparison = (takes, loop) => ({ arity: 2, takes, gives: "bool", loop });
    float = (f) => unary(FLOAT, map(f));
    multiplyWords = (out, n, a, b) => {
      for (let i = 0; i < n; i++) out[i] = Math.imul(a[i], b[i]);
    };
    isNonZero = (out, n, a) => {
      for (let i = 0; i < n; i++) out[i] = a[i] === 0 ? 0 : 1;
    };
    copy = (out, n, a) => {
      for (let i = 0; i < n; i++) out[i] = a[i];
    };
    saturate = (low, high) => (out, n, a) => {
      for (let i = 0; i < n; i++) out[i] = Math.min(Math.max(a[i], low), high);
    };
    OPS = {
      add: binary(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] + b[i];
      }),
      sub: binary(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] - b[i];
      }),
      mul: binary(
        NUMBER2,
        (out, n, a, b) => {
          for (let i = 0; i < n; i++) out[i] = a[i] * b[i];
        },
        { i32: multiplyWords, u32: multiplyWords }
      ),
      div: binary(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] / b[i];
      }),
      floorDiv: binary(
        INT2,
        zip((a, b) => Math.floor(a / b))
      ),
      mod: binary(NUMBER2, zip(flooredMod)),
      pow: binary(SIGNED, zip(Math.pow), { i32: zip(integerPower) }),
      min: binary(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = Math.min(a[i], b[i]);
      }),
      max: binary(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = Math.max(a[i], b[i]);
      }),
      atan2: binary(FLOAT, zip(Math.atan2)),
      neg: unary(SIGNED, (out, n, a) => {
        for (let i = 0; i < n; i++) out[i] = -a[i];
      }),
      abs: unary(SIGNED, (out, n, a) => {
        for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]);
      }),
      floor: float(Math.floor),
      ceil: float(Math.ceil),
      round: float(roundHalfToEven),
      sqrt: unary(FLOAT, (out, n, a) => {
        for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]);
      }),
      exp: unary(FLOAT, (out, n, a) => {
        for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]);
      }),
      expm1: float(Math.expm1),
      log: unary(FLOAT, (out, n, a) => {
        for (let i = 0; i < n; i++) out[i] = Math.log(a[i]);
      }),
      log1p: float(Math.log1p),
      sin: float(Math.sin),
      cos: float(Math.cos),
      tan: float(Math.tan),
      asin: float(Math.asin),
      acos: float(Math.acos),
      atan: float(Math.atan),
      sinh: float(Math.sinh),
      cosh: float(Math.cosh),
      tanh: float(Math.tanh),
      asinh: float(Math.asinh),
      acosh: float(Math.acosh),
      atanh: float(Math.atanh),
      erf: float(erf),
      isNaN: { ...float((x) => Number.isNaN(x) ? 1 : 0), gives: "bool" },
      eq: comparison(ANY, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] === b[i] ? 1 : 0;
      }),
      ne: comparison(ANY, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] !== b[i] ? 1 : 0;
      }),
      lt: comparison(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] < b[i] ? 1 : 0;
      }),
      le: comparison(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] <= b[i] ? 1 : 0;
      }),
      gt: comparison(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] > b[i] ? 1 : 0;
      }),
      ge: comparison(NUMBER2, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] >= b[i] ? 1 : 0;
      }),
      and: binary(BITS, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] & b[i];
      }),
      or: binary(BITS, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] | b[i];
      }),
      xor: binary(BITS, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] ^ b[i];
      }),
      not: unary(
        BITS,
        map((a) => ~a),
        { bool: map((a) => 1 - a) }
      ),
      shiftLeft: binary(WORD, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] << b[i];
      }),
      shiftRight: binary(
        WORD,
        (out, n, a, b) => {
          for (let i = 0; i < n; i++) out[i] = a[i] >>> b[i];
        },
        { i32: zip((a, b) => a >> b) }
      ),
      rotateLeft: binary(WORD, (out, n, a, b) => {
        for (let i = 0; i < n; i++) out[i] = a[i] << b[i] | a[i] >>> 32 - b[i];
      }),
      select: {
        arity: 3,
        takes: ANY,
        loop: (out, n, a, b, c) => {
          for (let i = 0; i < n; i++) out[i] = a[i] ? b[i] : c[i];
        }
      },
      // its loops are by the type that it gives, and for floats only: see loopOf
      cast: unary(ANY, copy, { i32: saturate(-(2 ** 31), 2 ** 31 - 1), u32: saturate(0, 2 ** 32 - 1), bool: isNonZero })
    };
    SCALAR_OPS = Object.keys(OPS);
    specOf = (op) => OPS[op];
    ERF_P = [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315];
    ERF_Q = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
    ERFC_P = [
      1230.3393547979972,
      2051.0783778260716,
      1712.0476126340707,
      881.952221241769,
      298.6351381974001,
      66.11919063714163,
      8.883149794388377,
      0.5641884969886701,
      21531153547440383e-24
    ];
    ERFC_Q = [
      1230.3393548037495,
      3439.3676741437216,
      4362.619090143247,
      3290.7992357334597,
      1621.3895745666903,
      537.1811018620099,
      117.6939508913125,
      15.744926110709835,
      1
    ];
    numberText = (value) => Object.is(value, -0) ? "-0" : String(value);
    leaf = (node) => Object.freeze(node);
    constant2 = (value, type) => literal2("constant", value, type);
    isScalar = (x) => typeof x === "object";
    one = (op) => (x) => call(op, lift2(op, [x]));
    two = (op) => (a, b) => call(op, lift2(op, [a, b]));
    asScalar = (op, x) => lift2(op, [x])[0];
    select = (condition, a, b) => call("select", [asScalar("select", condition), ...lift2("select", [a, b])]);
    add2 = two("add");
    mul2 = two("mul");
    div = two("div");
    max = two("max");
    abs = one("abs");
    neg = one("neg");
    exp = one("exp");
    sqrt = one("sqrt");
    lt = two("lt");
    ge = two("ge");
    and = two("and");
    shiftRight = two("shiftRight");
    scalar = {
      input,
      constant: constant2,
      index: leaf({ op: "index", type: "u32" }),
      // numbers
      add: add2,
      sub: two("sub"),
      mul: mul2,
      div,
      min: two("min"),
      max,
      mod: two("mod"),
      pow: two("pow"),
      neg,
      abs,
      square: (x) => mul2(x, x),
      /** The quotient rounded down, to int or to float. */
      floorDiv: (a, b) => {
        const quotient2 = div(a, b);
        if (quotient2.type === "f32") return call("floor", [quotient2]);
        return quotient2.type === "u32" ? quotient2 : two("floorDiv")(a, b);
      },
      /** -1, 0 or 1; 0 for NaN. */
      sign: (x) => {
        const value = asScalar("sign", x);
        const [minus, zero, plus] = [-1, 0, 1].map((sign) => constant2(sign, value.type));
        return select(lt(value, zero), minus, select(lt(zero, value), plus, zero));
      },
      relu: (x) => max(x, 0),
      // floats
      floor: one("floor"),
      ceil: one("ceil"),
      round: one("round"),
      sqrt,
      rsqrt: (x) => div(1, sqrt(x)),
      reciprocal: (x) => div(1, asScalar("reciprocal", x)),
      exp,
      expm1: one("expm1"),
      log: one("log"),
      log1p: one("log1p"),
      sin: one("sin"),
      cos: one("cos"),
      tan: one("tan"),
      asin: one("asin"),
      acos: one("acos"),
      atan: one("atan"),
      atan2: two("atan2"),
      sinh: one("sinh"),
      cosh: one("cosh"),
      tanh: one("tanh"),
      asinh: one("asinh"),
      acosh: one("acosh"),
      atanh: one("atanh"),
      erf: one("erf"),
      /** 1 / (1 + e^-x), by e^-|x|: no intermediate overflows, and small results keep their digits. */
      sigmoid: (x) => {
        const decay = exp(neg(abs(x)));
        return div(select(ge(x, 0), 1, decay), add2(1, decay));
      },
      /** log(1 + e^x) without overflow. */
      softplus: (x) => add2(max(x, 0), one("log1p")(exp(neg(abs(x))))),
      isNaN: one("isNaN"),
      // comparisons and choice
      eq: two("eq"),
      ne: two("ne"),
      lt,
      le: two("le"),
      gt: two("gt"),
      ge,
      select,
      // logic on bools, bit by bit on integers
      and,
      or: two("or"),
      xor: two("xor"),
      not: one("not"),
      // words
      shiftLeft: two("shiftLeft"),
      shiftRight,
      rotateLeft: two("rotateLeft"),
      /** The upper 32 bits of the product of two u32, by its four partial products of 16-bit halves. */
      mulHigh: (a, b) => {
        const [x, y] = lift2("mulHigh", [a, b]);
        const low = (word) => and(word, 65535);
        const high = (word) => shiftRight(word, 16);
        const carry = high(mul2(low(x), low(y)));
        const middle = add2(mul2(high(x), low(y)), carry);
        const other = add2(mul2(low(x), high(y)), low(middle));
        return add2(add2(mul2(high(x), high(y)), high(middle)), high(other));
      },
      cast
    };
    argsOf = (node) => "args" in node ? node.args : [];
    leafContent = (node) => node.op === "const" ? numberText(node.value) : node.op === "input" ? `${node.index}` : "";
    BLOCK = 512;
    loadInput = (index2, out) => (inputs, start, n) => {
      const from = inputs[index2];
      if (from === void 0) throw new RangeError(`input ${index2} of an expression is missing`);
      if (from.length === 1) out.fill(from[0], 0, n);
      else if (from.length < start + n)
        throw new RangeError(`input ${index2} of an expression has ${from.length} elements`);
      else for (let i = 0; i < n; i++) out[i] = from[start + i];
    };
    loadIndex = (out) => (_inputs, start, n) => {
      for (let i = 0; i < n; i++) out[i] = start + i;
    };
    SPECIAL_VALUES = [Number.NaN, Infinity, -Infinity, -0];
    valueToJSON = (value) => SPECIAL_VALUES.some((special) => Object.is(special, value)) ? numberText(value) : value;
    valueFromJSON = (value) => typeof value === "string" ? SPECIAL_VALUES.find((special) => numberText(special) === value) ?? value : value;
    hasOnly = (value, keys2) => Object.keys(value).every((key) => keys2.includes(key));
  }
});

// engine/primitives/cast.ts
function cast2(x, dtype) {
  const sym = lift(x);
  return sym.dtype === dtype ? sym : Cast.node({ x: sym }, { dtype });
}
var Cast;
var init_cast = __esm({
  "engine/primitives/cast.ts"() {
    "use strict";
    init_attr();
    init_op();
    init_scalar();
    init_fill();
    Cast = defineOp({
      name: "Cast",
      inputs: ["x"],
      attrs: { dtype: attr.dtype() },
      infer: ({ x }, { dtype }) => [{ dtype, shape: x.shape }],
      lowering: [
        { kind: "expression", expr: ({ x }, { dtype }) => scalar.cast(x, SCALAR_TYPES[dtype] ?? "f32") },
        { kind: "kernel" }
      ],
      traits: { elementwise: true },
      simplify: ({ x }, { dtype }) => {
        if (x.dtype === dtype) return x;
        if (x.node.op !== Fill) return void 0;
        const { shape, value, cotangent } = x.node.attrs;
        return Fill.node(
          {},
          {
            shape,
            dtype,
            cotangent,
            value: dtype === "bool" ? Number(value !== 0) : dtype === "int32" ? Math.trunc(value) : value
          }
        );
      },
      gradient: { x: ({ x }, { dy }) => cast2(dy, x.dtype) }
    });
  }
});

// engine/primitives/dim-value.ts
var DimValue;
var init_dim_value = __esm({
  "engine/primitives/dim-value.ts"() {
    "use strict";
    init_attr();
    init_op();
    DimValue = defineOp({
      name: "DimValue",
      inputs: [],
      attrs: { dim: attr.dim(), dtype: attr.dtype("float32") },
      infer: (_inputs, { dtype }) => [{ dtype, shape: [] }],
      lowering: [{ kind: "kernel" }],
      traits: { constant: true },
      gradient: {}
    });
  }
});

// engine/primitives/iota.ts
var Iota;
var init_iota = __esm({
  "engine/primitives/iota.ts"() {
    "use strict";
    init_attr();
    init_op();
    Iota = defineOp({
      name: "Iota",
      inputs: [],
      attrs: { size: attr.dim(), start: attr.number(0), step: attr.number(1), dtype: attr.dtype("int32") },
      infer: (_inputs, { size, dtype }) => [{ dtype, shape: [size] }],
      lowering: [{ kind: "kernel" }],
      traits: { constant: true },
      gradient: {}
    });
  }
});

// engine/primitives/map.ts
function mapGradient({ mapped, captured }, dys, attrs, vjp2) {
  const back = vjp2(attrs.body);
  const m = mapped.length;
  const c = captured.length;
  const s = dys.stacked.length;
  const p = back.parameters;
  const order = [...p.slice(0, m), ...p.slice(m + c, m + c + s), ...p.slice(m, m + c), ...p.slice(m + c + s)];
  return MapOp.nodes(
    { mapped: [...mapped, ...dys.stacked], captured: [...captured, ...dys.summed] },
    { body: makeFn(back.graph, order, back.results), count: attrs.count, stacked: m }
  );
}
var MapOp;
var init_map = __esm({
  "engine/primitives/map.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_function();
    init_errors();
    init_op();
    init_types();
    init_call();
    MapOp = defineOp({
      name: "Map",
      inputs: ["...mapped", "...captured"],
      outputs: ["...stacked", "...summed"],
      attrs: { body: attr.fn(), count: attr.dim(), stacked: attr.int() },
      infer: ({ mapped, captured }, { body, count, stacked }) => {
        mapped.forEach((x, i) => {
          if (x.shape.length === 0) throw new ShapeError(`mapped value ${i} is a scalar`);
          requireEqual(count, x.shape[0], `the leading dim of mapped value ${i}`);
        });
        requireArguments(body, [...mapped.map((x) => ({ dtype: x.dtype, shape: x.shape.slice(1) })), ...captured]);
        if (stacked < 0 || stacked > body.results.length)
          throw new GraphError(`${stacked} of ${body.results.length} results stacked`);
        return body.results.map((r, k) => {
          if (k >= stacked && !isDifferentiable(r.dtype) && r.dtype !== "int32")
            throw new DTypeError(`a sum of ${r.dtype}`);
          return { dtype: r.dtype, shape: k < stacked ? [count, ...r.shape] : r.shape };
        });
      },
      outputArity: ({ body, stacked }) => [stacked, body.results.length - stacked],
      lowering: [{ kind: "kernel" }],
      gradient: {
        mapped: (inputs, { dys, attrs, vjp: vjp2 }) => {
          const outputs = mapGradient(inputs, dys, attrs, vjp2);
          return outputs.slice(0, inputs.mapped.length);
        },
        captured: (inputs, { dys, attrs, vjp: vjp2 }) => {
          const outputs = mapGradient(inputs, dys, attrs, vjp2);
          return outputs.slice(inputs.mapped.length);
        }
      }
    });
  }
});

// engine/primitives/random-state.ts
var RandomState;
var init_random_state = __esm({
  "engine/primitives/random-state.ts"() {
    "use strict";
    init_op();
    RandomState = defineOp({
      name: "RandomState",
      inputs: [],
      infer: () => [{ dtype: "int32", shape: [4] }],
      lowering: [{ kind: "kernel" }],
      gradient: {}
    });
  }
});

// engine/primitives/select.ts
var Select, select2;
var init_select = __esm({
  "engine/primitives/select.ts"() {
    "use strict";
    init_errors();
    init_op();
    init_scalar();
    init_broadcast_to();
    init_fill();
    Select = defineOp({
      name: "Select",
      inputs: ["condition", "t", "e"],
      infer: ({ condition, t, e }) => {
        if (condition.dtype !== "bool") throw new DTypeError(`the condition is ${condition.dtype}, not bool`);
        if (t.dtype !== e.dtype) throw new DTypeError(`a choice between ${t.dtype} and ${e.dtype}`);
        return [{ dtype: t.dtype, shape: broadcastShapes(condition.shape, broadcastShapes(t.shape, e.shape)) }];
      },
      lowering: [{ kind: "expression", expr: ({ condition, t, e }) => scalar.select(condition, t, e) }, { kind: "kernel" }],
      traits: { elementwise: true },
      simplify: ({ condition, t, e }) => {
        const shape = broadcastShapes(condition.shape, broadcastShapes(t.shape, e.shape));
        const known = fillValue(condition);
        if (known !== void 0) return broadcastTo(known !== 0 ? t : e, shape);
        return t === e ? broadcastTo(t, shape) : void 0;
      },
      gradient: {
        condition: ZERO,
        // a bool: no gradient flows along it
        t: ({ condition }, { dy }) => select2(condition, dy, zeroCotangent({ dtype: dy.dtype, shape: [] })),
        e: ({ condition }, { dy }) => select2(condition, zeroCotangent({ dtype: dy.dtype, shape: [] }), dy)
      }
    });
    select2 = (condition, t, e) => Select.node({ condition: lift(condition, "bool"), t, e });
  }
});

// engine/primitives/stop-gradient.ts
var StopGradient;
var init_stop_gradient = __esm({
  "engine/primitives/stop-gradient.ts"() {
    "use strict";
    init_op();
    StopGradient = defineOp({
      name: "StopGradient",
      inputs: ["x"],
      infer: ({ x }) => [x],
      lowering: [{ kind: "composite", expand: ({ x }) => x }],
      traits: { elementwise: true },
      gradient: { x: ZERO }
    });
  }
});

// engine/primitives/sum.ts
function requireAxes(axis, rank) {
  axis.forEach((a, i) => {
    if (a < 0 || a >= rank || i > 0 && a <= axis[i - 1])
      throw new ShapeError(`axis [${axis.join(", ")}] of a value of rank ${rank}`);
  });
}
var reducedShape, Sum, sumAxes;
var init_sum = __esm({
  "engine/primitives/sum.ts"() {
    "use strict";
    init_attr();
    init_errors();
    init_op();
    init_broadcast_to();
    init_reshape();
    reducedShape = (shape, axis, keepDims) => keepDims ? shape.map((d, i) => axis.includes(i) ? 1 : d) : shape.filter((_, i) => !axis.includes(i));
    Sum = defineOp({
      name: "Sum",
      inputs: ["x"],
      attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
      infer: ({ x }, { axis, keepDims }) => {
        if (x.dtype === "bool") throw new DTypeError("a sum of bool; cast to int32 first");
        requireAxes(axis, x.shape.length);
        return [{ dtype: x.dtype, shape: reducedShape(x.shape, axis, keepDims) }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { linear: ["x"] },
      simplify: ({ x }, { axis, keepDims }) => {
        if (axis.length === 0) return x;
        return axis.every((a) => x.shape[a] === 1) ? reshape(x, reducedShape(x.shape, axis, keepDims)) : void 0;
      },
      gradient: { x: ({ x }, { dy, attrs }) => broadcastTo(reshape(dy, reducedShape(x.shape, attrs.axis, true)), x.shape) }
    });
    sumAxes = (x, axis, keepDims = false) => axis.length === 0 ? x : Sum.node({ x }, { axis, keepDims });
  }
});

// engine/primitives/index.ts
var primitives;
var init_primitives = __esm({
  "engine/primitives/index.ts"() {
    "use strict";
    init_add_n();
    init_broadcast_to();
    init_call();
    init_cast();
    init_constant();
    init_dim_value();
    init_fill();
    init_iota();
    init_map();
    init_parameter();
    init_placeholder();
    init_random_state();
    init_reshape();
    init_select();
    init_stop_gradient();
    init_sum();
    init_variable();
    primitives = [
      Placeholder,
      Variable,
      RandomState,
      Parameter,
      Constant,
      DimValue,
      Fill,
      Iota,
      AddN,
      Sum,
      Reshape,
      BroadcastTo,
      Select,
      Cast,
      StopGradient,
      Call,
      MapOp
    ];
  }
});

// engine/build/update.ts
function assign(variable, value) {
  if (variable.node.op !== Variable)
    throw new GraphError(`assign: '${variable.label}' is not a variable`, { site: variable.node.site });
  const lifted = lift(value, variable.dtype);
  const sym = variable.node.graph === void 0 ? lifted : variable.node.graph.adopt(lifted);
  if (!mayMatch(sym, variable))
    throw new ShapeError(
      `assign: '${variable.label}' is ${formatType(variable)}, its new value '${sym.label}' ${formatType(sym)}`,
      { site: sym.node.site }
    );
  return { variable, value: broadcastTo(sym, variable.shape) };
}
function requireOneUpdateEach(updates) {
  const seen = /* @__PURE__ */ new Set();
  for (const { variable, value } of updates) {
    if (seen.has(variable))
      throw new GraphError(`two updates of the variable '${variableName(variable)}'`, { site: value.node.site });
    seen.add(variable);
  }
}
var variableName;
var init_update = __esm({
  "engine/build/update.ts"() {
    "use strict";
    init_errors();
    init_op();
    init_broadcast_to();
    init_variable();
    init_types();
    variableName = (variable) => variable.node.attrs.name;
  }
});

// engine/build/verify.ts
function verify(roots) {
  verifyNodes(roots, /* @__PURE__ */ new Set(), /* @__PURE__ */ new Set());
}
function verifyNodes(roots, parameters, verified) {
  const graph = roots[0]?.node.graph;
  for (const node of toposort(roots)) {
    const fail = (what) => {
      throw new GraphError(`verify: '${node.label}' (${node.op.name}): ${what}`, { node: node.label, site: node.site });
    };
    if (node.graph !== graph) fail("belongs to another graph");
    if (node.op === Parameter && !parameters.has(node.outputs[0])) fail("is used outside of its Function");
    for (const input3 of node.inputs) {
      if (input3.node.id >= node.id) fail(`input '${input3.label}' comes after its user`);
      if (input3.node.outputs[input3.output] !== input3) fail(`input '${input3.label}' is not an output of its node`);
    }
    verifyAttrs(node, fail);
    for (const value of Object.values(node.attrs)) {
      if (!isFn(value) || verified.has(value)) continue;
      verified.add(value);
      verifyFunction(value, verified, fail);
    }
    verifyTypes(node, fail);
  }
}
function verifyAttrs(node, fail) {
  try {
    parseAttrs(node.op.name, node.op.attrs, node.attrs);
  } catch (e) {
    fail(e.message);
  }
}
function verifyFunction(fn, verified, fail) {
  const parameters = new Set(fn.parameters);
  if (parameters.size < fn.parameters.length) fail("its Function has a parameter twice");
  for (const { node, label } of fn.parameters) {
    if (node.op !== Parameter) fail(`'${label}' is no parameter, but its Function has it for one`);
    if (node.graph !== fn.graph) fail("a parameter of its Function belongs to another graph");
  }
  for (const node of toposort(fn.results)) {
    if (node.inputs.length === 0 && node.op !== Parameter && !node.op.traits.constant)
      fail(`its Function is not closed: '${node.label}' is neither a parameter nor a constant`);
  }
  verifyNodes(fn.results, parameters, verified);
}
function inferAgain(node, fail) {
  const outer = context.checks;
  try {
    return node.op.definition.infer(inputRecord(node.op, node.inputs, node.arity), node.attrs);
  } catch (e) {
    return fail(e.message);
  } finally {
    context.checks = outer;
  }
}
function verifyTypes(node, fail) {
  const types = inferAgain(node, fail);
  if (types.length !== node.outputs.length)
    fail(`has ${node.outputs.length} outputs; shape inference gives ${types.length}`);
  types.forEach((type, k) => {
    const own2 = node.outputs[k];
    if (!mayMatch(type, own2)) fail(`output ${k} is ${formatType(own2)}; shape inference gives ${formatType(type)}`);
  });
}
var init_verify = __esm({
  "engine/build/verify.ts"() {
    "use strict";
    init_attr();
    init_errors();
    init_parameter();
    init_slots();
    init_types();
    init_context();
    init_toposort();
  }
});

// engine/build/serialize.ts
import * as v from "valibot";
function writeDocument(outputs, updates) {
  const functions = {};
  const idsOfFunctions = /* @__PURE__ */ new Map();
  const writeFunction = (fn) => {
    let id = idsOfFunctions.get(fn.key);
    if (id === void 0) {
      id = `f${idsOfFunctions.size}`;
      idsOfFunctions.set(fn.key, id);
      const { nodes: nodes2, ref: ref2 } = writeNodes([...fn.parameters, ...fn.results], writeFunction);
      functions[id] = { nodes: nodes2, parameters: fn.parameters.map(ref2), results: fn.results.map(ref2) };
    }
    return id;
  };
  const roots = [...Object.values(outputs), ...updates.flatMap((u) => [u.variable, u.value])];
  const { nodes, ref } = writeNodes(roots, writeFunction);
  return {
    format: FORMAT,
    version: VERSION,
    nodes,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, s]) => [name, ref(s)])),
    updates: Object.fromEntries(updates.map((u) => [variableName(u.variable), ref(u.value)])),
    functions
  };
}
function writeNodes(roots, writeFunction) {
  const ids = /* @__PURE__ */ new Map();
  const taken = /* @__PURE__ */ new Set();
  const ref = (s) => s.output === 0 ? ids.get(s.node) : `${ids.get(s.node)}:${s.output}`;
  const order = toposort(roots);
  for (const node of order) for (const name of node.names.slice(0, 1)) taken.add(name);
  const idOf = (node, position) => {
    const [name] = node.names;
    if (name && !name.includes(":")) return name;
    let n = position;
    while (taken.has(`n${n}`)) n++;
    return `n${n}`;
  };
  const nodes = order.map((node, i) => {
    const id = idOf(node, i);
    ids.set(node, id);
    taken.add(id);
    const inputs = inputRecord(node.op, node.inputs, node.arity);
    const written = Object.entries(inputs).map(([slot, value]) => [
      slot,
      Array.isArray(value) ? value.map(ref) : ref(value)
    ]);
    const attrs = Object.keys(node.op.attrs).map((name) => {
      const value = node.attrs[name];
      return [name, isFn(value) ? { function: writeFunction(value) } : node.op.attrs[name].toJSON(value)];
    });
    const further = node.outputs.slice(1).map(({ output }) => [`${output}`, node.namesOf(output)]);
    const named3 = further.filter(([, names]) => names.length > 0);
    return {
      id,
      op: node.op.name,
      ...written.length > 0 && { inputs: Object.fromEntries(written) },
      ...attrs.length > 0 && { attrs: Object.fromEntries(attrs) },
      ...node.names.length > 0 && { names: [...node.names] },
      ...named3.length > 0 && { outputNames: Object.fromEntries(named3.map(([k, names]) => [k, [...names]])) }
    };
  });
  return { nodes, ref };
}
function readDocument(document, graph, options) {
  const doc = parseDocument(document);
  const ops = new Map([...primitives, ...options.ops].map((op) => [op.name, op]));
  const functions = /* @__PURE__ */ new Map();
  const reading = /* @__PURE__ */ new Set();
  const readFunction = (id) => {
    const known = functions.get(id);
    if (known !== void 0) return known;
    const source = Object.hasOwn(doc.functions, id) ? doc.functions[id] : void 0;
    if (source === void 0) throw new RetrographError(`there is no function '${id}'`);
    if (reading.has(id)) throw new RetrographError(`function '${id}' contains itself`);
    reading.add(id);
    const body = new NodeTable();
    const { find: find2 } = readNodes(source.nodes, body, ops, readFunction, options);
    const fn = makeFn(
      body,
      source.parameters.map((p) => required(find2(p), `a parameter of function '${id}'`, p)),
      source.results.map((r) => required(find2(r), `a result of function '${id}'`, r))
    );
    functions.set(id, fn);
    return fn;
  };
  const { find, names } = readNodes(doc.nodes, graph, ops, readFunction, options);
  const outputs = Object.fromEntries(
    Object.entries(doc.outputs).map(([name, r]) => [name, required(find(r), `output '${name}'`, r)])
  );
  try {
    const updates = Object.entries(doc.updates).map(
      ([name, r]) => assign(required(names.get(name), "an update", name), required(find(r), `the update of '${name}'`, r))
    );
    requireOneUpdateEach(updates);
    verify([...Object.values(outputs), ...updates.map((u) => u.value)]);
    return { outputs, updates, names };
  } catch (e) {
    throw e instanceof SerializationError ? e : new SerializationError(e.message, { cause: e });
  }
}
function required(sym, where, reference) {
  if (sym === void 0) throw new SerializationError(`${where} refers to '${reference}', which is not there`);
  return sym;
}
function parseDocument(document) {
  const head = document;
  if (typeof head !== "object" || head === null || head.format !== FORMAT) {
    throw new SerializationError(`not a graph: expected a JSON object with "format": "${FORMAT}"`);
  }
  if (typeof head.version === "number" && head.version > VERSION) {
    throw new SerializationError(
      `the document has version ${head.version}; this library reads versions up to ${VERSION}`
    );
  }
  const parsed = v.safeParse(DocumentSchema, document);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  throw new SerializationError(`malformed at '${v.getDotPath(issue) ?? "top level"}': ${issue.message}`);
}
function readNodes(docs, graph, ops, readFunction, options) {
  const nodes = /* @__PURE__ */ new Map();
  const names = /* @__PURE__ */ new Map();
  const find = (reference) => {
    const whole = nodes.get(reference);
    if (whole !== void 0) return whole[0];
    const [, id = reference, output = "0"] = /^(.*):(\d+)$/s.exec(reference) ?? [];
    return nodes.get(id)?.[Number(output)];
  };
  for (const doc of docs) {
    const fail = (what, cause) => {
      throw new SerializationError(`node '${doc.id}' (${doc.op}): ${what}`, { node: doc.id, cause });
    };
    if (nodes.has(doc.id)) fail("the id is taken");
    const op = ops.get(doc.op) ?? fail(`there is no op '${doc.op}' among those that the document may use`);
    try {
      const { inputs, arity } = readInputs(
        op,
        doc.inputs,
        (r) => find(r) ?? fail(`it refers to '${r}', which is not defined before it`)
      );
      const named3 = op === Placeholder || op === Variable ? { name: doc.id, ...doc.attrs } : doc.attrs;
      const attrs = parseAttrs(op.name, op.attrs, readAttrs(named3, readFunction, options));
      const outputs = deriving(graph, void 0, () => createNode(op, inputs, arity, attrs));
      if (op.traits.random && attrs.stream !== void 0) graph.reserveStream(attrs.stream);
      nodes.set(doc.id, outputs);
      for (const [name, output] of namesIn(doc, op, attrs)) {
        const sym = outputs[output] ?? fail(`it has no output ${output}`);
        if ((names.get(name) ?? sym) !== sym) fail(`the name '${name}' is taken`);
        names.set(name, sym);
        sym.node.addName(name, sym.output);
      }
    } catch (e) {
      if (e instanceof SerializationError) throw e;
      fail(e.message, e);
    }
  }
  return { find, names };
}
function readInputs(op, given, resolve) {
  const { slots } = op;
  for (const name of Object.keys(given)) {
    if (!slots.some((slot) => slot.name === name)) throw new RetrographError(`it has no input '${name}'`);
  }
  const inputs = [];
  const arity = slots.map(({ name, kind }) => {
    const value = given[name];
    if (kind === "variadic" ? !Array.isArray(value ?? []) : value === void 0 ? kind === "required" : typeof value !== "string") {
      throw new RetrographError(
        value === void 0 ? `input '${name}' is missing` : `input '${name}' takes ${kind === "variadic" ? "a list" : "one value"}`
      );
    }
    const references = value === void 0 ? [] : Array.isArray(value) ? value : [value];
    inputs.push(...references.map(resolve));
    return references.length;
  });
  return { inputs, arity: slots.every((slot) => slot.kind === "required") ? void 0 : arity };
}
function readAttrs(given, readFunction, options) {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return [name, value];
      if ("function" in value) return [name, readFunction(String(value.function))];
      if (name === "init" && "name" in value) return [name, readInitializer(value, options)];
      return [name, value];
    })
  );
}
function readInitializer({ name, ...config }, options) {
  if (name === "literal") return literalFromConfig(config);
  const { initializers = {} } = options;
  const factory = Object.hasOwn(initializers, name) ? initializers[name] : void 0;
  if (factory === void 0)
    throw new RetrographError(`there is no initializer '${name}' among those that the document may use`);
  return factory(config);
}
var FORMAT, VERSION, Reference, NodeSchema, FunctionSchema, DocumentSchema, namesIn;
var init_serialize = __esm({
  "engine/build/serialize.ts"() {
    "use strict";
    init_attr();
    init_errors();
    init_initializer();
    init_primitives();
    init_placeholder();
    init_variable();
    init_slots();
    init_context();
    init_function();
    init_table();
    init_toposort();
    init_update();
    init_verify();
    FORMAT = "retrograph";
    VERSION = 1;
    Reference = v.string();
    NodeSchema = v.strictObject({
      id: v.pipe(v.string(), v.minLength(1)),
      op: v.string(),
      inputs: v.optional(v.record(v.string(), v.union([Reference, v.array(Reference)])), {}),
      attrs: v.optional(v.record(v.string(), v.unknown()), {}),
      /** Of its first output, and of others by number. */
      names: v.optional(v.array(v.string()), []),
      outputNames: v.optional(v.record(v.string(), v.array(v.string())), {})
    });
    FunctionSchema = v.strictObject({
      nodes: v.array(NodeSchema),
      parameters: v.array(Reference),
      results: v.array(Reference)
    });
    DocumentSchema = v.strictObject({
      format: v.literal(FORMAT),
      version: v.pipe(v.number(), v.integer()),
      nodes: v.array(NodeSchema),
      outputs: v.record(v.string(), Reference),
      updates: v.optional(v.record(v.string(), Reference), {}),
      functions: v.optional(v.record(v.string(), FunctionSchema), {})
    });
    namesIn = (doc, op, attrs) => [
      ...op === Placeholder || op === Variable ? [[attrs.name, 0]] : [],
      ...doc.names.map((name) => [name, 0]),
      ...Object.entries(doc.outputNames).flatMap(([k, list]) => list.map((name) => [name, Number(k)]))
    ];
  }
});

// engine/build/graph.ts
function graphOf2(syms) {
  return syms.find((s) => s.node.graph !== void 0)?.node.graph ?? context.graph ?? new Graph();
}
var Graph;
var init_graph = __esm({
  "engine/build/graph.ts"() {
    "use strict";
    init_errors();
    init_initializer();
    init_constant();
    init_placeholder();
    init_variable();
    init_context();
    init_serialize();
    init_sym();
    init_table();
    Graph = class _Graph extends NodeTable {
      #named = /* @__PURE__ */ new Map();
      #scope = "";
      /**
       * A value that every run is fed.
       * @param shape sizes, names such as '$batch' (equal to itself everywhere), or null for a fresh unknown
       * @throws GraphError for a name that is taken
       */
      placeholder(name, shape, dtype = "float32") {
        const full = this.#claim(name);
        return this.#keep(
          full,
          building(this, () => Placeholder.node({}, { name: full, dtype, shape: toShape(shape) }))
        );
      }
      /**
       * A value that lives in a store from run to run.
       * @param init an initializer, or its first value: one number for all, or an array
       * @throws GraphError for a name that is taken; ShapeError for a shape that is not known
       */
      variable(name, shape, init = 0, options = {}) {
        const { dtype = "float32", trainable = true, share = false } = options;
        const full = this.#scope + name;
        const existing = this.#named.get(full);
        if (share && existing !== void 0) {
          if (existing.node.op === Variable && existing.dtype === dtype && existing.shape.join() === toShape(shape).join())
            return existing;
          throw new GraphError(
            `'${full}' exists as ${existing.toString()}, made at ${existing.node.site ?? "an unknown line"}, and cannot be shared as ${dtype}[${shape.join(", ")}]`
          );
        }
        this.#claim(name);
        const attrs = { name: full, dtype, shape: toShape(shape), trainable, init: initializerAttr.parse(init) };
        return this.#keep(
          full,
          building(this, () => Variable.node({}, attrs))
        );
      }
      /** A constant of this graph; a copy of what is given. */
      constant(value, dtype, shape) {
        return building(this, () => constant(value, dtype, shape));
      }
      /** Runs `f` with `name/` before every name given in it. */
      scope(name, f) {
        const outer = this.#scope;
        this.#scope = `${outer}${name}/`;
        try {
          return building(this, f);
        } finally {
          this.#scope = outer;
        }
      }
      /** Names a value: for errors, for printing, and for `find`. Gives it back. */
      name(name, sym) {
        const own2 = this.adopt(sym);
        const full = this.#scope + name;
        const existing = this.#named.get(full);
        if (existing !== void 0 && existing !== own2) throw this.#taken(full, existing);
        return this.#keep(full, own2);
      }
      /** The value of that name. @throws GraphError */
      find(name) {
        const sym = this.#named.get(name);
        if (sym === void 0)
          throw new GraphError(
            `nothing is named '${name}'; names are ${[...this.#named.keys()].join(", ") || "not given yet"}`
          );
        return sym;
      }
      /** Named values, in the order in which they were named. */
      get named() {
        return this.#named;
      }
      /** All variables of the graph. */
      variables() {
        return [...this.#named.values()].filter((s) => s.node.op === Variable);
      }
      /**
       * The graph as plain data: the values named in `outputs` (by default everything that has a name), what they depend on, and updates.
       */
      toJSON(outputs = Object.fromEntries(this.#named), updates = []) {
        return writeDocument(outputs, updates);
      }
      /**
       * Reads what `toJSON` wrote, strictly.
       * @param options.ops the ops that the document may use, besides the engine's own primitives
       * @throws SerializationError naming the node
       */
      static fromJSON(document, options) {
        const graph = new _Graph();
        const { outputs, updates, names } = readDocument(document, graph, options);
        for (const [name, sym] of names) graph.#named.set(name, sym);
        return { graph, outputs, updates };
      }
      #claim(name) {
        const full = this.#scope + name;
        const existing = this.#named.get(full);
        if (existing !== void 0) throw this.#taken(full, existing);
        return full;
      }
      #keep(name, sym) {
        this.#named.set(name, sym);
        sym.node.addName(name, sym.output);
        return sym;
      }
      #taken(name, existing) {
        const made = existing.node.site;
        return new GraphError(
          `the name '${name}' is taken by ${existing.toString()}${made === void 0 ? "" : `, made at ${made}`}`
        );
      }
    };
  }
});

// engine/differentiate/mask.ts
function unbroadcastMask(mask, shape) {
  const axes = broadcastAxes(shape, mask.shape);
  if (axes.length === 0) return mask;
  return reshape(cast2(sumAxes(cast2(mask, "int32"), axes), "bool"), keptDims(mask.shape, axes, shape.length));
}
var no, yes, not, and2, or, applyMask, keptDims;
var init_mask = __esm({
  "engine/differentiate/mask.ts"() {
    "use strict";
    init_broadcast_to();
    init_cast();
    init_fill();
    init_reshape();
    init_select();
    init_sum();
    no = () => fill2([], 0, "bool");
    yes = () => fill2([], 1, "bool");
    not = (a) => select2(a, no(), yes());
    and2 = (a, b) => a === void 0 ? b : select2(a, b, no());
    or = (a, b) => a === b ? a : select2(a, yes(), b);
    applyMask = (mask, value) => mask === void 0 ? value : select2(mask, value, zeroCotangent({ dtype: value.dtype, shape: [] }));
    keptDims = (shape, axes, rank) => shape.map((d, i) => axes.includes(i) ? 1 : d).slice(Math.max(shape.length - rank, 0));
  }
});

// engine/differentiate/accumulate.ts
function unbroadcast(value, shape) {
  if (sameShape(value.shape, shape)) return value;
  const axes = broadcastAxes(shape, value.shape);
  if (axes.length === 0) return broadcastTo(value, shape);
  return broadcastTo(reshape(sumAxes(value, axes), keptDims(value.shape, axes, shape.length)), shape);
}
function accumulate(terms) {
  return terms.length === 1 ? terms[0] : { value: addN(terms.map((t) => t.value)), mask: commonMask(terms) };
}
function commonMask(cotangents) {
  const masks = cotangents.flatMap(({ mask }) => mask ?? []);
  return masks.length === cotangents.length ? masks.reduce(or) : void 0;
}
var unbroadcastCotangent;
var init_accumulate = __esm({
  "engine/differentiate/accumulate.ts"() {
    "use strict";
    init_add_n();
    init_broadcast_to();
    init_reshape();
    init_sum();
    init_mask();
    unbroadcastCotangent = ({ value, mask }, shape) => ({
      value: unbroadcast(value, shape),
      mask: mask && unbroadcastMask(mask, shape)
    });
  }
});

// engine/differentiate/backpropagate.ts
function backpropagate(graph, ys, dys, xs) {
  const seeds = dys.map((value) => ({ value, mask: void 0 }));
  const { cotangents, connected } = propagate(graph, ys, seeds, xs, /* @__PURE__ */ new Set());
  return { cotangents: cotangents.map((c) => c?.value), connected };
}
function propagate(graph, ys, seeds, xs, leaves) {
  const order = toposort(ys, (node) => leaves.has(node)).filter((node) => !leaves.has(node));
  const targets = new Set(xs);
  const { flows, depends } = reach(order, targets);
  const carries = (s) => isDifferentiable(s.dtype) && (targets.has(s) || flows.has(s.node));
  const terms = /* @__PURE__ */ new Map();
  const give = (to, cotangent) => {
    const list = terms.get(to);
    if (list === void 0) terms.set(to, [cotangent]);
    else list.push(cotangent);
  };
  const total2 = (s) => {
    const list = terms.get(s);
    if (list === void 0) return void 0;
    const sum3 = accumulate(list);
    if (list.length > 1) terms.set(s, [sum3]);
    return sum3;
  };
  ys.forEach((y, i) => {
    if (carries(y)) give(y, seeds[i]);
  });
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i];
    if (!flows.has(node)) continue;
    deriving(graph, node, () => {
      const cotangents = node.outputs.map(total2);
      if (cotangents.some((c) => c !== void 0)) visit(node, cotangents, carries, give);
    });
  }
  return {
    cotangents: xs.map((x) => isDifferentiable(x.dtype) ? deriving(graph, x.node, () => total2(x)) : void 0),
    connected: xs.map((x) => ys.includes(x) || depends.has(x))
  };
}
function reach(order, targets) {
  const flows = new NodeMap();
  const depends = /* @__PURE__ */ new Set();
  for (const node of order) {
    for (const s of node.inputs) {
      const isTarget = targets.has(s);
      if (isTarget) depends.add(s);
      if (isDifferentiable(s.dtype) && (isTarget || flows.has(s.node))) flows.set(node, true);
    }
  }
  return { flows, depends };
}
function visit(node, cotangents, carries, give) {
  const { op } = node;
  const dys = node.outputs.map((y, k) => cotangents[k]?.value ?? zeroCotangent(y));
  if (op.definition.gradient === void 0) {
    visitComposite(node, cotangents, carries, give);
    return;
  }
  const mask = commonMask(cotangents.filter((c) => c !== void 0));
  const inputs = inputRecord(op, node.inputs, node.arity);
  const context2 = {
    y: node.outputs[0],
    dy: dys[0],
    ys: outputRecord(op, node.outputs, node.attrs),
    dys: outputRecord(op, dys, node.attrs),
    attrs: node.attrs,
    vjp: vjpOfFunction
  };
  let at = 0;
  op.slots.forEach((slot, i) => {
    const own2 = node.inputs.slice(at, at + (node.arity?.[i] ?? 1));
    at += own2.length;
    if (!own2.some(carries)) return;
    const rule = op.definition.gradient[slot.name];
    if (rule === ZERO) return;
    if (rule === NOT_DIFFERENTIABLE) {
      throw new NotDifferentiableError(
        `${op.name} is not differentiable in '${slot.name}', which '${own2.find(carries).label}' reaches`,
        { node: node.label, site: node.site }
      );
    }
    const given = callRule(node, slot.name, rule, inputs, context2);
    const list = slot.kind === "variadic" ? given : [given];
    if (!Array.isArray(list) || list.length !== own2.length) {
      throw new GradientRuleError(`${op.name}: the rule of '${slot.name}' must give ${own2.length} gradients`, {
        node: node.label,
        site: node.site
      });
    }
    own2.forEach((input3, k) => {
      if (carries(input3)) give(input3, settle(node, slot.name, input3, lift(list[k]), mask));
    });
  });
}
function callRule(node, slot, rule, inputs, context2) {
  try {
    return rule(inputs, context2);
  } catch (e) {
    if (!(e instanceof RetrographError) || e instanceof NotDifferentiableError) throw e;
    throw new GradientRuleError(`the gradient rule of ${node.op.name} for '${slot}' failed: ${e.message}`, {
      node: node.label,
      site: node.site,
      cause: e
    });
  }
}
function settle(node, slot, input3, value, incoming) {
  const mask = maskBelow(node, slot, incoming);
  try {
    const settled2 = unbroadcastCotangent(
      { value: mask !== void 0 && node.op.traits.elementwise ? applyMask(mask, value) : value, mask },
      input3.shape
    );
    if (settled2.value.dtype !== input3.dtype) throw new ShapeError(`its dtype is ${settled2.value.dtype}`);
    if (!sameShape(settled2.value.shape, input3.shape))
      throw new ShapeError(`its shape is [${settled2.value.shape.join(", ")}]`);
    return settled2;
  } catch (e) {
    if (!(e instanceof RetrographError)) throw e;
    throw new GradientRuleError(
      `the gradient rule of ${node.op.name} for '${slot}' gave ${formatType(value)}, which is no gradient of ${formatType(input3)}: ${e.message}`,
      { node: node.label, site: node.site, cause: e }
    );
  }
}
function maskBelow(node, slot, mask) {
  if (node.op === Select) {
    const condition = node.inputs[0];
    return and2(mask, slot === "t" ? condition : not(condition));
  }
  return node.op.traits.elementwise ? mask : void 0;
}
function visitComposite(node, cotangents, carries, give) {
  const composite = loweringOf(node.op, "composite");
  if (composite === void 0)
    throw new GradientRuleError(`${node.op.name} has neither gradient rules nor an expansion`, {
      node: node.label,
      site: node.site
    });
  const expanded = composite.expand(inputRecord(node.op, node.inputs, node.arity), node.attrs);
  const ys = (Array.isArray(expanded) && !isSym(expanded) ? expanded : [expanded]).map((s) => lift(s));
  const used = ys.flatMap((y, k) => cotangents[k] === void 0 ? [] : [[y, cotangents[k]]]);
  const wanted = [...new Set(node.inputs.filter(carries))];
  const inner = propagate(
    node.graph,
    used.map(([y]) => y),
    used.map(([, cotangent]) => cotangent),
    wanted,
    new Set(node.inputs.map((s) => s.node))
    // what lies beyond is the turn of what comes after
  );
  wanted.forEach((x, i) => {
    const cotangent = inner.cotangents[i];
    if (cotangent !== void 0) give(x, cotangent);
  });
}
function vjpOfFunction(fn) {
  const body = new NodeTable();
  return deriving(body, void 0, () => {
    const types = [...fn.parameters, ...fn.results];
    const parameters = types.map(
      ({ dtype, shape }, index2) => building(body, () => Parameter.node({}, { index: index2, dtype, shape }))
    );
    const own2 = parameters.slice(0, fn.parameters.length);
    const dys = parameters.slice(fn.parameters.length);
    const ys = inline(fn, body, own2);
    const { cotangents } = backpropagate(body, ys, dys, own2);
    return makeFn(
      body,
      parameters,
      cotangents.map((c, i) => c ?? zeroCotangent(own2[i]))
    );
  });
}
var init_backpropagate = __esm({
  "engine/differentiate/backpropagate.ts"() {
    "use strict";
    init_context();
    init_function();
    init_node_map();
    init_sym();
    init_table();
    init_toposort();
    init_errors();
    init_op();
    init_fill();
    init_parameter();
    init_reshape();
    init_select();
    init_slots();
    init_types();
    init_accumulate();
    init_mask();
  }
});

// engine/differentiate/gradients.ts
function overTree(tree, f) {
  if (isSym(tree)) return f([tree])[0];
  if (Array.isArray(tree)) return f(tree);
  const names = Object.keys(tree);
  const values2 = f(names.map((name) => tree[name]));
  return Object.fromEntries(names.map((name, i) => [name, values2[i]]));
}
function gradients(y, xs, options = {}) {
  return overTree(xs, (list) => {
    const graph = graphOf2([y, ...list]);
    return cotangentsOf(
      graph,
      [graph.adopt(y)],
      [options.dy],
      list.map((x) => graph.adopt(x)),
      options.unconnected ?? "error"
    );
  });
}
function cotangentsOf(graph, ys, dys, xs, unconnected) {
  xs.forEach((x) => {
    if (!isDifferentiable(x.dtype))
      throw new DTypeError(`there is no gradient with respect to '${x.label}', which is ${x.dtype}`, {
        site: x.node.site
      });
  });
  const seeds = ys.map((y, i) => seed(graph, y, dys[i]));
  const { cotangents, connected } = backpropagate(graph, ys, seeds, xs);
  return xs.map((x, i) => {
    if (!connected[i] && unconnected === "error") {
      throw new NoPathError(
        `'${ys.map((y) => y.label).join("', '")}' does not depend on '${x.label}'; pass { unconnected: 'zeros' } if its gradient should be 0`,
        { node: x.node.label, site: x.node.site }
      );
    }
    return cotangents[i] ?? deriving(graph, x.node, () => zeroCotangent(x));
  });
}
function seed(graph, y, dy) {
  if (dy === void 0)
    return deriving(graph, y.node, () => fill2(y.shape, 1, isDifferentiable(y.dtype) ? y.dtype : "float32"));
  const sym = graph.adopt(lift(dy, y.dtype));
  if (sym.shape.length === 0 && y.shape.length > 0) return deriving(graph, y.node, () => broadcastTo(sym, y.shape));
  if (!sameShape(sym.shape, y.shape) || sym.dtype !== y.dtype) {
    throw new ShapeError(`dy is ${formatType(sym)}, but y ('${y.label}') is ${formatType(y)}`, { site: y.node.site });
  }
  return sym;
}
var init_gradients = __esm({
  "engine/differentiate/gradients.ts"() {
    "use strict";
    init_context();
    init_graph();
    init_sym();
    init_errors();
    init_op();
    init_broadcast_to();
    init_fill();
    init_reshape();
    init_types();
    init_backpropagate();
  }
});

// engine/optimize/rewrite.ts
function rewriteWithin(graph, roots, rule) {
  const done = new NodeMap();
  const pending = new NodeMap();
  const depths = new NodeMap();
  const functions = /* @__PURE__ */ new Map();
  const rewriteFunction = (fn) => {
    let result = functions.get(fn.key);
    if (result === void 0) {
      result = rewriteBody(fn, rule);
      functions.set(fn.key, result);
    }
    return result;
  };
  const resolve = (s) => done.get(s.node)[s.output];
  const stack2 = [];
  for (const root of roots) {
    stack2.push(root.node);
    while (stack2.length > 0) {
      const node = stack2[stack2.length - 1];
      if (done.has(node)) {
        stack2.pop();
        continue;
      }
      const replacement = pending.get(node);
      const before = stack2.length;
      const needs = replacement ?? node.inputs;
      for (let i = needs.length - 1; i >= 0; i--) if (!done.has(needs[i].node)) stack2.push(needs[i].node);
      if (stack2.length > before) continue;
      stack2.pop();
      if (replacement !== void 0) {
        done.set(node, replacement.map(resolve));
        continue;
      }
      const candidate = withInputs(graph, node, resolve, rewriteFunction);
      const known = candidate === node ? void 0 : done.get(candidate);
      if (known !== void 0) {
        done.set(node, known);
        continue;
      }
      context.origin = candidate;
      const replaced = rule(candidate, node);
      if (replaced === void 0) {
        done.set(candidate, candidate.outputs);
        if (candidate !== node) done.set(node, candidate.outputs);
        continue;
      }
      const outputs = (isSym(replaced) ? [replaced] : replaced).map((s) => graph.adopt(s));
      countReplacement(node, outputs, depths);
      pending.set(node, outputs);
      stack2.push(node);
    }
  }
  return roots.map(resolve);
}
function countReplacement(node, outputs, depths) {
  const depth = (depths.get(node) ?? 0) + 1;
  if (depth > MAX_REPLACEMENTS)
    throw new RetrographError(`rewriting '${node.label}' (${node.op.name}) does not end`, {
      node: node.label,
      site: node.site
    });
  for (const s of outputs) depths.set(s.node, Math.max(depth, depths.get(s.node) ?? 0));
}
function withInputs(graph, node, resolve, rewriteFunction) {
  const attrs = rewriteFunctions(node, rewriteFunction);
  const same = node.graph === graph && attrs === node.attrs && node.inputs.every((s) => resolve(s) === s);
  if (same) return node;
  context.origin = node;
  const copy2 = graph.intern(node.op, node.inputs.map(resolve), node.arity, attrs, node.outputs);
  copy2.takeNames(node);
  return copy2;
}
function rewriteFunctions(node, rewriteFunction) {
  let attrs = node.attrs;
  for (const name in node.attrs) {
    const value = node.attrs[name];
    if (!isFn(value)) continue;
    const fn = rewriteFunction(value);
    if (fn.key !== value.key) attrs = { ...attrs, [name]: fn };
  }
  return attrs;
}
function rewriteBody(fn, rule) {
  const body = new NodeTable();
  const parameters = fn.parameters.map((p) => rebuildNode(body, p.node, []).outputs[0]);
  return makeFn(body, parameters, rewrite(body, fn.results, rule));
}
var MAX_REPLACEMENTS, rewrite;
var init_rewrite = __esm({
  "engine/optimize/rewrite.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_function();
    init_node_map();
    init_sym();
    init_table();
    init_errors();
    MAX_REPLACEMENTS = 64;
    rewrite = (graph, roots, rule) => deriving(graph, void 0, () => rewriteWithin(graph, roots, rule));
  }
});

// engine/optimize/program-graph.ts
function withRoots(program, graph, roots) {
  if (graph === program.graph && rootsOf(program).every((s, i) => s === roots[i])) return program;
  const names = Object.keys(program.outputs);
  const { updates } = program;
  return {
    graph,
    outputs: Object.fromEntries(names.map((name, i) => [name, roots[i]])),
    updates: updates.map((_, i) => ({
      value: roots[names.length + 2 * i],
      variable: roots[names.length + 2 * i + 1]
    })),
    kept: roots.slice(names.length + 2 * updates.length)
  };
}
var rootsOf, rewriteProgram;
var init_program_graph = __esm({
  "engine/optimize/program-graph.ts"() {
    "use strict";
    init_rewrite();
    rootsOf = (program) => [
      ...Object.values(program.outputs),
      ...program.updates.flatMap((u) => [u.value, u.variable]),
      ...program.kept
    ];
    rewriteProgram = (program, rule, graph = program.graph) => withRoots(program, graph, rewrite(graph, rootsOf(program), rule));
  }
});

// engine/optimize/fold-constants.ts
function fold(node) {
  if (node.inputs.length === 0 || !node.inputs.every((s) => s.node.op === Fill || s.node.op === Constant))
    return void 0;
  const expression = loweringOf(node.op, "expression");
  if (expression === void 0 || node.outputs.length !== 1) return void 0;
  const { dtype, shape } = node.outputs[0];
  const uniform2 = node.inputs.every((s) => s.node.op === Fill);
  const type = SCALAR_TYPES[dtype];
  if (type === void 0 || !uniform2 && (!isStatic(shape) || sizeOf(shape) > MAX_ELEMENTS)) return void 0;
  const inputs = node.inputs.map((s, i) => scalar.input(i, SCALAR_TYPES[s.dtype] ?? "f32"));
  const expr = expression.expr(inputRecord(node.op, inputs, node.arity), node.attrs);
  const length = uniform2 ? 1 : sizeOf(shape);
  const out = typedArrayOf(dtype, length);
  const values2 = node.inputs.map(
    (s) => uniform2 ? [s.node.attrs.value] : spread(s, shape)
  );
  compileScalar(expr, "float32")(values2, length, out);
  return uniform2 ? Fill.node({}, { shape, value: out[0], dtype }) : Constant.node({}, { dtype, shape, data: out });
}
function spread(s, shape) {
  const size = sizeOf(shape);
  if (s.node.op === Fill) return new Array(size).fill(s.node.attrs.value);
  const data = s.node.attrs.data;
  const from = s.shape;
  if (data.length === size) return data;
  const lead = shape.length - from.length;
  const strides = from.map((d, i) => d === 1 ? 0 : sizeOf(from.slice(i + 1)));
  return Array.from({ length: size }, (_, flat) => {
    let at = 0;
    for (let axis = shape.length - 1, rest = flat; axis >= 0; axis--) {
      const d = shape[axis];
      if (axis >= lead) at += rest % d * strides[axis - lead];
      rest = Math.floor(rest / d);
    }
    return data[at];
  });
}
var MAX_ELEMENTS, foldConstants;
var init_fold_constants = __esm({
  "engine/optimize/fold-constants.ts"() {
    "use strict";
    init_dim();
    init_op();
    init_constant();
    init_fill();
    init_scalar();
    init_slots();
    init_types();
    init_program_graph();
    MAX_ELEMENTS = 4096;
    foldConstants = (program) => rewriteProgram(program, fold);
  }
});

// engine/optimize/legalize.ts
function byOp(rules2) {
  const table = /* @__PURE__ */ new Map();
  for (const rule of rules2) {
    const list = table.get(rule.op);
    if (list === void 0) table.set(rule.op, [rule]);
    else list.push(rule);
  }
  return table;
}
function applyRules(table, node) {
  for (const rule of table.get(node.op.name) ?? NONE2) {
    const result = rule.rewrite(node);
    if (result !== void 0) return result;
  }
  for (const rule of table.get(void 0) ?? NONE2) {
    const result = rule.rewrite(node);
    if (result !== void 0) return result;
  }
  return void 0;
}
function loweringFor(node, target) {
  const alternatives2 = node.op.definition.lowering;
  return alternatives2.find((l) => l.kind === "composite" || l.kind === "kernel" && target.supports(node));
}
function lower(node, target) {
  if (!needsKernel(node)) return void 0;
  const lowering = loweringFor(node, target);
  if (lowering?.kind === "kernel") return void 0;
  if (lowering?.kind === "composite") return expand(node, lowering);
  const dtypes = [...new Set(node.inputs.map((s) => s.dtype))].join(", ");
  throw new UnsupportedOpError(
    `${target.name} cannot run ${node.op.name} on ${dtypes || node.outputs[0].dtype}, and nothing replaces it there ('${node.label}')`,
    { node: node.label, site: node.site }
  );
}
function expand(node, composite) {
  const result = composite.expand(inputRecord(node.op, node.inputs, node.arity), node.attrs);
  return (Array.isArray(result) && !isSym(result) ? result : [result]).map((s) => lift(s));
}
var PLANNED, needsKernel, legalize, legalizeBound, isLegal, NONE2;
var init_legalize = __esm({
  "engine/optimize/legalize.ts"() {
    "use strict";
    init_sym();
    init_errors();
    init_op();
    init_slots();
    init_program_graph();
    PLANNED = /* @__PURE__ */ new Set([
      "Placeholder",
      "Variable",
      "RandomState",
      "Parameter",
      "Constant",
      "DimValue",
      "Fill",
      "Iota",
      "Reshape",
      "Map"
    ]);
    needsKernel = (node) => !PLANNED.has(node.op.name) && !node.op.traits.random;
    legalize = (program, target) => {
      const rules2 = byOp(target.rules);
      return rewriteProgram(program, (node) => applyRules(rules2, node) ?? lower(node, target));
    };
    legalizeBound = (program, target) => {
      const bound2 = byOp(target.boundRules);
      const rules2 = byOp(target.rules);
      return rewriteProgram(program, (node) => applyRules(bound2, node) ?? applyRules(rules2, node) ?? lower(node, target));
    };
    isLegal = (node, target, rules2) => (!needsKernel(node) || loweringFor(node, target)?.kind === "kernel") && rules2.every((rule) => rule.op !== void 0 && rule.op !== node.op.name || rule.rewrite(node) === void 0);
    NONE2 = [];
  }
});

// engine/optimize/dead-code.ts
function deadCode(graph) {
  const used = /* @__PURE__ */ new Set();
  const parametric = /* @__PURE__ */ new Set();
  for (const node of graph.nodes) {
    if (node.op === Parameter || node.inputs.some((s) => parametric.has(s.node))) parametric.add(node);
    else for (const s of node.inputs) used.add(s.node);
  }
  return graph.nodes.filter((node) => !used.has(node) && !parametric.has(node)).flatMap((node) => node.outputs);
}
var removeDeadCode;
var init_dead_code = __esm({
  "engine/optimize/dead-code.ts"() {
    "use strict";
    init_parameter();
    removeDeadCode = (program) => ({ ...program, kept: [] });
  }
});

// engine/optimize/fuse.ts
function fuse(program, target) {
  if (!program.graph.mayHold(target.fusions.map((rule) => rule.op))) return program;
  const uses = new NodeMap();
  const count = (node) => uses.set(node, (uses.get(node) ?? 0) + 1);
  const roots = rootsOf(program);
  for (const s of roots) count(s.node);
  for (const node of toposort(roots)) for (const s of node.inputs) count(s.node);
  return rewriteProgram(program, (node, original) => {
    for (const rule of target.fusions) {
      if (rule.op !== node.op.name) continue;
      const result = rule.rewrite(node, (input3) => uses.get(original.inputs[input3].node) === 1);
      if (result !== void 0) return result;
    }
    return void 0;
  });
}
var init_fuse = __esm({
  "engine/optimize/fuse.ts"() {
    "use strict";
    init_node_map();
    init_toposort();
    init_program_graph();
  }
});

// engine/optimize/inline.ts
function inlineCalls(program) {
  if (!program.graph.mayHold([Call.name, StopGradient.name])) return program;
  return rewriteProgram(program, (node) => {
    if (node.op !== Call && node.op !== StopGradient) return void 0;
    return expand(node, loweringOf(node.op, "composite"));
  });
}
var init_inline = __esm({
  "engine/optimize/inline.ts"() {
    "use strict";
    init_op();
    init_call();
    init_stop_gradient();
    init_legalize();
    init_program_graph();
  }
});

// engine/optimize/intern.ts
var intern;
var init_intern = __esm({
  "engine/optimize/intern.ts"() {
    "use strict";
    init_table();
    init_program_graph();
    intern = (program, enabled) => rewriteProgram(program, () => void 0, new NodeTable(enabled));
  }
});

// engine/optimize/simplify.ts
function simplifyLegal(program, target, rules2 = target.rules) {
  const legal = new NodeMap();
  for (const node of toposort(rootsOf(program))) legal.set(node, true);
  return rewriteProgram(program, (node) => {
    legal.set(node, true);
    const simpler = simplifyNode(node);
    if (simpler === void 0) return void 0;
    const replacement = simpler.map((s) => node.graph.adopt(s));
    const added = toposort(replacement, (n) => legal.has(n)).filter((n) => !legal.has(n));
    if (!added.every((n) => isLegal(n, target, rules2))) return void 0;
    for (const n of added) legal.set(n, true);
    return replacement;
  });
}
function simplifyNode(node) {
  if (node.inputs.length === 0) return void 0;
  let known = settled.get(node.graph);
  if (known === void 0) {
    known = new NodeMap();
    settled.set(node.graph, known);
  }
  if (known.has(node)) return void 0;
  const simpler = annihilate(node) ?? undo(node) ?? own(node) ?? withoutBroadcast(node);
  if (simpler === void 0) known.set(node, true);
  return simpler;
}
function annihilate(node) {
  const { linear } = node.op.traits;
  if (linear === void 0 || node.outputs.length !== 1) return void 0;
  return node.arity === void 0 && node.inputs.some((s, i) => isZeroCotangent(s) && linear.includes(node.op.slots[i].name)) ? [zeroCotangent(node.outputs[0])] : void 0;
}
function undo(node) {
  const inner = node.inputs[0]?.node;
  if (node.inputs.length !== 1 || inner?.op !== node.op) return void 0;
  if (node.op.traits.involution) return inner.inputs;
  return node.op.traits.idempotent ? inner.outputs : void 0;
}
function own(node) {
  const rule = node.op.definition.simplify;
  const result = rule?.(inputRecord(node.op, node.inputs, node.arity), node.attrs);
  if (result === void 0) return void 0;
  const outputs = (Array.isArray(result) && !isSym(result) ? result : [result]).map(
    (s) => lift(s, node.outputs[0].dtype)
  );
  return outputs.every((s, k) => s === node.outputs[k]) ? void 0 : outputs;
}
function unrepeated(s) {
  if (s.node.op === BroadcastTo) return s.node.inputs[0];
  return s.node.op === Fill && s.rank > 0 ? Fill.node({}, { ...s.node.attrs, shape: [] }) : s;
}
function withoutBroadcast(node) {
  if (!node.op.traits.elementwise || node.inputs.length < 2 || node.arity !== void 0 || node.outputs.length !== 1)
    return void 0;
  if (!node.inputs.some((s) => s.node.op === BroadcastTo || s.node.op === Fill && s.rank > 0)) return void 0;
  const { shape } = node.outputs[0];
  const inputs = [...node.inputs];
  node.inputs.forEach((s, i) => {
    const narrow = unrepeated(s);
    if (narrow === s) return;
    inputs[i] = node.graph.adopt(narrow);
    const narrowed = inputs.map((x) => x.shape).reduce((a, b) => broadcastShapes(a, b), []);
    if (!sameShape(narrowed, shape)) inputs[i] = s;
  });
  if (inputs.every((s, i) => s === node.inputs[i])) return void 0;
  return node.graph.intern(node.op, inputs, node.arity, node.attrs, node.outputs).outputs;
}
var simplify, settled;
var init_simplify = __esm({
  "engine/optimize/simplify.ts"() {
    "use strict";
    init_node_map();
    init_sym();
    init_toposort();
    init_op();
    init_broadcast_to();
    init_fill();
    init_reshape();
    init_slots();
    init_legalize();
    init_program_graph();
    simplify = (program) => rewriteProgram(program, simplifyNode);
    settled = /* @__PURE__ */ new WeakMap();
  }
});

// engine/optimize/pipeline.ts
function optimize(program, target, options = {}) {
  const pipeline = placePasses(PIPELINE, options.extraPasses ?? []);
  requireKnown(pipeline, Object.keys(options.passes ?? {}));
  requireNoParameters(program);
  const context2 = { target };
  return pipeline.reduce((before, pass) => {
    const enabled = options.passes?.[pass.name] ?? true;
    const after = enabled ? pass.run(before, context2) : pass.off?.(before, context2) ?? before;
    if (options.verify) verifyPass(pass, before, after);
    options.onPass?.(pass, before, after);
    return after;
  }, program);
}
function verifyPass(pass, before, after) {
  verify(rootsOf(after));
  for (const [name, old] of Object.entries(before.outputs)) {
    const now = after.outputs[name];
    if (now !== void 0 && mayMatch(now, old)) continue;
    throw new GraphError(
      `the pass '${pass.name}' changed '${name}' from ${formatType(old)} to ${now === void 0 ? "nothing" : formatType(now)}`,
      { node: old.node.label, site: old.node.site }
    );
  }
}
function requireNoParameters(program) {
  const order = toposort(rootsOf(program));
  const parameter = order.find((n) => n.op === Parameter);
  if (parameter === void 0) return;
  const { label, op, site } = order.find((n) => n.inputs.some((s) => s.node === parameter)) ?? parameter;
  throw new GraphError(`'${label}' (${op.name}) belongs to a Function and is used outside of it`, {
    node: label,
    site
  });
}
function requireKnown(pipeline, names) {
  for (const name of names) {
    if (!pipeline.some((pass) => pass.name === name))
      throw new GraphError(
        `there is no pass '${name}'; passes are ${[...new Set(pipeline.map((p) => p.name))].join(", ")}`
      );
  }
}
function placePasses(pipeline, extra) {
  const passes = [...pipeline];
  for (const pass of extra) {
    const anchor = pass.before ?? pass.after;
    if (anchor !== void 0) requireKnown(passes, [anchor]);
    const names = passes.map((p) => p.name);
    const at = anchor === void 0 ? passes.length : pass.before === void 0 ? names.lastIndexOf(anchor) + 1 : names.indexOf(anchor);
    passes.splice(at, 0, pass);
  }
  return passes;
}
var PIPELINE;
var init_pipeline = __esm({
  "engine/optimize/pipeline.ts"() {
    "use strict";
    init_toposort();
    init_verify();
    init_errors();
    init_parameter();
    init_types();
    init_dead_code();
    init_fold_constants();
    init_fuse();
    init_inline();
    init_intern();
    init_legalize();
    init_program_graph();
    init_simplify();
    PIPELINE = [
      {
        name: "dead-code",
        reason: "first: nothing that no output needs should cost any other pass a thought",
        run: removeDeadCode
      },
      {
        name: "interning",
        reason: "before anything is rewritten: every later pass works in this table, so what it makes twice becomes one",
        run: (program) => intern(program, true),
        off: (program) => intern(program, false)
      },
      {
        name: "inline",
        reason: "before simplifying, which sees through no Call; gradients have been taken by now",
        run: inlineCalls
      },
      {
        name: "simplify",
        reason: "before legalizing: the rules know ops as the user and the gradients wrote them",
        run: simplify
      },
      {
        name: "fold-constants",
        reason: "after simplifying, which removes what need not be computed at all",
        run: foldConstants
      },
      {
        name: "legalize",
        reason: "chooses lowerings and replaces what the target lacks",
        run: (program, { target }) => legalize(program, target)
      },
      {
        name: "simplify",
        reason: "again: what legalizing made must not stand twice, and its reshapes often meet",
        run: (program, { target }) => simplifyLegal(program, target)
      },
      { name: "fold-constants", reason: "again: legalizing makes constants", run: foldConstants },
      {
        name: "fuse",
        reason: "last: it looks for patterns of kernels, and no rule above knows what it makes",
        run: (program, { target }) => fuse(program, target)
      }
    ];
  }
});

// engine/plan/bind.ts
function dimsOf(nodes) {
  const names = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Set();
  const visit2 = (list) => {
    for (const node of list) {
      for (const s of node.outputs)
        for (const d of s.shape) if (typeof d !== "number") for (const name of dimNames(d)) names.add(name);
      const schema = node.op.attrs;
      for (const name in schema) {
        const value = node.attrs[name];
        for (const d of schema[name].dims?.(value) ?? []) names.add(d);
        if (isFn(value) && !seen.has(value)) {
          seen.add(value);
          visit2(toposort(value.results));
        }
      }
    }
  };
  visit2(nodes);
  return names;
}
function bindDims(program, dims) {
  const roots = rootsOf(program);
  const nodes = toposort(roots);
  if (dimsOf(nodes).size === 0) return program;
  const graph = new NodeTable();
  return withRoots(program, graph, bindNodes(graph, nodes, roots, dims, /* @__PURE__ */ new Map()));
}
function bindNodes(graph, nodes, roots, dims, functions) {
  const copies = /* @__PURE__ */ new Map();
  for (const node of nodes) {
    const inputs = node.inputs.map((s) => copies.get(s.node)[s.output]);
    copies.set(
      node,
      deriving(graph, node, () => bindNode(graph, node, inputs, dims, functions))
    );
  }
  return roots.map((s) => copies.get(s.node)[s.output]);
}
function bindNode(graph, node, inputs, dims, functions) {
  if (node.op === DimValue) {
    const { dim: dim2, dtype } = node.attrs;
    return [Fill.node({}, { shape: [], value: evaluateDim(dim2, dims), dtype })];
  }
  const schema = node.op.attrs;
  const attrs = {};
  for (const name in schema) {
    const value = node.attrs[name];
    attrs[name] = isFn(value) ? bindFunction(value, dims, functions) : schema[name].bind?.(value, dims) ?? value;
  }
  const types = node.outputs.map(({ dtype, shape }) => ({ dtype, shape: shape.map((d) => sizeOfDim(node, d, dims)) }));
  const bound2 = graph.intern(node.op, inputs, node.arity, Object.freeze(attrs), types);
  bound2.takeNames(node);
  return bound2.outputs;
}
function sizeOfDim(node, d, dims) {
  const size = evaluateDim(d, dims);
  if (size >= 0) return size;
  throw new ShapeError(`${node.op.name} ('${node.label}'): the size ${formatDim(d)} is ${size}`, {
    node: node.label,
    site: node.site
  });
}
function bindFunction(fn, dims, functions) {
  let bound2 = functions.get(fn.key);
  if (bound2 === void 0) {
    const body = new NodeTable();
    const roots = bindNodes(
      body,
      toposort([...fn.parameters, ...fn.results]),
      [...fn.parameters, ...fn.results],
      dims,
      functions
    );
    bound2 = makeFn(body, roots.slice(0, fn.parameters.length), roots.slice(fn.parameters.length));
    functions.set(fn.key, bound2);
  }
  return bound2;
}
function openChecks(nodes) {
  const checks = [];
  const seen = /* @__PURE__ */ new Set();
  const visit2 = (list) => {
    for (const node of list) {
      for (const check2 of node.checks) checks.push({ ...check2, node });
      for (const name in node.attrs) {
        const value = node.attrs[name];
        if (isFn(value) && !seen.has(value)) {
          seen.add(value);
          visit2(toposort(value.results));
        }
      }
    }
  };
  visit2(nodes);
  return checks;
}
function decideChecks(checks, dims) {
  for (const { kind, a, b, what, node } of checks) {
    if ([a, b].some((d) => dimNames(d).some((name) => dims[name] === void 0))) continue;
    const [x, y] = [evaluateDim(a, dims), evaluateDim(b, dims)];
    if (HOLDS[kind](x, y)) continue;
    const value = (d, n) => typeof d === "number" ? `${n}` : `${formatDim(d)} = ${n}`;
    throw new ShapeError(
      `${node.op.name} ('${node.label}'): ${what}: ${value(a, x)} ${RELATION[kind]} ${value(b, y)}`,
      { node: node.label, site: node.site }
    );
  }
}
var HOLDS, RELATION;
var init_bind = __esm({
  "engine/plan/bind.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_function();
    init_table();
    init_toposort();
    init_dim();
    init_errors();
    init_program_graph();
    init_dim_value();
    init_fill();
    HOLDS = {
      equal: (a, b) => a === b,
      atLeast: (a, b) => a >= b
    };
    RELATION = {
      equal: "must equal",
      atLeast: "must be at least"
    };
  }
});

// engine/plan/liveness.ts
function lifetimes(slots, steps, ends) {
  const read = (values2, i) => {
    for (const { slot } of values2) slots[slot].last = i;
  };
  steps.forEach((step2, i) => {
    if (step2.kind === "map") {
      read(step2.mapped, i);
      read(step2.captured, i);
    } else read(step2.inputs, i);
    for (const { slot } of step2.outputs) slots[slot].first = slots[slot].last = i;
  });
  for (const slot of slots) if (slot.kind !== "value") slot.last = steps.length;
  for (const slot of ends) slots[slot].last = steps.length;
  free(slots, steps);
  return peak(slots, steps);
}
function free(slots, steps) {
  const ending = [...slots.keys()].filter((s) => slots[s].kind === "value" && slots[s].last < steps.length);
  const counts = new Int32Array(steps.length);
  for (const s of ending) counts[slots[s].last]++;
  const lists = Array.from(counts, (n) => new Array(n));
  for (const s of ending.reverse()) {
    const step2 = slots[s].last;
    lists[step2][--counts[step2]] = s;
  }
  steps.forEach((step2, i) => {
    step2.free = lists[i];
  });
}
function peak(slots, steps) {
  let bytes = slots.reduce((sum3, slot) => slot.kind === "value" ? sum3 : sum3 + slot.bytes, 0);
  let most = bytes;
  for (const { outputs, free: free2 } of steps) {
    for (const { slot } of outputs) bytes += slots[slot].bytes;
    most = Math.max(most, bytes);
    for (const s of free2) bytes -= slots[s].bytes;
  }
  return most;
}
var init_liveness = __esm({
  "engine/plan/liveness.ts"() {
    "use strict";
  }
});

// engine/plan/plan.ts
function makePlan(program) {
  const outputs = Object.entries(program.outputs);
  return planRoots(
    outputs.map(([name, sym]) => ({ name, sym })),
    program.updates.map((u) => ({ name: variableName(u.variable), sym: u.value })),
    program.kept,
    []
  );
}
function planRoots(outputs, updates, kept, parameters) {
  const roots = [...outputs, ...updates].map((r) => r.sym);
  const order = toposort([...roots, ...kept]);
  const builder = new PlanBuilder(parameters);
  for (const node of order) builder.add(node);
  return builder.finish(outputs, updates);
}
function plainAttrs(node) {
  for (const name in node.attrs) {
    if (isFn(node.attrs[name]))
      throw new UnsupportedOpError(`${node.op.name}: a kernel cannot take a Function ('${name}')`, {
        node: node.label,
        site: node.site
      });
  }
  return node.attrs;
}
var NONE3, PlanBuilder;
var init_plan = __esm({
  "engine/plan/plan.ts"() {
    "use strict";
    init_attr();
    init_node_map();
    init_toposort();
    init_update();
    init_errors();
    init_op();
    init_scalar();
    init_slots();
    init_types();
    init_liveness();
    NONE3 = Object.freeze([]);
    PlanBuilder = class {
      /** A value for each output of a node. */
      #values = new NodeMap();
      #slots = [];
      #steps = [];
      #nodes = [];
      #feeds = [];
      #variables = [];
      #constants = [];
      #random = [];
      #bodies = /* @__PURE__ */ new Map();
      #names = /* @__PURE__ */ new Map();
      constructor(parameters) {
        parameters.forEach((p, i) => {
          this.#feeds.push({ ...this.#leaf(p, "parameter"), name: `${i}` });
        });
      }
      add(node) {
        const out = node.outputs[0];
        const attrs = node.attrs;
        switch (node.op.name) {
          case "Placeholder":
            this.#feeds.push({ ...this.#leaf(out, "feed"), name: attrs.name });
            break;
          case "Variable":
            this.#variables.push({ ...this.#leaf(out, "variable"), name: attrs.name });
            break;
          case "Constant":
            this.#constants.push({ ...this.#leaf(out, "constant"), data: attrs.data });
            break;
          case "Fill":
            this.#constants.push({ ...this.#leaf(out, "constant"), data: attrs.value });
            break;
          case "Iota":
            this.#constants.push({
              ...this.#leaf(out, "constant"),
              data: { start: attrs.start, step: attrs.step }
            });
            break;
          case "RandomState":
            this.#random.push(this.#leaf(out, "random").slot);
            break;
          case "Parameter":
            break;
          // a parameter's value is there from the start
          case "Reshape":
            this.#values.set(node, [{ ...this.#value(node.inputs[0]), shape: out.shape }]);
            break;
          case "Map":
            this.#step(node, this.#map(node));
            break;
          default:
            this.#step(node, node.op.traits.random ? this.#draw(node) : this.#kernel(node));
        }
      }
      /** The only value of a node that no step makes. */
      #leaf(sym, kind) {
        const value = this.#slot(sym, kind, sym.label);
        this.#values.set(sym.node, [value]);
        return value;
      }
      #slot({ shape, dtype }, kind, label) {
        const sizes = shape;
        this.#slots.push({ label, kind, bytes: sizeOf(sizes) * BYTES_PER_ELEMENT[dtype], first: -1, last: -1 });
        return { slot: this.#slots.length - 1, shape: sizes, dtype };
      }
      #value = (sym) => this.#values.get(sym.node)[sym.output];
      #step(node, step2) {
        this.#steps.push(step2);
        this.#nodes.push(node);
      }
      #outputs(node, label) {
        const values2 = node.outputs.map((s) => this.#slot(s, "value", s.output === 0 ? label : s.label));
        this.#values.set(node, values2);
        return values2;
      }
      #kernel(node) {
        const { op } = node;
        const inputs = node.inputs.map(this.#value);
        const list = op.slots.length === 1 && op.slots[0].kind === "variadic";
        const names = list ? void 0 : node.arity === void 0 ? this.#namesOf(op) : Object.keys(inputRecord(op, node.inputs, node.arity));
        if (names !== void 0 && names.length !== inputs.length) {
          throw new UnsupportedOpError(`${op.name}: a kernel takes named inputs or a list, not both`, {
            node: node.label,
            site: node.site
          });
        }
        const { label } = node;
        return {
          kind: "kernel",
          kernel: op.name,
          label,
          names,
          inputs,
          outputs: this.#outputs(node, label),
          attrs: plainAttrs(node),
          free: NONE3
        };
      }
      /** Names of the inputs of an op that has no optional ones; one array for all its steps. */
      #namesOf(op) {
        let names = this.#names.get(op);
        if (names === void 0) {
          names = op.slots.map((slot) => slot.name);
          this.#names.set(op, names);
        }
        return names;
      }
      #draw(node) {
        const expression = loweringOf(node.op, "expression");
        if (expression === void 0)
          throw new UnsupportedOpError(`${node.op.name}: a random op needs an expression`, {
            node: node.label,
            site: node.site
          });
        const words = [0, 1, 2, 3].map((i) => scalar.input(i, "i32"));
        const expr = expression.expr({ state: words }, node.attrs);
        return {
          kind: "draw",
          label: node.label,
          inputs: node.inputs.map(this.#value),
          expression: scalarToJSON(expr),
          outputs: this.#outputs(node, node.label),
          free: NONE3
        };
      }
      #map(node) {
        const { body, count, stacked } = node.attrs;
        const inputs = node.inputs.map(this.#value);
        const mapped = inputs.slice(0, node.arity[0]);
        return {
          kind: "map",
          label: node.label,
          count,
          stacked,
          body: this.#body(body),
          mapped,
          captured: inputs.slice(mapped.length),
          outputs: this.#outputs(node, node.label),
          free: NONE3
        };
      }
      #body(fn) {
        let plan = this.#bodies.get(fn.key);
        if (plan === void 0) {
          plan = planRoots(
            fn.results.map((sym, i) => ({ name: `${i}`, sym })),
            [],
            [],
            fn.parameters
          ).plan;
          this.#bodies.set(fn.key, plan);
        }
        return plan;
      }
      finish(outputs, updates) {
        const named3 = ({ name, sym }) => ({ ...this.#value(sym), name });
        const ends = [...outputs, ...updates].map((r) => this.#value(r.sym).slot);
        const peakBytes = lifetimes(this.#slots, this.#steps, ends);
        const plan = {
          slots: this.#slots,
          feeds: this.#feeds,
          variables: this.#variables,
          constants: this.#constants,
          random: this.#random,
          steps: this.#steps,
          outputs: outputs.map(named3),
          updates: updates.map(named3),
          peakBytes
        };
        return { plan, nodes: this.#nodes };
      }
    };
  }
});

// engine/run/backend.ts
var HostTensor;
var init_backend = __esm({
  "engine/run/backend.ts"() {
    "use strict";
    init_errors();
    init_literal();
    HostTensor = class {
      data;
      shape;
      dtype;
      constructor({ data, shape, dtype }) {
        this.data = data;
        this.shape = shape;
        this.dtype = dtype;
      }
      /** The value of a tensor of one element. @throws ShapeError for another number of elements */
      item() {
        if (this.data.length !== 1)
          throw new ShapeError(`item() of a tensor of shape [${this.shape.join(", ")}]; use data or array()`);
        return this.data[0];
      }
      /** Nested arrays; booleans for bool. */
      array() {
        return nest(this.data, this.shape, this.dtype);
      }
    };
  }
});

// engine/random.ts
function threefry({ word, add: add5, xor: xor2, rotateLeft: rotateLeft2 }, key, block) {
  const keys2 = [key[0], key[1], xor2(xor2(key[0], key[1]), word(PARITY))];
  let x0 = add5(block[0], key[0]);
  let x1 = add5(block[1], key[1]);
  for (let round = 0; round < 20; round++) {
    x0 = add5(x0, x1);
    x1 = xor2(rotateLeft2(x1, ROTATIONS[round % 8]), x0);
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x0 = add5(x0, keys2[injection % 3]);
      x1 = add5(x1, add5(keys2[(injection + 1) % 3], word(injection)));
    }
  }
  return [x0, x1];
}
function randomState(seed2, counter = 0) {
  if (!Number.isSafeInteger(seed2)) throw new RangeError(`a seed is a safe integer, not ${seed2}`);
  if (!Number.isInteger(counter) || counter < 0 || counter >= 2 ** 48) {
    throw new RangeError(`a run counter is an integer in [0, 2^48), not ${counter}`);
  }
  return Int32Array.of(Math.floor(seed2 / 2 ** 32), seed2, Math.floor(counter / 2 ** 24), counter % 2 ** 24);
}
function hashSeed(seed2, name) {
  const [seedHi, seedLo] = Uint32Array.from(randomState(seed2));
  let key = [seedHi, seedLo];
  for (let i = 0; i < name.length; i++) key = threefry2x32(key, [NAME, name.charCodeAt(i)]);
  const [hi, lo] = threefry2x32(key, [NAME_END, name.length]);
  return (hi >>> 11) * 2 ** 32 + lo;
}
var add3, and3, cast3, constant3, div2, eq, index, input2, log, lt2, min, mul3, mulHigh, neg2, rotateLeft, select3, shiftRight2, sqrt2, sub2, xor, ROTATIONS, PARITY, NUMBERS, threefry2x32, NAME, NAME_END, STATE, SIZES;
var init_random = __esm({
  "engine/random.ts"() {
    "use strict";
    init_scalar();
    ({ add: add3, and: and3, cast: cast3, constant: constant3, div: div2, eq, index, input: input2, log, lt: lt2, min, mul: mul3, mulHigh } = scalar);
    ({ neg: neg2, rotateLeft, select: select3, shiftRight: shiftRight2, sqrt: sqrt2, sub: sub2, xor } = scalar);
    ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24];
    PARITY = 466688986;
    NUMBERS = {
      word: (value) => value,
      add: (a, b) => a + b >>> 0,
      xor: (a, b) => (a ^ b) >>> 0,
      rotateLeft: (a, distance) => (a << distance | a >>> 32 - distance) >>> 0
    };
    threefry2x32 = (key, block) => threefry(NUMBERS, key, block);
    NAME = 2147483648;
    NAME_END = 2147483649;
    STATE = [0, 1, 2, 3].map((k) => input2(k, "i32"));
    SIZES = 2 ** 31;
  }
});

// engine/run/feeds.ts
function bindFeeds(placeholders, known, given, fixed) {
  const faults = [];
  const dims = { ...fixed };
  const boundBy = Object.fromEntries(
    Object.keys(fixed).map((name) => [name, "the dims that it was compiled with"])
  );
  const feeds = {};
  for (const name of Object.keys(given)) {
    if (!placeholders.has(name) && !known.has(name))
      faults.push(`'${name}' is no placeholder; there are ${[...placeholders.keys()].join(", ") || "none"}`);
  }
  for (const [name, placeholder] of known) {
    const value = given[name];
    if (value === void 0) {
      if (placeholders.has(name)) faults.push(`'${name}' is missing; it is ${formatType(placeholder)}`);
      continue;
    }
    try {
      const typed = toValue(value, placeholder, dims);
      bindShape(name, placeholder, typed.shape, dims, boundBy);
      if (placeholders.has(name)) feeds[name] = typed;
    } catch (e) {
      faults.push(`'${name}': ${e.message}`);
    }
  }
  if (faults.length === 0) checkComposite(placeholders, feeds, dims, faults);
  if (faults.length > 0)
    throw new FeedError(
      faults.length === 1 ? `feeds: ${faults[0]}` : `feeds:
${faults.map((f) => `  - ${f}`).join("\n")}`
    );
  return { feeds, dims };
}
function bindShape(name, placeholder, shape, dims, boundBy) {
  const wrong = (why) => {
    throw new FeedError(`expected ${formatType(placeholder)}, got shape [${shape.join(", ")}]${why}`);
  };
  if (shape.length !== placeholder.shape.length) wrong("");
  placeholder.shape.forEach((d, i) => {
    const size = shape[i];
    const dim2 = bareName(d);
    if (typeof d === "number" && d !== size) wrong("");
    if (dim2 === void 0) return;
    if (dims[dim2] !== void 0 && dims[dim2] !== size) wrong(`; $${dim2} is ${dims[dim2]} by ${boundBy[dim2]}`);
    dims[dim2] = size;
    boundBy[dim2] ??= `'${name}'`;
  });
}
function checkComposite(placeholders, feeds, dims, faults) {
  for (const [name, placeholder] of placeholders) {
    placeholder.shape.forEach((d, i) => {
      if (typeof d === "number" || bareName(d) !== void 0 || dimNames(d).some((n) => dims[n] === void 0)) return;
      const expected = evaluateDim(d, dims);
      const actual = feeds[name].shape[i];
      if (actual !== expected) faults.push(`'${name}': dimension ${i} is ${formatDim(d)} = ${expected}, got ${actual}`);
    });
  }
}
function toValue(value, placeholder, dims) {
  const { dtype } = placeholder;
  if (typeof value === "object" && !Array.isArray(value) && !ArrayBuffer.isView(value)) {
    const typed = value;
    if (!Array.isArray(typed.shape) || typeof typed.dtype !== "string")
      throw new FeedError("expected numbers, arrays, typed arrays or tensors");
    if (typed.dtype !== dtype) throw new FeedError(`expected ${dtype}, got ${typed.dtype}`);
    return typed;
  }
  if (value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint8Array)
    return flatValue(value, placeholder, dims);
  if (ArrayBuffer.isView(value))
    throw new FeedError(`expected a Float32Array, Int32Array or Uint8Array, got ${value.constructor.name}`);
  const { values: values2, shape } = flatten(value, dtype);
  requireExact(value, values2, dtype);
  return { data: values2, shape, dtype };
}
function requireExact(value, values2, dtype) {
  if (dtype !== "int32") return;
  const flat = Array.isArray(value) ? value.flat(Infinity) : [value];
  const at = flat.findIndex((v2, i) => Number(v2) !== values2[i]);
  if (at >= 0) throw new FeedError(`expected int32, got ${String(flat[at])}`);
}
function flatValue(data, placeholder, dims) {
  const { dtype, shape } = placeholder;
  const fits = dtype === "float32" ? data instanceof Float32Array : dtype === "int32" ? data instanceof Int32Array : data instanceof Uint8Array;
  if (!fits) throw new FeedError(`expected ${dtype}, got a ${data.constructor.name}`);
  const known = shape.map(
    (d) => typeof d === "number" ? d : dimNames(d).every((n) => dims[n] !== void 0) ? evaluateDim(d, dims) : void 0
  );
  const unknown2 = known.flatMap((d, i) => d === void 0 ? [i] : []);
  const rest = sizeOf(known.map((d) => d ?? 1));
  if (unknown2.length > 1)
    throw new FeedError(
      `a flat array cannot tell the dims ${unknown2.map((i) => formatDim(shape[i])).join(" and ")}; feed { data, shape, dtype }`
    );
  const sized = known.map((d) => d ?? data.length / rest);
  if (sizeOf(sized) !== data.length || !sized.every(Number.isInteger))
    throw new FeedError(`${data.length} elements do not fill ${formatShape(shape)}`);
  return { data, shape: sized, dtype };
}
var bareName;
var init_feeds = __esm({
  "engine/run/feeds.ts"() {
    "use strict";
    init_dim();
    init_errors();
    init_literal();
    init_types();
    bareName = (d) => {
      if (typeof d === "number") return void 0;
      const [name, ...others] = dimNames(d);
      return others.length === 0 && formatDim(d) === `$${name}` ? name : void 0;
    };
  }
});

// engine/run/files.ts
async function fileSystem() {
  try {
    return await import(
      /* @vite-ignore */
      NODE_FS
    );
  } catch (e) {
    throw new VariableError("there are no files here; use toBytes() and fromBytes()", { cause: e });
  }
}
async function writeFileAtomically(path, bytes) {
  const fs = await fileSystem();
  const temporary = `${path}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    await fs.writeFile(temporary, bytes);
    await fs.rename(temporary, path);
  } catch (e) {
    await fs.rm(temporary, { force: true });
    throw new VariableError(`cannot write '${path}': ${e.message}`, { cause: e });
  }
}
async function readFile(path) {
  const fs = await fileSystem();
  try {
    return await fs.readFile(path);
  } catch (e) {
    throw new VariableError(`cannot read '${path}': ${e.message}`, { cause: e });
  }
}
var NODE_FS;
var init_files = __esm({
  "engine/run/files.ts"() {
    "use strict";
    init_errors();
    NODE_FS = "node:fs/promises";
  }
});

// engine/run/safetensors.ts
function encodeSafetensors({ tensors, metadata }) {
  const header = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { data, shape, dtype }] of tensors) {
    if (NAMES[dtype] === void 0) throw new VariableError(`'${name}': safetensors has no ${dtype}`);
    header[name] = { dtype: NAMES[dtype], shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset).fill(32, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let at = 8 + length;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}
function decodeSafetensors(bytes) {
  const fail = (what) => {
    throw new VariableError(`not a safetensors file: ${what}`);
  };
  if (bytes.length < 8) fail("it is shorter than its header");
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > bytes.length - 8) fail("it is shorter than its header says");
  let header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  } catch {
    return fail("its header is not JSON");
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = /* @__PURE__ */ new Map();
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype: code, shape, data_offsets: offsets } = entry;
    const dtype = DTYPES2[code];
    if (dtype === void 0 || !Array.isArray(shape) || !Array.isArray(offsets)) {
      throw new VariableError(`'${name}' is ${code}, which no variable can be`);
    }
    const slice2 = new Uint8Array(bytes.subarray(8 + length + offsets[0], 8 + length + offsets[1]));
    const data = dtype === "float32" ? new Float32Array(slice2.buffer) : dtype === "int32" ? new Int32Array(slice2.buffer) : slice2;
    if (data.length !== sizeOf(shape))
      fail(`'${name}' has ${data.length} elements, not those of its shape [${shape.join(", ")}]`);
    tensors.set(name, { data, shape, dtype });
  }
  return { tensors, metadata };
}
var NAMES, DTYPES2;
var init_safetensors = __esm({
  "engine/run/safetensors.ts"() {
    "use strict";
    init_errors();
    init_types();
    NAMES = { float32: "F32", int32: "I32", bool: "BOOL" };
    DTYPES2 = { F32: "float32", I32: "int32", BOOL: "bool" };
  }
});

// engine/run/variables.ts
var SEED_KEY, RUNS_KEY, Variables;
var init_variables = __esm({
  "engine/run/variables.ts"() {
    "use strict";
    init_update();
    init_errors();
    init_literal();
    init_random();
    init_types();
    init_backend();
    init_files();
    init_safetensors();
    SEED_KEY = "retrograph.seed";
    RUNS_KEY = "retrograph.runs";
    Variables = class {
      backend;
      #seed;
      /** Runs with random ops so far: the counter that every draw depends on. */
      #runs = 0;
      #store;
      #types = /* @__PURE__ */ new Map();
      #declared = /* @__PURE__ */ new Set();
      #invalid;
      #disposed = false;
      #tail = Promise.resolve();
      #pending = 0;
      #users = 0;
      #ownedByPrograms;
      constructor({ backend, seed: seed2 = 0, ownedByPrograms = false }) {
        this.#ownedByPrograms = ownedByPrograms;
        if (!Number.isSafeInteger(seed2) || seed2 < 0)
          throw new VariableError(`a seed is a non-negative integer, got ${seed2}`);
        this.backend = backend;
        this.#seed = seed2;
      }
      get seed() {
        return this.#seed;
      }
      /** Names of all values that the store holds. */
      names() {
        return [...this.#types.keys()];
      }
      has(name) {
        return this.#types.has(name);
      }
      /** The value of a variable, read to the host. @throws VariableError for a name that the store lacks */
      async get(name) {
        await this.backend.start();
        return this.exclusively(async () => new HostTensor(await this.#open(name).get(name)));
      }
      /**
       * Gives a variable a value: nested arrays, a flat typed array of the variable's size, or what `get` gave.
       * @throws VariableError for another type than the variable's
       */
      async set(name, value) {
        await this.backend.start();
        await this.exclusively(async () => this.#put(name, this.#toHost(name, value)));
      }
      /** All values, with seed and run counter, as a safetensors file. */
      async toBytes() {
        const tensors = /* @__PURE__ */ new Map();
        for (const name of this.names()) tensors.set(name, await this.get(name));
        return encodeSafetensors({ tensors, metadata: { [SEED_KEY]: `${this.#seed}`, [RUNS_KEY]: `${this.#runs}` } });
      }
      /** Reads what `toBytes` wrote. @throws VariableError for missing names, types that differ, or a file that is none */
      async fromBytes(bytes, options = {}) {
        const { partial = false, strict = false, rename = (name) => name } = options;
        const source = bytes instanceof Uint8Array ? bytes : new Uint8Array(await bytes.arrayBuffer());
        const { tensors, metadata } = decodeSafetensors(source);
        const loaded = /* @__PURE__ */ new Map();
        for (const [name, value] of tensors) {
          const own2 = rename(name);
          if (own2 !== void 0) loaded.set(own2, value);
        }
        const missing = partial ? [] : [...this.#declared].filter((name) => !loaded.has(name));
        const unknown2 = strict ? [...loaded.keys()].filter((name) => !this.#declared.has(name)) : [];
        const mismatched = [...loaded].flatMap(([name, value]) => this.#mismatch(name, value) ?? []);
        const faults = [
          ...missing.map((n) => `'${n}' is missing`),
          ...unknown2.map((n) => `'${n}' is no variable here`),
          ...mismatched
        ];
        if (faults.length > 0) throw new VariableError(`the file does not fit the variables: ${faults.join("; ")}`);
        await this.backend.start();
        await this.exclusively(async () => {
          for (const [name, value] of loaded) this.#put(name, value);
          if (metadata[SEED_KEY] !== void 0) this.#seed = Number(metadata[SEED_KEY]);
          if (metadata[RUNS_KEY] !== void 0) this.#runs = Number(metadata[RUNS_KEY]);
        });
      }
      /** Writes a safetensors file, whole or not at all. */
      async save(path) {
        await writeFileAtomically(path, await this.toBytes());
      }
      /** Reads a safetensors file. @throws VariableError as `fromBytes` */
      async load(path, options = {}) {
        await this.fromBytes(await readFile(path), options);
      }
      /** Frees the values. Programs over the store can no longer run. */
      dispose() {
        if (this.#disposed) return;
        this.#disposed = true;
        this.#store?.dispose();
        this.#store = void 0;
        this.#types.clear();
      }
      [Symbol.dispose]() {
        this.dispose();
      }
      // ---- for programs
      /** Declares a variable: checks its type, or initialises it where the store lacks it. The backend must be ready. */
      declare(variable) {
        const name = variableName(variable);
        const shape = variable.shape;
        this.#declared.add(name);
        const existing = this.#types.get(name);
        if (existing === void 0) {
          const init = variable.node.attrs.init;
          this.#put(name, {
            data: init.generate(shape, variable.dtype, hashSeed(this.#seed, name)),
            shape,
            dtype: variable.dtype
          });
        } else if (existing.dtype !== variable.dtype || existing.shape.join() !== shape.join()) {
          throw new VariableError(
            `the variable '${name}' is ${formatType(variable)} in the graph, and ${formatType(existing)} in the store`,
            { node: name, site: variable.node.site }
          );
        }
      }
      /** The backend's store. @throws VariableError where it is closed or invalid */
      open() {
        if (this.#disposed) throw new VariableError("the variables have been disposed");
        if (this.#invalid !== void 0)
          throw new VariableError(
            `the variables are invalid, since an earlier run failed between two updates: ${this.#invalid}`
          );
        this.#store ??= this.backend.openStore();
        return this.#store;
      }
      /** The words that random ops of the next run draw from. */
      randomState() {
        return randomState(this.#seed, this.#runs);
      }
      advanceRandom() {
        this.#runs++;
      }
      invalidate(reason) {
        this.#invalid = reason;
      }
      /** Runs `task` after all that was asked before it. */
      async exclusively(task) {
        this.#pending++;
        const before = this.#tail;
        const run = (async () => {
          await before;
          return task();
        })();
        this.#tail = run.then(
          () => void 0,
          () => void 0
        );
        try {
          return await run;
        } finally {
          this.#pending--;
        }
      }
      /** @throws ProgramStateError while a run is pending */
      requireIdle(what) {
        if (this.#pending > 0) throw new ProgramStateError(`${what} while a run is pending; await it first`);
      }
      retain() {
        this.#users++;
      }
      /** A program is done with the store; the last disposes of a store that programs own. */
      release() {
        if (--this.#users === 0 && this.#ownedByPrograms) this.dispose();
      }
      #open(name) {
        const store = this.open();
        if (!this.#types.has(name))
          throw new VariableError(`there is no variable '${name}'; there are ${this.names().join(", ") || "none"}`);
        return store;
      }
      #put(name, value) {
        const mismatch = this.#mismatch(name, value);
        if (mismatch !== void 0) throw new VariableError(mismatch);
        this.open().set(name, value);
        this.#types.set(name, { dtype: value.dtype, shape: value.shape });
      }
      #mismatch(name, value) {
        const type = this.#types.get(name);
        if (type === void 0 || type.dtype === value.dtype && type.shape.join() === value.shape.join())
          return void 0;
        return `'${name}' is ${formatType(type)}, not ${formatType(value)}`;
      }
      #toHost(name, value) {
        if (typeof value === "object" && "data" in value && "dtype" in value) return value;
        const type = this.#types.get(name);
        const { values: values2, shape, dtype } = flatten(value, type?.dtype);
        const flat = ArrayBuffer.isView(value) && type !== void 0 && values2.length === sizeOf(type.shape);
        return { data: values2, dtype, shape: flat ? type.shape : shape };
      }
    };
  }
});

// engine/run/program.ts
function compileSync(outputs, options) {
  if (!options.backend.ready)
    throw new ProgramStateError(
      `the backend '${options.backend.name}' has not started; await its start(), or use compile`
    );
  return new Program(outputs, options);
}
function sourceOf(graph, outputs, updates, keepDead) {
  return {
    graph,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, s]) => [name, graph.adopt(s)])),
    updates: updates.map(({ variable, value }) => ({ variable: graph.adopt(variable), value: graph.adopt(value) })),
    kept: keepDead ? deadCode(graph) : []
  };
}
function unboundDims(names, placeholders, dims) {
  const fed = new Set([...placeholders.values()].flatMap((p) => p.shape.flatMap((d) => bareName(d) ?? [])));
  const free2 = [...names].filter((name) => dims[name] === void 0);
  const lost = free2.filter((name) => !fed.has(name));
  if (lost.length > 0) {
    throw new ShapeError(
      `nothing binds ${lost.map((n) => `$${n}`).join(", ")}: no placeholder has it as a dim of its own; pass { dims: { ${lost[0]}: ... } }`
    );
  }
  return free2;
}
function requireNotAborted(signal) {
  if (signal?.aborted)
    throw new CancelledError("the run was cancelled; no variable has changed", { cause: signal.reason });
}
function present(results) {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => [name, isHost(value) ? new HostTensor(value) : value])
  );
}
var Program, placeholdersOf, isHost;
var init_program = __esm({
  "engine/run/program.ts"() {
    "use strict";
    init_graph();
    init_toposort();
    init_update();
    init_errors();
    init_dead_code();
    init_pipeline();
    init_program_graph();
    init_bind();
    init_placeholder();
    init_variable();
    init_backend();
    init_feeds();
    init_variables();
    Program = class {
      backend;
      /** The store that holds this program's variables. */
      variables;
      /** The program as it was given, before any pass. */
      source;
      /** The program as the backend got it. */
      optimized;
      #executable;
      #placeholders;
      #known;
      #checks;
      #dims;
      #free;
      #decided = /* @__PURE__ */ new Set();
      #draws;
      #disposed = false;
      constructor(outputs, options) {
        const { backend, updates = [], dims = {} } = options;
        requireOneUpdateEach(updates);
        const syms = [...Object.values(outputs), ...updates.flatMap((u) => [u.variable, u.value])];
        if (syms.length === 0) throw new GraphError("compile: there are neither outputs nor updates");
        const graph = graphOf2(syms);
        this.backend = backend;
        this.#dims = dims;
        this.source = sourceOf(graph, outputs, updates, options.passes?.["dead-code"] === false);
        const nodes = toposort(rootsOf(this.source));
        this.#placeholders = placeholdersOf(nodes);
        this.#known = placeholdersOf(graph.nodes);
        this.#free = unboundDims(dimsOf(nodes), this.#known, dims);
        this.#checks = openChecks(nodes);
        decideChecks(this.#checks, dims);
        this.optimized = optimize(this.source, backend.target, options);
        this.#draws = nodes.some((n) => n.op.traits.random);
        this.#executable = backend.prepare(this.optimized);
        this.variables = options.variables ?? new Variables({ backend, seed: options.seed ?? 0, ownedByPrograms: true });
        this.variables.retain();
        try {
          if (this.variables.backend !== backend) {
            throw new ProgramStateError(
              `the variables live on '${this.variables.backend.name}', the program on '${backend.name}'`
            );
          }
          for (const node of nodes) if (node.op === Variable) this.variables.declare(node.outputs[0]);
          if (this.#free.length === 0) this.#executable.bind(dims);
        } catch (e) {
          this.#executable.dispose();
          this.variables.release();
          throw e;
        }
      }
      /** Placeholders that a run must be fed, by name. */
      get placeholders() {
        return this.#placeholders;
      }
      async run(feeds = {}, options = {}) {
        const bound2 = this.#bind(feeds);
        return this.variables.exclusively(async () => {
          const result = this.#execute(bound2, options);
          return present(await result.read());
        });
      }
      runSync(feeds = {}, options = {}) {
        if (!this.backend.synchronous)
          throw new ProgramStateError(`'${this.backend.name}' cannot run synchronously; use run`);
        this.variables.requireIdle("runSync");
        return present(this.#execute(this.#bind(feeds), options).readSync());
      }
      /** Runs for each of many feeds, in order; `signal` cancels between them. */
      async *runMany(batches, options = {}) {
        for await (const feeds of batches) yield await this.run(feeds, options);
      }
      /** One run, step by step: what each step made. Variables change when the last step has been taken. Not on every backend. */
      *steps(feeds = {}) {
        this.variables.requireIdle("steps");
        if (this.#executable.steps === void 0)
          throw new ProgramStateError(`'${this.backend.name}' does not run step by step`);
        yield* this.#executable.steps(this.#request(this.#bind(feeds), {}));
      }
      /** Plans and precompiles ahead for these dims. */
      prepare(dims) {
        this.#requireAlive();
        const all = { ...this.#dims, ...dims };
        this.#decide(all);
        this.#executable.bind(all);
      }
      /** The plan, where all dims are known. */
      get plan() {
        return this.planFor({});
      }
      /** The plan for these dims. @throws ProgramStateError on a backend that has none */
      planFor(dims) {
        this.#requireAlive();
        const all = { ...this.#dims, ...dims };
        const missing = this.#free.filter((name) => all[name] === void 0);
        if (missing.length > 0)
          throw new ShapeError(
            `the plan depends on ${missing.map((n) => `$${n}`).join(", ")}; use planFor({ ${missing.map((n) => `${n}: ...`).join(", ")} })`
          );
        const plan = this.#executable.plan?.(all);
        if (plan === void 0) throw new ProgramStateError(`'${this.backend.name}' runs whole programs and has no plan`);
        return plan;
      }
      /** Frees what the program holds; and its store, if it made it and is the last to use it. */
      dispose() {
        if (this.#disposed) return;
        this.#disposed = true;
        this.#executable.dispose();
        this.variables.release();
      }
      [Symbol.dispose]() {
        this.dispose();
      }
      #bind(feeds) {
        this.#requireAlive();
        const bound2 = bindFeeds(this.#placeholders, this.#known, feeds, this.#dims);
        const unbound = this.#free.filter((name) => bound2.dims[name] === void 0);
        if (unbound.length > 0)
          throw new FeedError(
            `nothing binds ${unbound.map((n) => `$${n}`).join(", ")}: feed a placeholder that has it as a dim, or compile with { dims }`
          );
        this.#decide(bound2.dims);
        return bound2;
      }
      #decide(dims) {
        if (this.#checks.length === 0) return;
        const key = JSON.stringify(dims);
        if (this.#decided.has(key)) return;
        decideChecks(this.#checks, dims);
        if (this.#decided.size > 1e3) this.#decided.clear();
        this.#decided.add(key);
      }
      #request({ feeds, dims }, options) {
        const names = options.outputs ?? Object.keys(this.source.outputs);
        for (const name of names)
          if (!(name in this.source.outputs))
            throw new GraphError(`there is no output '${name}'; there are ${Object.keys(this.source.outputs).join(", ")}`);
        requireNotAborted(options.signal);
        return {
          feeds,
          dims,
          store: this.variables.open(),
          randomState: this.variables.randomState(),
          outputs: names,
          as: options.as === "tensor" ? "device" : "host",
          checkNumerics: options.checkNumerics ?? false,
          beforeUpdates: () => requireNotAborted(options.signal)
        };
      }
      #execute(bound2, options) {
        this.#requireAlive();
        const request = this.#request(bound2, options);
        let updating = false;
        try {
          const result = this.#executable.run({
            ...request,
            beforeUpdates: () => {
              request.beforeUpdates();
              updating = true;
            }
          });
          if (this.#draws) this.variables.advanceRandom();
          return result;
        } catch (e) {
          if (updating) this.variables.invalidate(e.message);
          throw e;
        }
      }
      #requireAlive() {
        if (this.#disposed) throw new ProgramStateError("the program has been disposed");
      }
    };
    placeholdersOf = (nodes) => new Map(nodes.filter((n) => n.op === Placeholder).map((n) => [n.attrs.name, n.outputs[0]]));
    isHost = (value) => "data" in value && ArrayBuffer.isView(value.data);
  }
});

// engine/run/executor.ts
function uploadConstant({ data, shape, dtype }, device) {
  if (typeof data !== "number" && !("start" in data)) return device.upload(data, shape, dtype);
  const values2 = typedArrayOf(dtype, sizeOf(shape));
  if (typeof data === "number") values2.fill(data);
  else for (let i = 0; i < values2.length; i++) values2[i] = data.start + i * data.step;
  return device.upload(values2, shape, dtype);
}
function loadStep(step2, device, children) {
  switch (step2.kind) {
    case "kernel":
      return new KernelCall(step2, device);
    case "draw":
      return { run: loadDraw(step2, device) };
    case "map":
      return { run: loadMap(step2, device, children) };
    default:
      return step2;
  }
}
function named2(names, tensors) {
  const record2 = {};
  for (let i = 0; i < names.length; i++) record2[names[i]] = tensors[i];
  return record2;
}
function loadDraw(step2, device) {
  const evaluate2 = compileScalar(scalarFromJSON(step2.expression), "float32");
  const { slot, shape, dtype } = step2.outputs[0];
  const length = sizeOf(shape);
  return (slots, state) => {
    const out = typedArrayOf(dtype, length);
    evaluate2(
      [...state].map((word) => new Int32Array(length).fill(word)),
      length,
      out
    );
    slots[slot] = device.upload(out, shape, dtype);
  };
}
function loadMap(step2, device, children) {
  const { body, count, stacked } = step2;
  const executor = new Executor(body, device);
  children.push(executor);
  const slice2 = step2.mapped.length > 0 ? device.kernel("Slice") : void 0;
  const sources = step2.mapped.map(({ shape, dtype }) => ({
    tensor: { dataId: void 0, shape, dtype },
    size: [1, ...shape.slice(1)],
    rest: shape.slice(1).map(() => 0)
  }));
  const results = step2.outputs.map((out, k) => k < stacked ? stack(out, count, device) : sum(out, device));
  return (slots, state) => {
    const captured = step2.captured.map((v2) => slots[v2.slot]);
    const collected = step2.outputs.map(() => []);
    try {
      for (let i = 0; i < count; i++) {
        const elements = sources.map(({ tensor, size, rest }, m) => {
          tensor.dataId = slots[step2.mapped[m].slot];
          return slice2({ x: tensor }, { begin: [i, ...rest], size }).dataId;
        });
        try {
          const { outputs } = executor.run({ feeds: [...elements, ...captured], variables: [], randomState: state });
          outputs.forEach((buffer, k) => {
            results[k].add(collected[k], buffer);
          });
        } finally {
          for (const buffer of elements) device.release(buffer);
        }
      }
      step2.outputs.forEach((out, k) => {
        slots[out.slot] = results[k].finish(collected[k]);
      });
    } finally {
      for (const list of collected) for (const buffer of list) device.release(buffer);
    }
  };
}
function stack(out, count, device) {
  const concat2 = device.kernel("Concat");
  const shape = [1, ...out.shape.slice(1)];
  return {
    add: (collected, buffer) => void collected.push(buffer),
    finish: (collected) => {
      if (count === 0 || sizeOf(out.shape) === 0) return empty(out, device);
      const rows = collected.map((dataId) => ({ dataId, shape, dtype: out.dtype }));
      return concat2(rows, { axis: 0 }).dataId;
    }
  };
}
function sum(out, device) {
  const add5 = device.kernel("Add");
  const tensor = (dataId) => ({ dataId, shape: out.shape, dtype: out.dtype });
  return {
    add: (collected, buffer) => {
      const [total2] = collected;
      if (total2 === void 0) {
        collected.push(buffer);
        return;
      }
      collected[0] = add5({ a: tensor(total2), b: tensor(buffer) }, {}).dataId;
      device.release(total2);
      device.release(buffer);
    },
    finish: (collected) => {
      const [total2] = collected;
      if (total2 === void 0) return empty(out, device);
      collected.length = 0;
      return total2;
    }
  };
}
var Executor, KernelCall, NOWHERE, empty;
var init_executor = __esm({
  "engine/run/executor.ts"() {
    "use strict";
    init_errors();
    init_scalar();
    init_types();
    Executor = class {
      plan;
      #device;
      #steps;
      #children = [];
      #constants;
      #nodes;
      /** @param nodes the node of each step, where they are known, for errors */
      constructor(plan, device, nodes = []) {
        this.plan = plan;
        this.#device = device;
        this.#nodes = nodes;
        this.#steps = plan.steps.map((step2) => loadStep(step2, device, this.#children));
        this.#constants = plan.constants.map((constant4) => [constant4.slot, uploadConstant(constant4, device)]);
      }
      /** Runs all steps. On failure everything that the run made is freed. */
      run(bindings) {
        const slots = this.#bind(bindings);
        const device = this.#device;
        const loaded = this.#steps;
        const { steps } = this.plan;
        let i = 0;
        try {
          for (; i < loaded.length; i++) {
            loaded[i].run(slots, bindings.randomState);
            const { free: free2 } = steps[i];
            for (let k = 0; k < free2.length; k++) {
              const slot = free2[k];
              device.release(slots[slot]);
              slots[slot] = void 0;
            }
          }
        } catch (e) {
          this.#releaseValues(slots);
          throw this.#explain(e, i);
        }
        return this.#finish(slots);
      }
      /** Runs step by step and reports what each made. Abandoned midway, it frees what it made. */
      *steps(bindings) {
        const slots = this.#bind(bindings);
        let finished = false;
        try {
          for (let i = 0; i < this.#steps.length; i++) {
            try {
              this.#steps[i].run(slots, bindings.randomState);
            } catch (e) {
              throw this.#explain(e, i);
            }
            const { label, outputs, free: free2 } = this.plan.steps[i];
            yield { index: i, label, node: this.#nodes[i], outputs: outputs.map((value) => this.#readValue(slots, value)) };
            for (const slot of free2) {
              this.#device.release(slots[slot]);
              slots[slot] = void 0;
            }
          }
          finished = true;
          return this.#finish(slots);
        } finally {
          if (!finished) this.#releaseValues(slots);
        }
      }
      /** Runs all steps and looks at what each made. @throws NumericsError naming the first node that gave a value that is not finite */
      runChecked(bindings) {
        const run = this.steps(bindings);
        for (; ; ) {
          const next = run.next();
          if (next.done) return next.value;
          const { node, label, outputs } = next.value;
          for (const { data, dtype } of outputs) {
            if (dtype !== "float32") continue;
            const at = data.findIndex((v2) => !Number.isFinite(v2));
            if (at < 0) continue;
            run.return(void 0);
            const op = node === void 0 ? "" : ` (${node.op.name})`;
            throw new NumericsError(`'${label}'${op} gave ${data[at]} at element ${at}`, { node: label, site: node?.site });
          }
        }
      }
      dispose() {
        for (const [, buffer] of this.#constants) this.#device.release(buffer);
        for (const child of this.#children) child.dispose();
      }
      #bind({ feeds, variables }) {
        const { plan } = this;
        const slots = new Array(plan.slots.length);
        for (const [slot, buffer] of this.#constants) slots[slot] = buffer;
        for (let i = 0; i < plan.feeds.length; i++) slots[plan.feeds[i].slot] = feeds[i];
        for (let i = 0; i < plan.variables.length; i++) slots[plan.variables[i].slot] = variables[i];
        return slots;
      }
      #finish(slots) {
        const take = ({ slot }) => {
          const buffer = slots[slot];
          this.#device.retain(buffer);
          return buffer;
        };
        const finished = { outputs: this.plan.outputs.map(take), updates: this.plan.updates.map(take) };
        this.#releaseValues(slots);
        return finished;
      }
      /** Frees what a run has made and still holds. */
      #releaseValues(slots) {
        const made = this.plan.slots;
        for (let slot = 0; slot < made.length; slot++) {
          const buffer = made[slot].kind === "value" ? slots[slot] : void 0;
          if (buffer === void 0) continue;
          this.#device.release(buffer);
          slots[slot] = void 0;
        }
      }
      #readValue(slots, { slot, shape, dtype }) {
        return { data: this.#device.readSync(slots[slot], shape, dtype), shape, dtype };
      }
      #explain(error, index2) {
        if (error instanceof RetrographError && error.node !== void 0) return error;
        const Class = error instanceof RetrographError ? error.constructor : RetrographError;
        const step2 = this.plan.steps[index2];
        const node = this.#nodes[index2];
        const name = step2.kind === "kernel" ? step2.kernel : step2.kind;
        const shapes = step2.kind === "kernel" ? ` on ${step2.inputs.map((v2) => `${v2.dtype}[${v2.shape.join(", ")}]`).join(", ")}` : "";
        return new Class(`step ${index2}, ${name} ('${step2.label}')${shapes}, failed: ${error.message}`, {
          node: step2.label,
          site: node?.site,
          cause: error
        });
      }
    };
    KernelCall = class {
      step;
      kernel;
      tensors;
      inputs;
      constructor(step2, device) {
        const tensors = step2.inputs.map(({ shape, dtype }) => ({ dataId: NOWHERE, shape, dtype }));
        this.step = step2;
        this.kernel = device.kernel(step2.kernel);
        this.tensors = tensors;
        this.inputs = step2.names === void 0 ? tensors : named2(step2.names, tensors);
      }
      run(slots) {
        const { step: step2, tensors } = this;
        const { inputs, outputs } = step2;
        for (let i = 0; i < tensors.length; i++) tensors[i].dataId = slots[inputs[i].slot];
        const result = this.kernel(this.inputs, step2.attrs);
        if (Array.isArray(result)) {
          for (let k = 0; k < outputs.length; k++) slots[outputs[k].slot] = result[k].dataId;
        } else slots[outputs[0].slot] = result.dataId;
      }
    };
    NOWHERE = {};
    empty = ({ shape, dtype }, device) => device.upload(typedArrayOf(dtype, sizeOf(shape)), shape, dtype);
  }
});

// engine/sample.ts
var uniform, integers, bools, distinct, values, sample;
var init_sample = __esm({
  "engine/sample.ts"() {
    "use strict";
    uniform = /* @__NO_SIDE_EFFECTS__ */ (shape, low = -1, high = 1) => ({
      kind: "uniform",
      shape,
      low,
      high,
      dtype: "float32"
    });
    integers = /* @__NO_SIDE_EFFECTS__ */ (shape, low, high) => ({
      kind: "uniform",
      shape,
      low,
      high,
      dtype: "int32"
    });
    bools = /* @__NO_SIDE_EFFECTS__ */ (shape) => ({
      kind: "uniform",
      shape,
      low: 0,
      high: 2,
      dtype: "bool"
    });
    distinct = /* @__NO_SIDE_EFFECTS__ */ (shape, gap = 0.1) => ({
      kind: "distinct",
      shape,
      gap
    });
    values = /* @__NO_SIDE_EFFECTS__ */ (v2, dtype = "float32") => ({
      kind: "values",
      values: v2,
      dtype
    });
    sample = /* @__NO_SIDE_EFFECTS__ */ (inputs, options = {}) => ({
      inputs,
      ...options
    });
  }
});

// engine/index.ts
var init_engine = __esm({
  "engine/index.ts"() {
    "use strict";
    init_attr();
    init_context();
    init_graph();
    init_sym();
    init_gradients();
    init_dim();
    init_errors();
    init_initializer();
    init_op();
    init_fold_constants();
    init_legalize();
    init_pipeline();
    init_simplify();
    init_bind();
    init_plan();
    init_add_n();
    init_broadcast_to();
    init_cast();
    init_fill();
    init_reshape();
    init_select();
    init_sum();
    init_backend();
    init_executor();
    init_program();
    init_sample();
    init_scalar();
    init_slots();
    init_types();
  }
});

// backends/kernel-executable.ts
var KEPT_PLANS, keyOf, KernelExecutable;
var init_kernel_executable = __esm({
  "backends/kernel-executable.ts"() {
    "use strict";
    init_engine();
    KEPT_PLANS = 8;
    keyOf = (dims) => {
      let key = "";
      for (const name of Object.keys(dims).sort()) key += `${name}=${dims[name]};`;
      return key;
    };
    KernelExecutable = class {
      #program;
      #target;
      #device;
      #executors = /* @__PURE__ */ new Map();
      #lastKey;
      #last;
      constructor(program, target, device) {
        this.#program = program;
        this.#target = target;
        this.#device = device;
      }
      bind(dims) {
        this.#executor(dims);
      }
      plan(dims) {
        return this.#executor(dims).plan;
      }
      run(request) {
        const executor = this.#executor(request.dims);
        const { bindings, release } = this.#bindings(executor.plan, request);
        let finished;
        try {
          finished = request.checkNumerics ? executor.runChecked(bindings) : executor.run(bindings);
        } finally {
          release();
        }
        return this.#commit(executor.plan, finished, request);
      }
      *steps(request) {
        const executor = this.#executor(request.dims);
        const { bindings, release } = this.#bindings(executor.plan, request);
        try {
          const finished = yield* executor.steps(bindings);
          this.#commit(executor.plan, finished, { ...request, outputs: [] }).readSync();
        } finally {
          release();
        }
      }
      dispose() {
        for (const executor of this.#executors.values()) executor.dispose();
        this.#executors.clear();
        this.#lastKey = this.#last = void 0;
      }
      #executor(dims) {
        const key = keyOf(dims);
        if (key === this.#lastKey) return this.#last;
        let executor = this.#executors.get(key);
        if (executor === void 0) {
          const { plan, nodes } = this.#makePlan(dims);
          executor = new Executor(plan, this.#device, nodes);
        } else {
          this.#executors.delete(key);
        }
        this.#executors.set(key, executor);
        if (this.#executors.size > KEPT_PLANS) {
          const [oldest, evicted] = this.#executors.entries().next().value;
          this.#executors.delete(oldest);
          evicted.dispose();
        }
        this.#lastKey = key;
        this.#last = executor;
        return executor;
      }
      #makePlan(dims) {
        const bound2 = bindDims(this.#program, dims);
        const legal = legalizeBound(bound2, this.#target);
        return makePlan(
          legal === this.#program ? legal : foldConstants(simplifyLegal(legal, this.#target, [...this.#target.rules, ...this.#target.boundRules]))
        );
      }
      #bindings(plan, { feeds, store, randomState: randomState2 }) {
        const owned = [];
        const device = this.#device;
        const release = () => {
          for (const buffer of owned) device.release(buffer);
        };
        try {
          const feedBuffers = plan.feeds.map(({ name, shape, dtype }) => {
            const value = feeds[name];
            const own2 = "data" in value && ArrayBuffer.isView(value.data) ? void 0 : device.bufferOf(value);
            if (own2 !== void 0) return own2;
            const data = "data" in value && ArrayBuffer.isView(value.data) ? value.data : device.toHost(value);
            const buffer = device.upload(data, shape, dtype);
            owned.push(buffer);
            return buffer;
          });
          const variables = plan.variables.map(({ name }) => store.buffer(name));
          return { bindings: { feeds: feedBuffers, variables, randomState: randomState2 }, release };
        } catch (e) {
          release();
          throw e;
        }
      }
      #commit(plan, finished, request) {
        const device = this.#device;
        const store = request.store;
        let updated = 0;
        try {
          request.beforeUpdates();
          for (; updated < plan.updates.length; updated++)
            store.replace(plan.updates[updated].name, finished.updates[updated]);
        } catch (e) {
          for (const buffer of finished.updates.slice(updated)) device.release(buffer);
          for (const buffer of finished.outputs) device.release(buffer);
          throw e;
        }
        const wanted = new Set(request.outputs);
        plan.outputs.forEach(({ name }, i) => {
          if (!wanted.has(name)) device.release(finished.outputs[i]);
        });
        const outputs = plan.outputs.map((value, i) => ({ ...value, buffer: finished.outputs[i] })).filter(({ name }) => wanted.has(name));
        if (request.as === "device") {
          const values2 = Object.fromEntries(
            outputs.map(({ name, buffer, shape, dtype }) => [name, device.give(buffer, shape, dtype)])
          );
          return { read: async () => values2, readSync: () => values2 };
        }
        const freeing = (value) => {
          for (const { buffer } of outputs) device.release(buffer);
          return value;
        };
        return {
          read: async () => {
            try {
              const read = await Promise.all(
                outputs.map(
                  async ({ name, buffer, shape, dtype }) => [name, { data: await device.read(buffer, shape, dtype), shape, dtype }]
                )
              );
              return Object.fromEntries(read);
            } finally {
              freeing(void 0);
            }
          },
          readSync: () => {
            try {
              return Object.fromEntries(
                outputs.map(({ name, buffer, shape, dtype }) => [
                  name,
                  { data: device.readSync(buffer, shape, dtype), shape, dtype }
                ])
              );
            } finally {
              freeing(void 0);
            }
          }
        };
      }
    };
  }
});

// backends/kernel-store.ts
var KernelStore;
var init_kernel_store = __esm({
  "backends/kernel-store.ts"() {
    "use strict";
    init_engine();
    KernelStore = class {
      #device;
      #entries = /* @__PURE__ */ new Map();
      constructor(device) {
        this.#device = device;
      }
      has(name) {
        return this.#entries.has(name);
      }
      set(name, { data, shape, dtype }) {
        this.#put(name, { buffer: this.#device.upload(data, shape, dtype), shape, dtype });
      }
      async get(name) {
        const { buffer, shape, dtype } = this.#entry(name);
        return { data: await this.#device.read(buffer, shape, dtype), shape, dtype };
      }
      getSync(name) {
        const { buffer, shape, dtype } = this.#entry(name);
        return { data: this.#device.readSync(buffer, shape, dtype), shape, dtype };
      }
      delete(name) {
        const entry = this.#entries.get(name);
        this.#entries.delete(name);
        if (entry !== void 0) this.#device.release(entry.buffer);
      }
      dispose() {
        for (const name of [...this.#entries.keys()]) this.delete(name);
      }
      /** The buffer that holds a variable now. */
      buffer(name) {
        return this.#entry(name).buffer;
      }
      /** Points a variable at another buffer of its type, whose ownership passes to the store. */
      replace(name, buffer) {
        const { shape, dtype } = this.#entry(name);
        this.#device.setShape(buffer, shape);
        this.#put(name, { buffer, shape, dtype });
      }
      #put(name, entry) {
        const old = this.#entries.get(name);
        this.#entries.set(name, entry);
        if (old !== void 0) this.#device.release(old.buffer);
      }
      #entry(name) {
        const entry = this.#entries.get(name);
        if (entry === void 0) throw new VariableError(`there is no variable '${name}' in this store`);
        return entry;
      }
    };
  }
});

// ops/shape/axis.ts
function toAxis(axis, rank) {
  const at = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= rank) throw new ShapeError(`axis ${axis} of a value of rank ${rank}`);
  return at;
}
function toAxes(axes, rank) {
  if (axes === null || axes === void 0) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axes === "number" ? [axes] : axes;
  const sorted = list.map((axis) => toAxis(axis, rank)).sort((a, b) => a - b);
  if (new Set(sorted).size < sorted.length)
    throw new ShapeError(`axes [${list.join(", ")}] of a value of rank ${rank}`);
  return sorted;
}
function requireSameShape(a, b, what, except = -1) {
  if (a.length !== b.length) throw new ShapeError(`${what} have ${a.length} and ${b.length} dimensions`);
  for (const [i, d] of a.entries()) if (i !== except) requireEqual(d, b[i], `dimension ${i} of ${what}`);
}
var withItem;
var init_axis = __esm({
  "ops/shape/axis.ts"() {
    "use strict";
    init_engine();
    withItem = (list, at, item) => list.map((old, i) => i === at ? item : old);
  }
});

// ops/shape/pad.ts
function pad(x, paddings, constantValue = 0) {
  const sym = lift(x);
  if (sym.rank === 0) throw new ShapeError("pad: a scalar has no sides");
  const pairs = paddings.map(([before, after]) => [toDim(before), toDim(after)]);
  return PadV2.node({ x: sym }, { paddings: pairs, constantValue });
}
var padded, PadV2, samples;
var init_pad = __esm({
  "ops/shape/pad.ts"() {
    "use strict";
    init_engine();
    init_slice();
    padded = (shape, paddings) => shape.map((d, i) => dim.add(dim.add(paddings[i][0], d), paddings[i][1]));
    PadV2 = defineOp({
      name: "PadV2",
      inputs: ["x"],
      attrs: { paddings: attr.pairs(), constantValue: attr.number(0) },
      infer: ({ x }, { paddings }) => {
        if (paddings.length !== x.shape.length)
          throw new ShapeError(`${paddings.length} pairs for ${x.shape.length} dimensions`);
        return [{ dtype: x.dtype, shape: padded(x.shape, paddings) }];
      },
      lowering: [{ kind: "kernel" }],
      simplify: ({ x }, { paddings, constantValue }) => {
        if (paddings.every(([before, after]) => before === 0 && after === 0)) return x;
        return constantValue === 0 && isZeroCotangent(x) ? zeroCotangent({ dtype: x.dtype, shape: padded(x.shape, paddings) }) : void 0;
      },
      gradient: {
        x: ({ x }, { dy, attrs }) => slice(
          dy,
          attrs.paddings.map(([before]) => before),
          x.shape
        )
      }
    });
    samples = [
      sample(
        { x: uniform(["$n", 3]) },
        {
          attrs: {
            paddings: [
              [0, 0],
              [1, 2]
            ]
          }
        }
      ),
      sample(
        { x: uniform(["$n", 3]) },
        {
          attrs: {
            paddings: [
              [2, 1],
              [0, 0]
            ]
          },
          note: "the unknown axis"
        }
      ),
      sample(
        { x: uniform([2, 1, 3]) },
        {
          attrs: {
            paddings: [
              [1, 0],
              [0, 2],
              [1, 1]
            ],
            constantValue: -1.5
          }
        }
      ),
      sample({ x: uniform([4]) }, { attrs: { paddings: [[0, 0]] }, note: "nothing added" }),
      sample(
        { x: uniform([0, 2]) },
        {
          attrs: {
            paddings: [
              [1, 1],
              [0, 1]
            ],
            constantValue: 3
          },
          note: "zero elements"
        }
      ),
      sample(
        { x: integers([2, 2], -5, 5) },
        {
          attrs: {
            paddings: [
              [1, 0],
              [0, 1]
            ],
            constantValue: 7
          },
          notDifferentiable: "integers"
        }
      ),
      sample(
        { x: bools([2, 2]) },
        {
          attrs: {
            paddings: [
              [1, 0],
              [0, 1]
            ]
          },
          notDifferentiable: "bools"
        }
      )
    ];
  }
});

// ops/shape/refill.ts
function refill(x, shape) {
  if (x.node.op !== Fill) return void 0;
  const { value, dtype, cotangent } = x.node.attrs;
  return Fill.node({}, { shape, value, dtype, cotangent });
}
var init_refill = __esm({
  "ops/shape/refill.ts"() {
    "use strict";
    init_engine();
  }
});

// ops/shape/slice.ts
function slice(x, begin, size) {
  const sym = lift(x);
  const from = toList(begin);
  const sizes = size === void 0 ? [] : toList(size);
  if (sym.rank === 0) throw new ShapeError("slice: a scalar has no parts");
  if (Math.max(from.length, sizes.length) > sym.rank)
    throw new ShapeError(`slice: more entries than ${sym.rank} dimensions`);
  const starts = sym.shape.map((_, i) => toDim(from[i] ?? 0));
  const extents = sym.shape.map((d, i) => {
    const given = sizes[i] ?? -1;
    return given === -1 ? dim.sub(d, starts[i]) : toDim(given);
  });
  return Slice.node({ x: sym }, { begin: starts, size: extents });
}
var Slice, toList, samples2;
var init_slice = __esm({
  "ops/shape/slice.ts"() {
    "use strict";
    init_engine();
    init_pad();
    init_refill();
    Slice = defineOp({
      name: "Slice",
      inputs: ["x"],
      attrs: { begin: attr.shape(), size: attr.shape() },
      infer: ({ x }, { begin, size }) => {
        if (begin.length !== x.shape.length || size.length !== x.shape.length) {
          throw new ShapeError(
            `begin and size have ${begin.length} and ${size.length} entries, x ${x.shape.length} dimensions`
          );
        }
        for (const [i, d] of x.shape.entries()) {
          requireAtLeast(d, dim.add(begin[i], size[i]), `dimension ${i} and the end of the slice`);
          if (typeof size[i] !== "number") requireAtLeast(size[i], 0, `the slice's dimension ${i}`);
        }
        return [{ dtype: x.dtype, shape: size }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { linear: ["x"] },
      simplify: ({ x }, { begin, size }) => {
        if (begin.every((b) => b === 0) && sameShape(x.shape, size)) return x;
        if (x.node.op !== Slice) return refill(x, size);
        const outer = x.node.attrs.begin;
        return slice(
          x.node.inputs[0],
          begin.map((b, i) => dim.add(b, outer[i])),
          size
        );
      },
      gradient: {
        x: ({ x }, { dy, attrs: { begin, size } }) => pad(
          dy,
          begin.map((b, i) => [b, dim.sub(dim.sub(x.shape[i], b), size[i])])
        )
      }
    });
    toList = (v2) => Array.isArray(v2) ? v2 : [v2];
    samples2 = [
      sample(
        { x: uniform(["$n", 4]) },
        { build: ({ x }) => slice(x, [0, 1], [-1, 2]), reference: (tf2, [x]) => tf2.slice(x, [0, 1], [-1, 2]) }
      ),
      sample(
        { x: uniform(["$n", 4]) },
        { build: ({ x }) => slice(x, 1), reference: (tf2, [x]) => tf2.slice(x, 1), note: "the unknown axis, from 1 on" }
      ),
      sample({ x: uniform([3, 4, 2]) }, { attrs: { begin: [1, 0, 1], size: [2, 3, 1] } }),
      sample({ x: uniform([5]) }, { attrs: { begin: [0], size: [5] }, note: "all of it" }),
      sample({ x: uniform([3, 4]) }, { attrs: { begin: [1, 2], size: [0, 2] }, note: "zero elements" }),
      sample(
        { x: uniform([6, 2]) },
        {
          build: ({ x }) => slice(slice(x, [1, 0], [4, 2]), [2, 1]),
          reference: (tf2, [x]) => tf2.slice(x, [3, 1], [2, 1]),
          note: "a slice of a slice"
        }
      ),
      sample({ x: integers([4, 3], -5, 5) }, { attrs: { begin: [1, 1], size: [2, 2] }, notDifferentiable: "integers" }),
      sample({ x: bools([4, 3]) }, { attrs: { begin: [1, 1], size: [2, 2] }, notDifferentiable: "bools" })
    ];
  }
});

// ops/shape/concat.ts
function concat(tensors, axis = 0) {
  const parts2 = tensors.map((x) => lift(x));
  const [first] = parts2;
  if (first === void 0) throw new ShapeError("concat: nothing to join");
  const dtype = parts2.map((x) => x.dtype).reduce(upcast);
  return Concat.node({ inputs: parts2.map((x) => cast2(x, dtype)) }, { axis: toAxis(axis, first.rank) });
}
var along, Concat, parts, samples3;
var init_concat = __esm({
  "ops/shape/concat.ts"() {
    "use strict";
    init_engine();
    init_axis();
    init_slice();
    along = (inputs, axis) => inputs.map((x) => x.shape[axis]).reduce((total2, d) => dim.add(total2, d));
    Concat = defineOp({
      name: "Concat",
      inputs: ["...inputs"],
      attrs: { axis: attr.int() },
      infer: ({ inputs }, { axis }) => {
        const [first] = inputs;
        if (first === void 0) throw new ShapeError("nothing to join");
        const { dtype, shape } = first;
        toAxis(axis, shape.length);
        for (const x of inputs) {
          if (x.dtype !== dtype) throw new DTypeError(`parts of ${dtype} and ${x.dtype}`);
          requireSameShape(shape, x.shape, "the parts", axis);
        }
        return [{ dtype, shape: withItem(shape, axis, along(inputs, axis)) }];
      },
      lowering: [{ kind: "kernel" }],
      simplify: ({ inputs }, { axis }) => {
        if (inputs.length === 1) return inputs[0];
        const [{ dtype, shape }] = inputs;
        if (inputs.every(isZeroCotangent))
          return zeroCotangent({ dtype, shape: withItem(shape, axis, along(inputs, axis)) });
        const full = inputs.filter((x) => x.shape[axis] !== 0);
        return full.length > 0 && full.length < inputs.length ? concat(full, axis) : void 0;
      },
      gradient: {
        inputs: ({ inputs }, { dy, attrs: { axis } }) => {
          let at = 0;
          return inputs.map((x) => {
            const begin = x.shape.map((_, i) => i === axis ? at : 0);
            at = dim.add(at, x.shape[axis]);
            return slice(dy, begin, x.shape);
          });
        }
      }
    });
    parts = (...shapes) => ({
      inputs: shapes.map((s) => uniform(s))
    });
    samples3 = [
      sample(parts(["$n", 2], ["$n", 3]), { attrs: { axis: 1 } }),
      sample(parts(["$n", 2], ["$m", 2], [1, 2]), { attrs: { axis: 0 }, note: "unknown sizes that differ" }),
      sample(parts([2, 1, 3], [2, 2, 3], [2, 0, 3]), {
        attrs: { axis: 1 },
        note: "an inner axis, and a part without elements"
      }),
      sample(parts([3]), { attrs: { axis: 0 }, note: "one part" }),
      sample(
        { a: uniform([2, 2]), b: integers([2, 1], -5, 5) },
        {
          build: ({ a, b }) => concat([a, b], -1),
          reference: (tf2, [a, b]) => tf2.concat([a, tf2.cast(b, "float32")], -1),
          note: "a negative axis, and an integer that is cast"
        }
      ),
      sample(
        { inputs: [integers([2, 2], -5, 5), integers([1, 2], -5, 5)] },
        { attrs: { axis: 0 }, notDifferentiable: "integers" }
      ),
      sample({ inputs: [bools([2, 2]), bools([2, 1])] }, { attrs: { axis: 1 }, notDifferentiable: "bools" })
    ];
  }
});

// ops/shape/tile.ts
function sumOfCopies(y, shape, reps) {
  return reps.reduce((rest, copies, i) => {
    if (copies === 1) return rest;
    const before = rest.shape.slice(0, i);
    const after = [shape[i], ...rest.shape.slice(i + 1)];
    return reshape(sumAxes(reshape(rest, [product(before), copies, product(after)]), [1]), [...before, ...after]);
  }, y);
}
function tile(x, reps) {
  return Tile.node({ x: lift(x) }, { reps: toShape(reps) });
}
var tiled, Tile, samples4;
var init_tile = __esm({
  "ops/shape/tile.ts"() {
    "use strict";
    init_engine();
    init_refill();
    tiled = (shape, reps) => shape.map((d, i) => dim.mul(d, reps[i]));
    Tile = defineOp({
      name: "Tile",
      inputs: ["x"],
      attrs: { reps: attr.shape() },
      infer: ({ x }, { reps }) => {
        if (reps.length !== x.shape.length) throw new ShapeError(`${reps.length} counts for ${x.shape.length} dimensions`);
        return [{ dtype: x.dtype, shape: tiled(x.shape, reps) }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { linear: ["x"] },
      simplify: ({ x }, { reps }) => reps.every((r) => r === 1) ? x : refill(x, tiled(x.shape, reps)),
      gradient: { x: ({ x }, { dy, attrs }) => sumOfCopies(dy, x.shape, attrs.reps) }
    });
    samples4 = [
      sample({ x: uniform(["$n", 3]) }, { attrs: { reps: [1, 2] } }),
      sample({ x: uniform(["$n", 3]) }, { attrs: { reps: [2, 1] }, note: "the unknown axis" }),
      sample({ x: uniform([2, 1, 3]) }, { attrs: { reps: [2, 4, 3] } }),
      sample({ x: uniform([4]) }, { attrs: { reps: [3] } }),
      sample({ x: uniform([2, 3]) }, { attrs: { reps: [1, 1] }, note: "one copy" }),
      sample(
        { x: uniform([2, 3]) },
        { attrs: { reps: [2, 0] }, note: "no copies", tfGradIsWrong: "throws without copies" }
      ),
      sample({ x: uniform([0, 3]) }, { attrs: { reps: [2, 2] }, note: "zero elements" }),
      sample(
        { x: uniform([1, 2, 1, 2, 2]) },
        { attrs: { reps: [2, 1, 2, 2, 1] }, note: "five axes", tfGradIsWrong: "throws above four axes" }
      ),
      sample({ x: integers([2, 2], -5, 5) }, { attrs: { reps: [2, 2] }, notDifferentiable: "integers" }),
      sample({ x: bools([2, 2]) }, { attrs: { reps: [1, 3] }, notDifferentiable: "bools" })
    ];
  }
});

// backends/rules.ts
function byTile({ inputs, outputs }) {
  const [x] = inputs;
  const { shape } = outputs[0];
  const padded2 = [...shape.slice(0, shape.length - x.shape.length).map(() => 1), ...x.shape];
  const copies = shape.map((d, i) => padded2[i] === d ? 1 : d);
  return copies.every((n) => n === 1) ? reshape(x, shape) : tile(reshape(x, padded2), copies);
}
var MAX_TERMS, commonRules, isEmpty, OF_NOTHING, boundRules;
var init_rules = __esm({
  "backends/rules.ts"() {
    "use strict";
    init_engine();
    init_concat();
    init_tile();
    MAX_TERMS = 8;
    commonRules = [
      {
        name: "select-broadcasts-its-operands",
        reason: "tfjs's Select takes operands of one shape",
        op: "Select",
        rewrite: ({ inputs, outputs }) => {
          const { shape } = outputs[0];
          if (inputs.every((s) => sameShape(s.shape, shape))) return void 0;
          const [condition, t, e] = inputs.map((s) => broadcastTo(s, shape));
          return select2(condition, t, e);
        }
      },
      {
        name: "add-n-in-groups",
        reason: "a value used thousands of times would keep thousands of terms alive for one call",
        op: "AddN",
        rewrite: ({ inputs }) => {
          if (inputs.length <= MAX_TERMS) return void 0;
          let total2 = addN(inputs.slice(0, MAX_TERMS));
          for (let i = MAX_TERMS; i < inputs.length; i += MAX_TERMS - 1)
            total2 = addN([total2, ...inputs.slice(i, i + MAX_TERMS - 1)]);
          return total2;
        }
      }
    ];
    isEmpty = (s) => isStatic(s.shape) && sizeOf(s.shape) === 0;
    OF_NOTHING = {
      Sum: 0,
      Prod: 1,
      Any: 0,
      All: 1,
      Mean: Number.NaN,
      Max: -Infinity,
      Min: Infinity,
      BatchMatMul: 0,
      UnsortedSegmentSum: 0
    };
    boundRules = [
      {
        name: "nothing-to-compute",
        reason: "kernels given zero elements read uninitialised memory, or fail",
        rewrite: (node) => needsKernel(node) && node.outputs.every(isEmpty) ? node.outputs.map(({ shape, dtype }) => fill2(shape, 0, dtype)) : void 0
      },
      {
        name: "reduction-of-nothing",
        reason: "wasm returns uninitialised memory for it",
        rewrite: (node) => {
          const value = OF_NOTHING[node.op.name];
          return value !== void 0 && node.inputs.some(isEmpty) ? node.outputs.map(({ shape, dtype }) => fill2(shape, value, dtype)) : void 0;
        }
      },
      {
        name: "concat-without-the-empty",
        reason: "zero-size inputs add nothing, and kernels differ about them",
        op: "Concat",
        rewrite: ({ inputs, attrs }) => {
          const full = inputs.filter((s) => !isEmpty(s));
          if (full.length === inputs.length || full.length === 0) return void 0;
          return full.length === 1 ? full[0] : concat(full, attrs.axis);
        }
      },
      {
        name: "pad-of-nothing",
        reason: "there is nothing to copy",
        op: "PadV2",
        rewrite: ({ inputs, outputs, attrs }) => isEmpty(inputs[0]) ? fill2(outputs[0].shape, attrs.constantValue, outputs[0].dtype) : void 0
      },
      {
        name: "broadcast-by-tile",
        reason: "cpu, wasm and webgl have no BroadcastTo",
        op: "BroadcastTo",
        rewrite: (node) => byTile(node)
      }
    ];
  }
});

// backends/tfjs.ts
import * as tf from "@tensorflow/tfjs-core";
var TfjsBackend, INDEXED, withIndexErrors, TfjsDevice;
var init_tfjs = __esm({
  "backends/tfjs.ts"() {
    "use strict";
    init_engine();
    init_kernel_executable();
    init_kernel_store();
    init_rules();
    TfjsBackend = class {
      name;
      synchronous;
      target;
      #options;
      #tfjs;
      #kernels = /* @__PURE__ */ new Map();
      #device;
      #starting;
      constructor(options) {
        this.name = options.name;
        this.synchronous = options.synchronous;
        this.#options = options;
        this.#tfjs = options.tfjs ?? tf;
        this.target = {
          name: options.name,
          supports: (node) => !needsKernel(node) || node.op.name === "BroadcastTo" || this.#kernels.has(node.op.name) && options.computes(node),
          rules: [...options.rules, ...commonRules],
          boundRules: [...options.boundRules ?? [], ...boundRules],
          fusions: options.fusions ?? []
        };
      }
      availability() {
        return this.#options.availability();
      }
      get ready() {
        return this.#device !== void 0;
      }
      start() {
        this.#starting ??= this.#start().catch((e) => {
          this.#starting = void 0;
          throw e;
        });
        return this.#starting;
      }
      async #start() {
        const availability = await this.availability();
        if (!availability.available)
          throw new BackendError(`the backend '${this.name}' is not available: ${availability.reason}`);
        const { around = (start) => start() } = this.#options;
        try {
          await around(() => this.#load());
        } catch (e) {
          throw e instanceof BackendError ? e : new BackendError(`the backend '${this.name}' did not start: ${e.message}`, { cause: e });
        }
      }
      async #load() {
        await this.#options.load();
        const backend = await this.#instance();
        Object.assign(backend, { firstUse: false });
        const kernels = this.#tfjs.getKernelsForBackend(this.name);
        for (const kernel of kernels) kernel.setupFunc?.(backend);
        this.#kernels = new Map(kernels.map((k) => [k.kernelName, k]));
        this.#device = new TfjsDevice(backend, this.#kernels, this.#engine(), this.#options);
      }
      /** tfjs's own instance, without making it tfjs's current backend. */
      async #instance() {
        const engine = this.#engine();
        if (engine.registry[this.name] === void 0) {
          const { success } = engine.initializeBackend(this.name);
          if (!await success) throw new BackendError(`tfjs could not initialise the backend '${this.name}'`);
        }
        return engine.registry[this.name];
      }
      #engine() {
        return this.#tfjs.engine();
      }
      /** The started device. @throws BackendError */
      get device() {
        if (this.#device === void 0)
          throw new BackendError(`the backend '${this.name}' has not started; await its start()`);
        return this.#device;
      }
      openStore() {
        return new KernelStore(this.device);
      }
      prepare(program) {
        return new KernelExecutable(program, this.target, this.device);
      }
      memory() {
        const backend = this.#engine().registry[this.name];
        return backend === void 0 ? { buffers: 0, bytes: 0 } : { buffers: backend.numDataIds(), bytes: this.#options.bytes?.(backend) ?? 0 };
      }
    };
    INDEXED = /* @__PURE__ */ new Set(["GatherV2", "GatherNd", "ScatterNd"]);
    withIndexErrors = (kernel) => (inputs, attrs) => {
      try {
        return kernel(inputs, attrs);
      } catch (e) {
        throw e instanceof IndexError ? e : new IndexError(e.message, { cause: e });
      }
    };
    TfjsDevice = class {
      #backend;
      #kernels;
      #engine;
      #options;
      /** Kernels in use, by name. */
      #wrapped = /* @__PURE__ */ new Map();
      constructor(backend, kernels, engine, options) {
        this.#backend = backend;
        this.#kernels = kernels;
        this.#engine = engine;
        this.#options = options;
      }
      kernel(name) {
        let kernel = this.#wrapped.get(name);
        if (kernel === void 0) {
          kernel = this.#wrap(name);
          this.#wrapped.set(name, kernel);
        }
        return kernel;
      }
      #wrap(name) {
        const config = this.#kernels.get(name);
        if (config === void 0) throw new UnsupportedOpError(`${this.#options.name} has no kernel '${name}'`);
        const backend = this.#backend;
        const call2 = config.kernelFunc;
        const kernel = (inputs, attrs) => call2({ inputs, attrs, backend });
        const wrapped = this.#options.wrapKernel?.(name, kernel, backend) ?? kernel;
        return INDEXED.has(name) ? withIndexErrors(wrapped) : wrapped;
      }
      upload(data, shape, dtype) {
        return this.#backend.write(
          this.#options.aliasesArrays ? data.slice() : data,
          shape,
          dtype
        );
      }
      async read(buffer, _shape, dtype) {
        return this.#typed(await this.#backend.read(buffer), dtype);
      }
      readSync(buffer, _shape, dtype) {
        return this.#typed(this.#backend.readSync(buffer), dtype);
      }
      #typed(values2, dtype) {
        const data = values2;
        if (dtype === "bool" && !(data instanceof Uint8Array)) return Uint8Array.from(data);
        return this.#options.aliasesArrays ? data.slice() : data;
      }
      retain(buffer) {
        this.#backend.incRef(buffer);
      }
      release(buffer) {
        this.#backend.disposeData(buffer);
      }
      bufferOf(value) {
        const { dataId } = value;
        return dataId !== void 0 && this.#engine.state.tensorInfo.get(dataId)?.backend === this.#backend ? dataId : void 0;
      }
      setShape(buffer, shape) {
        const entry = this.#backend.dataIdMap?.get(
          buffer
        );
        if (entry !== void 0) entry.shape = shape;
      }
      toHost(value) {
        const tensor = value;
        if (typeof tensor.dataSync !== "function")
          throw new FeedError(
            `a value that lives on another backend than '${this.#options.name}' cannot be fed; read it first`
          );
        return tensor.dataSync();
      }
      give(buffer, shape, dtype) {
        return this.#engine.makeTensorFromTensorInfo(
          { dataId: buffer, shape, dtype },
          this.#backend
        );
      }
    };
  }
});

// backends/wasm/capabilities.ts
var floatOnly, intOnly, CHECKS, computes;
var init_capabilities = __esm({
  "backends/wasm/capabilities.ts"() {
    "use strict";
    init_engine();
    floatOnly = ({ inputs }) => inputs.every((s) => s.dtype === "float32");
    intOnly = ({ inputs }) => inputs.every((s) => s.dtype === "int32");
    CHECKS = {
      // wrong values for int32
      ClipByValue: floatOnly,
      // reads beyond its inputs for more than one batch dimension
      GatherV2: ({ attrs }) => attrs.batchDims < 2,
      // writes ints whatever the dtype, and outside of its output for an index out of range
      OneHot: () => false,
      // gives float32 for float32, where tf gives int32
      FloorDiv: intOnly,
      // wrong values for an alpha that is broadcast
      Prelu: ({ inputs }) => sameShape(inputs[0].shape, inputs[1].shape)
    };
    computes = (node) => CHECKS[node.op.name]?.(node) ?? true;
  }
});

// backends/wasm/checked-kernels.ts
function withCheckedIndices(name, kernel, backend) {
  const limits = LIMITS[name];
  if (limits === void 0) return kernel;
  return (inputs, attrs) => {
    const named3 = inputs;
    const { dataId, shape } = named3.indices;
    const columns = shape.at(-1) ?? 1;
    requireInRange(name, backend.readSync(dataId), columns, limits(named3, attrs));
    return kernel(inputs, attrs);
  };
}
function requireInRange(name, indices, columns, limits) {
  for (let i = 0; i < indices.length; i++) {
    const limit = limits[i % columns];
    if (indices[i] < 0 || indices[i] >= limit) {
      throw new IndexError(`${name}: the index ${indices[i]} is not in [0, ${limit - 1}]`);
    }
  }
}
var LIMITS;
var init_checked_kernels = __esm({
  "backends/wasm/checked-kernels.ts"() {
    "use strict";
    init_engine();
    LIMITS = {
      GatherNd: ({ params }) => params.shape,
      ScatterNd: (_inputs, { shape }) => shape
    };
  }
});

// backends/wasm/heap.ts
function floatsOf(backend, { dataId, shape }) {
  const { wasm: wasm2, dataIdMap } = backend;
  return new Float32Array(wasm2.HEAPU8.buffer, dataIdMap.get(dataId).memoryOffset, sizeOf(shape));
}
var outputOf, heapSize;
var init_heap = __esm({
  "backends/wasm/heap.ts"() {
    "use strict";
    init_engine();
    outputOf = (backend, shape) => backend.makeOutput(shape, "float32");
    heapSize = (backend) => backend.wasm.HEAPU8.length;
  }
});

// backends/wasm/exact-kernels.ts
function withExactKernels(name, kernel, backend) {
  const f = FUNCTIONS[name];
  if (f === void 0) return kernel;
  return (inputs, attrs) => {
    const { x } = inputs;
    if (x.dtype !== "float32") return kernel(inputs, attrs);
    const out = outputOf(backend, x.shape);
    const to = floatsOf(backend, out);
    const from = floatsOf(backend, x);
    for (let i = 0; i < from.length; i++) to[i] = f(from[i]);
    return out;
  };
}
var FUNCTIONS;
var init_exact_kernels = __esm({
  "backends/wasm/exact-kernels.ts"() {
    "use strict";
    init_heap();
    FUNCTIONS = {
      Log1p: Math.log1p,
      // as the reference evaluator: the sign of NaN is 0
      Sign: (x) => x > 0 ? 1 : x < 0 ? -1 : 0,
      Sin: Math.sin
    };
  }
});

// backends/wasm/matrix-views.ts
function withMatrixViews(name, kernel, backend) {
  if (!PRODUCTS.includes(name)) return kernel;
  return (inputs, attrs) => {
    const { b } = inputs;
    const rows = b.shape.at(-2);
    const before = PREPARED.get(b.dataId);
    if (before === void 0) PREPARED.set(b.dataId, rows);
    if (before === void 0 || before === rows) return kernel(inputs, attrs);
    const copy2 = outputOf(backend, b.shape);
    floatsOf(backend, copy2).set(floatsOf(backend, b));
    try {
      return kernel({ ...inputs, b: copy2 }, attrs);
    } finally {
      backend.disposeData(copy2.dataId);
    }
  };
}
var PRODUCTS, PREPARED;
var init_matrix_views = __esm({
  "backends/wasm/matrix-views.ts"() {
    "use strict";
    init_heap();
    PRODUCTS = ["BatchMatMul", "_FusedMatMul"];
    PREPARED = /* @__PURE__ */ new WeakMap();
  }
});

// ops/elementwise/binary.ts
function inferBinary(a, b, allowed, result) {
  if (a.dtype !== b.dtype) throw new DTypeError(`operands of ${a.dtype} and ${b.dtype}`);
  if (allowed?.includes(a.dtype) === false) throw new DTypeError(`operands of ${a.dtype}, not ${allowed.join(" or ")}`);
  return [{ dtype: result ?? a.dtype, shape: broadcastShapes(a.shape, b.shape) }];
}
function binary2(op, a, b, atLeast = "bool") {
  const x = lift(a);
  const y = lift(b);
  const dtype = upcast(atLeast, upcast(x.dtype, y.dtype));
  return op.node({ a: cast2(x, dtype), b: cast2(y, dtype) });
}
var init_binary = __esm({
  "ops/elementwise/binary.ts"() {
    "use strict";
    init_engine();
  }
});

// ops/elementwise/unary.ts
function inferUnary(x, allowed = ["float32"]) {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(" or ")}`);
  return [{ dtype: x.dtype, shape: x.shape }];
}
function float2(x) {
  const sym = lift(x);
  return isIntegral(sym) ? cast2(sym, "float32") : sym;
}
function unarySamples(low, high, options = {}) {
  return [
    sample({ x: uniform(["$n", 3], low, high) }, options),
    sample({ x: uniform([], low, high) }, options),
    sample({ x: uniform([0, 2], low, high) }, { ...options, note: "zero elements" })
  ];
}
var isIntegral;
var init_unary = __esm({
  "ops/elementwise/unary.ts"() {
    "use strict";
    init_engine();
    isIntegral = ({ dtype }) => dtype === "int32" || dtype === "bool";
  }
});

// ops/comparison/comparison.ts
var inferComparison, logical, notDifferentiable, comparisonSamples, logicalSamples;
var init_comparison = __esm({
  "ops/comparison/comparison.ts"() {
    "use strict";
    init_engine();
    init_binary();
    inferComparison = (a, b, allowed) => inferBinary(a, b, allowed, "bool");
    logical = (op, a, b) => op.node({ a: lift(a, "bool"), b: lift(b, "bool") });
    notDifferentiable = "a bool result";
    comparisonSamples = [
      sample({ a: uniform(["$n", 3]), b: uniform(["$n", 3]) }, { notDifferentiable }),
      sample(
        {
          a: values([
            [-1, 0, 2],
            [1, 5, -3]
          ]),
          b: values([-1, 1, 2])
        },
        { notDifferentiable, note: "a row; equal values" }
      ),
      sample({ a: integers(["$n", 3], -2, 2), b: integers([], -2, 2) }, { notDifferentiable, note: "integers, a scalar" }),
      sample({ a: integers([2, 1, 3], -2, 2), b: integers([4, 1], -2, 2) }, { notDifferentiable, note: "both broadcast" }),
      sample(
        { a: values([NaN, NaN, 1, Infinity]), b: values([NaN, 1, NaN, Infinity]) },
        { notDifferentiable, note: "NaN and Infinity" }
      ),
      sample({ a: uniform([0, 3]), b: uniform([1, 3]) }, { notDifferentiable, note: "zero elements" })
    ];
    logicalSamples = (options = {}) => [
      sample(
        { a: values([false, false, true, true], "bool"), b: values([false, true, false, true], "bool") },
        { ...options, notDifferentiable }
      ),
      sample({ a: bools(["$n", 3]), b: bools([3]) }, { ...options, notDifferentiable }),
      sample({ a: bools([2, 1, 3]), b: bools([4, 1]) }, { ...options, notDifferentiable, note: "both broadcast" }),
      sample({ a: bools([]), b: bools(["$n"]) }, { ...options, notDifferentiable, note: "a scalar" }),
      sample({ a: bools([0, 3]), b: bools([1, 3]) }, { ...options, notDifferentiable, note: "zero elements" })
    ];
  }
});

// ops/comparison/logical-and.ts
function logicalAnd(a, b) {
  return logical(LogicalAnd, a, b);
}
var LogicalAnd, samples5;
var init_logical_and = __esm({
  "ops/comparison/logical-and.ts"() {
    "use strict";
    init_engine();
    init_comparison();
    LogicalAnd = defineOp({
      name: "LogicalAnd",
      inputs: ["a", "b"],
      infer: ({ a, b }) => inferComparison(a, b, ["bool"]),
      lowering: [{ kind: "expression", expr: ({ a, b }) => scalar.and(a, b) }, { kind: "kernel" }],
      traits: { elementwise: true, commutative: true },
      gradient: { a: ZERO, b: ZERO }
    });
    samples5 = logicalSamples();
  }
});

// ops/comparison/logical-not.ts
function logicalNot(x) {
  return LogicalNot.node({ x: lift(x, "bool") });
}
var LogicalNot, notDifferentiable2, samples6;
var init_logical_not = __esm({
  "ops/comparison/logical-not.ts"() {
    "use strict";
    init_engine();
    init_unary();
    LogicalNot = defineOp({
      name: "LogicalNot",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x, ["bool"]),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.not(x) }, { kind: "kernel" }],
      traits: { elementwise: true, involution: true },
      gradient: { x: ZERO }
    });
    notDifferentiable2 = "a bool result";
    samples6 = [
      sample({ x: bools(["$n", 3]) }, { notDifferentiable: notDifferentiable2 }),
      sample({ x: bools([]) }, { notDifferentiable: notDifferentiable2 }),
      sample({ x: bools([0, 3]) }, { notDifferentiable: notDifferentiable2, note: "zero elements" })
    ];
  }
});

// ops/comparison/logical-or.ts
function logicalOr(a, b) {
  return logical(LogicalOr, a, b);
}
var LogicalOr, samples7;
var init_logical_or = __esm({
  "ops/comparison/logical-or.ts"() {
    "use strict";
    init_engine();
    init_comparison();
    LogicalOr = defineOp({
      name: "LogicalOr",
      inputs: ["a", "b"],
      infer: ({ a, b }) => inferComparison(a, b, ["bool"]),
      lowering: [{ kind: "expression", expr: ({ a, b }) => scalar.or(a, b) }, { kind: "kernel" }],
      traits: { elementwise: true, commutative: true },
      gradient: { a: ZERO, b: ZERO }
    });
    samples7 = logicalSamples();
  }
});

// ops/comparison/not-equal.ts
function notEqual(a, b) {
  return binary2(NotEqual, a, b);
}
var NotEqual, samples8;
var init_not_equal = __esm({
  "ops/comparison/not-equal.ts"() {
    "use strict";
    init_engine();
    init_binary();
    init_comparison();
    NotEqual = defineOp({
      name: "NotEqual",
      inputs: ["a", "b"],
      infer: ({ a, b }) => inferComparison(a, b, ["float32", "int32", "bool"]),
      lowering: [{ kind: "expression", expr: ({ a, b }) => scalar.ne(a, b) }, { kind: "kernel" }],
      traits: { elementwise: true, commutative: true },
      gradient: { a: ZERO, b: ZERO }
    });
    samples8 = [
      ...comparisonSamples,
      sample({ a: bools(["$n", 3]), b: bools([3]) }, { notDifferentiable: "a bool result", note: "bools" })
    ];
  }
});

// ops/elementwise/multiply.ts
function mergeFactors(factor, product2) {
  const c = fillValue(factor);
  if (c === void 0 || product2.node.op !== Multiply) return void 0;
  const [p, q] = product2.node.inputs;
  const [inner, x] = fillValue(p) === void 0 ? [q, p] : [p, q];
  const d = fillValue(inner);
  const spread2 = factor.rank > 0 || inner.rank > 0 || factor.dtype !== "float32";
  return d === void 0 || spread2 || !(isPowerOfTwo(c) || isPowerOfTwo(d)) ? void 0 : mul4(c * d, x);
}
function mul4(a, b) {
  return binary2(Multiply, a, b, "int32");
}
var Multiply, isPowerOfTwo, samples9;
var init_multiply = __esm({
  "ops/elementwise/multiply.ts"() {
    "use strict";
    init_engine();
    init_binary();
    Multiply = defineOp({
      name: "Multiply",
      inputs: ["a", "b"],
      infer: ({ a, b }) => inferBinary(a, b, ["float32", "int32", "complex64"]),
      lowering: [{ kind: "expression", expr: ({ a, b }) => scalar.mul(a, b) }, { kind: "kernel" }],
      traits: { elementwise: true, commutative: true, linear: ["a", "b"] },
      simplify: ({ a, b }) => {
        const one2 = fillValue(b) === 1 ? a : fillValue(a) === 1 ? b : void 0;
        return one2 ? broadcastTo(one2, inferBinary(a, b)[0].shape) : mergeFactors(a, b) ?? mergeFactors(b, a);
      },
      gradient: { a: ({ b }, { dy }) => mul4(dy, b), b: ({ a }, { dy }) => mul4(dy, a) }
    });
    isPowerOfTwo = (c) => c !== 0 && Math.abs(c) >= 2 ** -60 && Math.abs(c) <= 2 ** 60 && Number.isInteger(Math.log2(Math.abs(c)));
    samples9 = [
      sample({ a: uniform(["$n", 3]), b: uniform(["$n", 3]) }),
      sample({ a: uniform(["$n", 3]), b: uniform([]) }, { note: "a scalar" }),
      sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: "both broadcast" }),
      sample(
        { a: uniform([0, 3]), b: uniform([1, 3]) },
        { note: "zero elements", tfGradIsWrong: "throws on a broadcast to no elements" }
      ),
      sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/elementwise/step.ts
function step(x, alpha = 0) {
  return Step.node({ x: float2(x) }, { alpha });
}
var Step, samples10;
var init_step = __esm({
  "ops/elementwise/step.ts"() {
    "use strict";
    init_engine();
    init_unary();
    Step = defineOp({
      name: "Step",
      inputs: ["x"],
      attrs: { alpha: attr.number(0) },
      infer: ({ x }) => inferUnary(x),
      lowering: [
        {
          kind: "expression",
          expr: ({ x }, { alpha }) => scalar.select(scalar.isNaN(x), x, scalar.select(scalar.gt(x, 0), scalar.constant(1), alpha))
        },
        { kind: "kernel" }
      ],
      traits: { elementwise: true },
      gradient: { x: ZERO }
    });
    samples10 = [
      sample({ x: distinct(["$n", 3]) }),
      sample({ x: distinct(["$n", 3]) }, { attrs: { alpha: -0.5 } }),
      sample({ x: uniform([], -2, -1) }),
      sample({ x: uniform([0, 2]) }, { note: "zero elements" }),
      sample({ x: values([-1, 0, 1]) }, { notDifferentiable: "a jump" })
    ];
  }
});

// ops/activation/relu.ts
function relu(x) {
  return Relu.node({ x: lift(x) });
}
var Relu, samples11;
var init_relu = __esm({
  "ops/activation/relu.ts"() {
    "use strict";
    init_engine();
    init_multiply();
    init_step();
    init_unary();
    Relu = defineOp({
      name: "Relu",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x, ["float32", "int32"]),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.relu(x) }, { kind: "kernel" }],
      traits: { elementwise: true, idempotent: true },
      // by y, so that x need not be kept
      gradient: { x: (_inputs, { y, dy }) => mul4(dy, step(y)) }
    });
    samples11 = [
      sample({ x: distinct(["$n", 3]) }),
      sample({ x: uniform([], 1, 2) }),
      sample({ x: uniform([0, 2]) }, { note: "zero elements" }),
      sample({ x: values([0]) }, { notDifferentiable: "a kink" }),
      sample({ x: integers([4], -5, 5) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/elementwise/neg.ts
function neg3(x) {
  return Neg.node({ x: lift(x) });
}
var Neg, samples12;
var init_neg = __esm({
  "ops/elementwise/neg.ts"() {
    "use strict";
    init_engine();
    init_unary();
    Neg = defineOp({
      name: "Neg",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x, ["float32", "int32"]),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.neg(x) }, { kind: "kernel" }],
      traits: { elementwise: true, involution: true, linear: ["x"] },
      gradient: { x: (_inputs, { dy }) => neg3(dy) }
    });
    samples12 = [
      sample({ x: uniform(["$n", 3], -2, 2) }),
      sample({ x: integers([4], -5, 5) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/elementwise/sub.ts
function sub3(a, b) {
  return binary2(Sub, a, b, "int32");
}
var Sub, samples13;
var init_sub = __esm({
  "ops/elementwise/sub.ts"() {
    "use strict";
    init_engine();
    init_binary();
    init_neg();
    Sub = defineOp({
      name: "Sub",
      inputs: ["a", "b"],
      infer: ({ a, b }) => inferBinary(a, b, ["float32", "int32", "complex64"]),
      lowering: [{ kind: "expression", expr: ({ a, b }) => scalar.sub(a, b) }, { kind: "kernel" }],
      traits: { elementwise: true },
      simplify: ({ a, b }) => isZeroCotangent(b) && b.shape.length === 0 ? a : void 0,
      gradient: { a: (_inputs, { dy }) => dy, b: (_inputs, { dy }) => neg3(dy) }
    });
    samples13 = [
      sample({ a: uniform(["$n", 3]), b: uniform(["$n", 3]) }),
      sample({ a: uniform(["$n", 3]), b: uniform([3]) }),
      sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: "both broadcast" }),
      sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/activation/relu6.ts
function relu6(x) {
  return Relu6.node({ x: lift(x) });
}
var Relu6, samples14;
var init_relu6 = __esm({
  "ops/activation/relu6.ts"() {
    "use strict";
    init_engine();
    init_multiply();
    init_step();
    init_sub();
    init_unary();
    Relu6 = defineOp({
      name: "Relu6",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x, ["float32", "int32"]),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.min(scalar.relu(x), 6) }, { kind: "kernel" }],
      traits: { elementwise: true, idempotent: true },
      // by y, so that x need not be kept
      gradient: { x: (_inputs, { y, dy }) => mul4(dy, mul4(step(y), step(sub3(6, y)))) }
    });
    samples14 = [
      sample({
        x: values([
          [-2, -0.5, 0.5],
          [3, 5.5, 7]
        ])
      }),
      sample({ x: uniform(["$n", 3], 0.5, 5.5) }),
      sample({ x: uniform([], 7, 8) }),
      sample({ x: uniform([0, 2]) }, { note: "zero elements" }),
      sample({ x: values([0, 6]) }, { notDifferentiable: "kinks" }),
      sample({ x: integers([6], -5, 12) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/activation/sigmoid.ts
function sigmoid(x) {
  return Sigmoid.node({ x: float2(x) });
}
var Sigmoid, samples15;
var init_sigmoid = __esm({
  "ops/activation/sigmoid.ts"() {
    "use strict";
    init_engine();
    init_multiply();
    init_sub();
    init_unary();
    Sigmoid = defineOp({
      name: "Sigmoid",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.sigmoid(x) }, { kind: "kernel" }],
      traits: { elementwise: true },
      gradient: { x: (_inputs, { y, dy }) => mul4(dy, mul4(y, sub3(1, y))) }
    });
    samples15 = [...unarySamples(-3, 3), sample({ x: values([-100, -20, 20, 100]) }, { note: "saturated" })];
  }
});

// ops/elementwise/add.ts
function add4(a, b) {
  return binary2(Add, a, b, "int32");
}
var Add, keepsShape, samples16;
var init_add = __esm({
  "ops/elementwise/add.ts"() {
    "use strict";
    init_engine();
    init_binary();
    Add = defineOp({
      name: "Add",
      inputs: ["a", "b"],
      infer: ({ a, b }) => inferBinary(a, b, ["float32", "int32", "complex64"]),
      lowering: [{ kind: "expression", expr: ({ a, b }) => scalar.add(a, b) }, { kind: "kernel" }],
      traits: { elementwise: true, commutative: true },
      // x + 0 is x for the engine's own zeros only: a user's -0 + 0 is 0
      simplify: ({ a, b }) => {
        if (isZeroCotangent(b) && keepsShape(a, b)) return a;
        return isZeroCotangent(a) && keepsShape(b, a) ? b : void 0;
      },
      gradient: { a: (_inputs, { dy }) => dy, b: (_inputs, { dy }) => dy }
    });
    keepsShape = (x, other) => other.shape.length === 0 || sameShape(x.shape, other.shape);
    samples16 = [
      sample({ a: uniform(["$n", 3]), b: uniform(["$n", 3]) }),
      sample({ a: uniform(["$n", 3]), b: uniform([3]) }, { note: "a bias" }),
      sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: "both broadcast" }),
      sample(
        { a: uniform([0, 3]), b: uniform([1, 3]) },
        { note: "zero elements", tfGradIsWrong: "throws on a broadcast to no elements" }
      ),
      sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/matrix/transpose.ts
function transpose(x, perm) {
  const sym = lift(x);
  return Transpose.node({ x: sym }, { perm: perm ?? sym.shape.map((_, i) => sym.rank - 1 - i) });
}
var inverse, Transpose, samples17;
var init_transpose = __esm({
  "ops/matrix/transpose.ts"() {
    "use strict";
    init_engine();
    init_refill();
    inverse = (perm) => perm.map((_, i) => perm.indexOf(i));
    Transpose = defineOp({
      name: "Transpose",
      inputs: ["x"],
      attrs: { perm: attr.ints() },
      infer: ({ x }, { perm }) => {
        const valid = perm.length === x.shape.length && x.shape.every((_, i) => perm.includes(i));
        if (!valid) throw new ShapeError(`perm [${perm.join(", ")}] is no order of ${x.shape.length} dimensions`);
        return [{ dtype: x.dtype, shape: perm.map((p) => x.shape[p]) }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { linear: ["x"] },
      simplify: ({ x }, { perm }) => {
        if (perm.every((p, i) => p === i)) return x;
        const moved = perm.filter((p) => x.shape[p] !== 1);
        if (moved.every((p, i) => i === 0 || p > moved[i - 1]))
          return reshape(
            x,
            perm.map((p) => x.shape[p])
          );
        if (x.node.op !== Transpose)
          return refill(
            x,
            perm.map((p) => x.shape[p])
          );
        const inner = x.node.attrs.perm;
        return transpose(
          x.node.inputs[0],
          perm.map((p) => inner[p])
        );
      },
      gradient: { x: (_inputs, { dy, attrs }) => transpose(dy, inverse(attrs.perm)) }
    });
    samples17 = [
      sample({ x: uniform(["$n", 3]) }, { attrs: { perm: [1, 0] } }),
      sample({ x: uniform([2, "$n", 4]) }, { attrs: { perm: [2, 0, 1] } }),
      sample({ x: uniform([0, 3]) }, { attrs: { perm: [1, 0] }, note: "zero elements" })
    ];
  }
});

// ops/matrix/mat-mul.ts
function lastTwo({ shape }, transposed) {
  if (shape.length < 2) throw new ShapeError(`a matrix product of a value of rank ${shape.length}`);
  const [rows, columns] = [shape.at(-2), shape.at(-1)];
  return transposed ? [columns, rows] : [rows, columns];
}
function matMul(a, b, transposeA = false, transposeB = false) {
  return BatchMatMul.node({ a: lift(a), b: lift(b) }, { transposeA, transposeB });
}
var BatchMatMul, swapsLastTwo, samples18;
var init_mat_mul = __esm({
  "ops/matrix/mat-mul.ts"() {
    "use strict";
    init_engine();
    init_transpose();
    BatchMatMul = defineOp({
      name: "BatchMatMul",
      inputs: ["a", "b"],
      attrs: { transposeA: attr.bool(false), transposeB: attr.bool(false) },
      infer: ({ a, b }, { transposeA, transposeB }) => {
        const [m, k] = lastTwo(a, transposeA);
        const [k2, n] = lastTwo(b, transposeB);
        requireEqual(k, k2, `the inner dimensions (${formatDim(k)} columns of a, ${formatDim(k2)} rows of b)`);
        return [{ dtype: "float32", shape: [...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n] }];
      },
      lowering: [{ kind: "kernel" }],
      traits: { linear: ["a", "b"] },
      // a transpose of an operand is a flag
      simplify: ({ a, b }, { transposeA, transposeB }) => {
        const swapped = (s) => s.node.op === Transpose && swapsLastTwo(s.node.attrs.perm);
        if (swapped(a)) return matMul(a.node.inputs[0], b, !transposeA, transposeB);
        return swapped(b) ? matMul(a, b.node.inputs[0], transposeA, !transposeB) : void 0;
      },
      gradient: {
        a: ({ b }, { dy, attrs: { transposeA, transposeB } }) => transposeA ? matMul(b, dy, transposeB, true) : matMul(dy, b, false, !transposeB),
        b: ({ a }, { dy, attrs: { transposeA, transposeB } }) => transposeB ? matMul(dy, a, true, transposeA) : matMul(a, dy, !transposeA, false)
      }
    });
    swapsLastTwo = (perm) => perm.every((p, i) => i < perm.length - 2 ? p === i : p === 2 * perm.length - 3 - i);
    samples18 = [
      ...[false, true].flatMap(
        (transposeA) => [false, true].map(
          (transposeB) => sample(
            { a: uniform(transposeA ? [3, "$n"] : ["$n", 3]), b: uniform(transposeB ? [4, 3] : [3, 4]) },
            { attrs: { transposeA, transposeB } }
          )
        )
      ),
      sample({ a: uniform(["$n", 2, 3]), b: uniform(["$n", 3, 4]) }, { note: "a batch" }),
      sample(
        { a: uniform([2, 3, 4]), b: uniform([1, 4, 2]) },
        { note: "a broadcast batch", tfGradIsWrong: "throws on a broadcast batch" }
      ),
      sample(
        { a: uniform([2, 3, 4]), b: uniform([4, 2]) },
        { note: "3-D by 2-D", tfGradIsWrong: "throws on a broadcast batch" }
      ),
      sample(
        { a: uniform([2, 4, 3]), b: uniform([2, 2, 4]) },
        { attrs: { transposeA: true, transposeB: true }, note: "a batch, both transposed" }
      ),
      sample({ a: uniform([2, 0]), b: uniform([0, 3]) }, { note: "nothing to sum: zeros" }),
      sample({ a: uniform([0, 2]), b: uniform([2, 3]) }, { note: "zero elements" })
    ];
  }
});

// ops/matrix/fused-mat-mul.ts
function fusedMatMul(a, b, bias, activation = "linear") {
  const [x, y] = [asBatch(lift(a)), asBatch(lift(b))];
  const fused = FusedMatMul.node({ a: x, b: y, bias }, { activation });
  return x.shape[0] === 1 && y.shape[0] === 1 ? reshape(fused, fused.shape.slice(1)) : fused;
}
var ACTIVATIONS, FusedMatMul, asBatch, samples19;
var init_fused_mat_mul = __esm({
  "ops/matrix/fused-mat-mul.ts"() {
    "use strict";
    init_engine();
    init_relu();
    init_relu6();
    init_sigmoid();
    init_add();
    init_mat_mul();
    ACTIVATIONS = { linear: (x) => x, relu, relu6, sigmoid };
    FusedMatMul = defineComposite({
      name: "_FusedMatMul",
      inputs: ["a", "b", "bias?"],
      attrs: {
        transposeA: attr.bool(false),
        transposeB: attr.bool(false),
        activation: attr.oneOf(Object.keys(ACTIVATIONS), "linear")
      },
      infer: ({ a, b, bias }, { transposeA, transposeB }) => {
        if (a.shape.length !== 3 || b.shape.length !== 3)
          throw new ShapeError(`operands of rank ${a.shape.length} and ${b.shape.length}, not 3`);
        const [m, k] = transposeA ? [a.shape[2], a.shape[1]] : [a.shape[1], a.shape[2]];
        const [k2, n] = transposeB ? [b.shape[2], b.shape[1]] : [b.shape[1], b.shape[2]];
        requireEqual(k, k2, "the inner dimensions");
        if (bias !== void 0) requireEqual(bias.shape[0] ?? 1, n, "the bias and the columns of b");
        return [{ dtype: "float32", shape: [...broadcastShapes(a.shape.slice(0, 1), b.shape.slice(0, 1)), m, n] }];
      },
      lowering: [
        { kind: "kernel" },
        {
          kind: "composite",
          expand: ({ a, b, bias }, { transposeA, transposeB, activation }) => {
            const product2 = matMul(a, b, transposeA, transposeB);
            return ACTIVATIONS[activation](bias === void 0 ? product2 : add4(product2, bias));
          }
        }
      ]
    });
    asBatch = (x) => x.rank === 2 ? reshape(x, [1, ...x.shape]) : x;
    samples19 = Object.keys(ACTIVATIONS).map(
      (activation) => sample(
        { a: uniform([1, "$n", 3]), b: uniform([1, 3, 4]), bias: uniform([4], 0.1, 1) },
        {
          attrs: { activation },
          reference: (tf2, [a, b, bias]) => tf2.fused.matMul({ a, b, bias, activation }),
          tfGradIsWrong: "its gradient needs rank-2 operands"
        }
      )
    );
  }
});

// ops/shape/reverse.ts
function reverse(x, axis = null) {
  const sym = lift(x);
  return Reverse.node({ x: sym }, { dims: toAxes(axis, sym.rank) });
}
var Reverse, samples20;
var init_reverse = __esm({
  "ops/shape/reverse.ts"() {
    "use strict";
    init_engine();
    init_axis();
    Reverse = defineOp({
      name: "Reverse",
      inputs: ["x"],
      attrs: { dims: attr.ints() },
      infer: ({ x }, { dims }) => {
        requireAxes(dims, x.shape.length);
        return [x];
      },
      lowering: [{ kind: "kernel" }],
      traits: { linear: ["x"] },
      simplify: ({ x }, { dims }) => {
        if (dims.every((a) => x.shape[a] === 1)) return x;
        const twice = x.node.op === Reverse && String(x.node.attrs.dims) === String(dims);
        return twice ? x.node.inputs[0] : void 0;
      },
      gradient: { x: (_inputs, { dy, attrs }) => reverse(dy, attrs.dims) }
    });
    samples20 = [
      sample({ x: uniform(["$n", 3]) }, { attrs: { dims: [1] } }),
      sample({ x: uniform(["$n", 3]) }, { attrs: { dims: [0] }, note: "the unknown axis" }),
      sample(
        { x: uniform([2, 3, 4]) },
        { build: ({ x }) => reverse(x, [-1, 0]), reference: (tf2, [x]) => tf2.reverse(x, [0, 2]), note: "a negative axis" }
      ),
      sample(
        { x: uniform([2, 3]) },
        { build: ({ x }) => reverse(x), reference: (tf2, [x]) => tf2.reverse(x), note: "all axes" }
      ),
      sample(
        { x: uniform([2, 3]) },
        { build: ({ x }) => reverse(reverse(x, 1), 1), reference: (tf2, [x]) => tf2.clone(x), note: "twice" }
      ),
      sample({ x: uniform([]) }, { attrs: { dims: [] }, note: "a scalar" }),
      sample({ x: uniform([0, 3]) }, { attrs: { dims: [1] }, note: "zero elements" }),
      sample({ x: integers([5], -5, 5) }, { attrs: { dims: [0] }, notDifferentiable: "integers" }),
      sample({ x: bools([3, 5]) }, { attrs: { dims: [1] }, notDifferentiable: "bools" })
    ];
  }
});

// backends/wasm/rules.ts
var swapLastTwo, rules, SMALL_PRODUCT, boundRules2, ACTIVATIONS2, fusions;
var init_rules2 = __esm({
  "backends/wasm/rules.ts"() {
    "use strict";
    init_engine();
    init_logical_and();
    init_logical_not();
    init_logical_or();
    init_not_equal();
    init_fused_mat_mul();
    init_mat_mul();
    init_transpose();
    init_reverse();
    swapLastTwo = (s) => transpose(s, [...s.shape.slice(2).map((_, i) => i), s.rank - 1, s.rank - 2]);
    rules = [
      {
        name: "bool-by-comparison",
        reason: "the Cast kernel stores the truncated number: 0.5 becomes false",
        op: "Cast",
        rewrite: ({ inputs, attrs }) => {
          const [x] = inputs;
          if (attrs.dtype !== "bool" || x.dtype === "bool") return void 0;
          return x.dtype === "int32" ? notEqual(x, fill2([], 0, "int32")) : notEqual(x, 0);
        }
      },
      {
        name: "bool-reverse-by-int",
        reason: "the Reverse kernel moves 4 bytes for each bool, beyond the end of its output",
        op: "Reverse",
        rewrite: ({ inputs, attrs }) => {
          const [x] = inputs;
          return x.dtype === "bool" ? cast2(reverse(cast2(x, "int32"), attrs.dims), "bool") : void 0;
        }
      },
      {
        name: "bool-select-by-logic",
        reason: "the Select kernel reads bools as 4 bytes each, beyond the end of the heap",
        op: "Select",
        rewrite: ({ inputs, outputs }) => {
          const [c, t, e] = inputs;
          return outputs[0].dtype === "bool" ? logicalOr(logicalAnd(c, t), logicalAnd(logicalNot(c), e)) : void 0;
        }
      }
    ];
    SMALL_PRODUCT = 4096;
    boundRules2 = [
      {
        name: "mat-mul-by-explicit-transposes",
        reason: "a transposed product is 12 to 31 times slower than a transpose and a plain product, which alone reaches XNNPACK",
        op: "BatchMatMul",
        rewrite: ({ inputs, outputs, attrs }) => {
          const { transposeA, transposeB } = attrs;
          const [a, b] = inputs;
          const size = sizeOf(outputs[0].shape) * a.shape.at(transposeA ? -2 : -1);
          if (!transposeA && !transposeB || size < SMALL_PRODUCT) return void 0;
          return matMul(transposeA ? swapLastTwo(a) : a, transposeB ? swapLastTwo(b) : b);
        }
      }
    ];
    ACTIVATIONS2 = {
      Relu: "relu",
      Relu6: "relu6",
      Sigmoid: "sigmoid"
    };
    fusions = [
      {
        name: "mat-mul-and-bias",
        reason: "one pass over the product instead of two. Only plain products: the fused kernel is wrong for transposed and batched ones",
        op: "Add",
        rewrite: ({ inputs }, usedOnce) => {
          const [product2, bias] = inputs;
          const { node } = product2;
          const plain = node.op === BatchMatMul && product2.rank === 2 && !node.attrs.transposeA && !node.attrs.transposeB;
          if (!plain || !usedOnce(0) || bias.rank !== 1 || bias.node.op === Reshape || !sameShape(bias.shape, product2.shape.slice(1)))
            return void 0;
          return fusedMatMul(node.inputs[0], node.inputs[1], bias);
        }
      },
      ...Object.entries(ACTIVATIONS2).map(
        ([op, activation]) => ({
          name: `mat-mul-bias-and-${activation}`,
          reason: "the activation in the same pass",
          op,
          rewrite: ({ inputs, outputs }, usedOnce) => {
            const [product2] = inputs[0].node.op === Reshape ? inputs[0].node.inputs : inputs;
            const { node } = product2;
            if (node.op !== FusedMatMul || node.attrs.activation !== "linear" || !usedOnce(0)) return void 0;
            const [a, b, bias] = node.inputs;
            return reshape(fusedMatMul(a, b, bias, activation), outputs[0].shape);
          }
        })
      )
    ];
  }
});

// backends/wasm/small-kernels.ts
function withSmallKernels(name, kernel, backend) {
  const loop = LOOPS[name];
  if (loop === void 0) return kernel;
  return (inputs, attrs) => {
    const { a, b } = inputs;
    const [p, q] = [sizeOf(a.shape), sizeOf(b.shape)];
    const [large, small] = p >= q ? [a, b] : [b, a];
    const n = Math.max(p, q);
    if (n > SMALL || n === 0 || p === 0 || q === 0 || a.dtype !== "float32" || !isSuffix(small.shape, large.shape))
      return kernel(inputs, attrs);
    const out = outputOf(backend, large.shape);
    loop(floatsOf(backend, out), floatsOf(backend, a), floatsOf(backend, b), n);
    return out;
  };
}
function isSuffix(small, large) {
  let first = 0;
  while (small[first] === 1) first++;
  const lead = large.length - small.length;
  for (let i = first; i < small.length; i++) if (small[i] !== large[i + lead]) return false;
  return true;
}
var SMALL, LOOPS;
var init_small_kernels = __esm({
  "backends/wasm/small-kernels.ts"() {
    "use strict";
    init_engine();
    init_heap();
    SMALL = 1024;
    LOOPS = {
      Add: (out, a, b, n) => {
        const [p, q] = [a.length, b.length];
        if (p === n && q === n) for (let i = 0; i < n; i++) out[i] = a[i] + b[i];
        else for (let i = 0; i < n; i++) out[i] = a[i % p] + b[i % q];
      },
      Sub: (out, a, b, n) => {
        const [p, q] = [a.length, b.length];
        if (p === n && q === n) for (let i = 0; i < n; i++) out[i] = a[i] - b[i];
        else for (let i = 0; i < n; i++) out[i] = a[i % p] - b[i % q];
      },
      Multiply: (out, a, b, n) => {
        const [p, q] = [a.length, b.length];
        if (p === n && q === n) for (let i = 0; i < n; i++) out[i] = a[i] * b[i];
        else for (let i = 0; i < n; i++) out[i] = a[i % p] * b[i % q];
      }
    };
  }
});

// backends/wasm/module.ts
async function withoutProcessListeners(start) {
  if (typeof process !== "object" || typeof process.listeners !== "function") return start();
  const events = ["uncaughtException", "unhandledRejection"];
  const before = events.map((event) => new Set(process.listeners(event)));
  try {
    await start();
  } finally {
    events.forEach((event, i) => {
      for (const listener of process.listeners(event))
        if (!before[i].has(listener)) process.removeListener(event, listener);
    });
  }
}
var wasm;
var init_module = __esm({
  "backends/wasm/module.ts"() {
    "use strict";
    init_tfjs();
    init_capabilities();
    init_checked_kernels();
    init_exact_kernels();
    init_heap();
    init_matrix_views();
    init_rules2();
    init_small_kernels();
    wasm = new TfjsBackend({
      name: "wasm",
      load: () => import("@tensorflow/tfjs-backend-wasm"),
      around: withoutProcessListeners,
      availability: async () => typeof WebAssembly === "object" ? { available: true, detail: "WebAssembly" } : {
        available: false,
        reason: "there is no WebAssembly here",
        remedy: "use a current browser, or Node without --jitless"
      },
      synchronous: true,
      aliasesArrays: false,
      computes,
      wrapKernel: (name, kernel, backend) => [withExactKernels, withSmallKernels, withMatrixViews, withCheckedIndices].reduce(
        (wrapped, wrap) => wrap(name, wrapped, backend),
        kernel
      ),
      rules,
      boundRules: boundRules2,
      fusions,
      bytes: heapSize
    });
  }
});

// ops/elementwise/square.ts
function square(x) {
  return Square.node({ x: lift(x) });
}
var Square, samples21;
var init_square = __esm({
  "ops/elementwise/square.ts"() {
    "use strict";
    init_engine();
    init_multiply();
    init_unary();
    Square = defineOp({
      name: "Square",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x, ["float32", "int32"]),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.mul(x, x) }, { kind: "kernel" }],
      traits: { elementwise: true },
      gradient: { x: ({ x }, { dy }) => mul4(dy, mul4(2, x)) }
    });
    samples21 = [
      sample({ x: uniform(["$n", 3], -2, 2) }),
      sample({ x: integers([4], -5, 5) }, { notDifferentiable: "integers" })
    ];
  }
});

// ops/elementwise/tanh.ts
function tanh(x) {
  return Tanh.node({ x: float2(x) });
}
var Tanh, samples22;
var init_tanh = __esm({
  "ops/elementwise/tanh.ts"() {
    "use strict";
    init_engine();
    init_multiply();
    init_square();
    init_sub();
    init_unary();
    Tanh = defineOp({
      name: "Tanh",
      inputs: ["x"],
      infer: ({ x }) => inferUnary(x),
      lowering: [{ kind: "expression", expr: ({ x }) => scalar.tanh(x) }, { kind: "kernel" }],
      traits: { elementwise: true },
      gradient: { x: (_inputs, { y, dy }) => mul4(dy, sub3(1, square(y))) }
    });
    samples22 = [
      sample({ x: uniform(["$n", 3], -2, 2) }),
      sample({ x: uniform([], -2, 2) }),
      sample({ x: uniform([0, 2]) }, { note: "zero elements" }),
      sample({ x: uniform([8], 4, 8) }, { note: "saturated" })
    ];
  }
});

// ops/reduction/reduction.ts
function reductionSamples(build, { reference }, options = {}) {
  const row = (x, axis, keepDims, more = {}) => sample(x, {
    ...options,
    build: (inputs) => build(inputs.x, axis, keepDims),
    reference: reference(axis, keepDims),
    ...more
  });
  return [
    row({ x: distinct(["$n", 3]) }, 1),
    row({ x: distinct(["$n", 3]) }, 0, false, { note: "the unknown axis" }),
    row({ x: distinct(["$n", 3]) }, void 0, false, { note: "all axes" }),
    row({ x: distinct([2, "$n", 3]) }, [0, -1], true, { note: "kept, a negative axis" }),
    row({ x: distinct([2, 3, 2, 2]) }, [1, 2], false, { note: "inner axes" }),
    row({ x: distinct([2, 1, 3]) }, 1, false, { note: "an axis of size 1" }),
    row({ x: distinct([]) }, void 0, false, { note: "a scalar" }),
    row({ x: uniform([0, 3]) }, 1, false, { note: "zero elements" })
  ];
}
var init_reduction = __esm({
  "ops/reduction/reduction.ts"() {
    "use strict";
    init_engine();
  }
});

// ops/reduction/sum.ts
function sum2(x, axis = null, keepDims = false) {
  const sym = lift(x);
  return sumAxes(sym.dtype === "bool" ? cast2(sym, "int32") : sym, toAxes(axis, sym.rank), keepDims);
}
var samples23;
var init_sum2 = __esm({
  "ops/reduction/sum.ts"() {
    "use strict";
    init_engine();
    init_axis();
    init_reduction();
    samples23 = [
      ...reductionSamples(sum2, {
        reference: (axis, keepDims) => (tf2, [x]) => tf2.sum(x, axis, keepDims)
      }),
      sample({ x: uniform([2, 0]) }, { attrs: { axis: [1] }, note: "nothing to sum: zeros" }),
      sample({ x: integers(["$n", 3], -5, 5) }, { attrs: { axis: [0] }, notDifferentiable: "integers" }),
      sample(
        { x: bools(["$n", 3]) },
        { build: ({ x }) => sum2(x, 1), reference: (tf2, [x]) => tf2.sum(x, 1), notDifferentiable: "bools", note: "counts" }
      )
    ];
  }
});

// ops/losses/index.ts
var init_losses = __esm({
  "ops/losses/index.ts"() {
    "use strict";
  }
});

// ops/index.ts
var init_ops = __esm({
  "ops/index.ts"() {
    "use strict";
    init_multiply();
    init_tanh();
    init_losses();
    init_sum2();
  }
});

// bench/chain.ts
init_module();
init_ops();

// bench/alternate.ts
function median(values2) {
  const sorted = [...values2].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// bench/report.ts
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import Table from "cli-table3";
async function runIfMain(url, benchmark) {
  if (process.argv[1] === void 0 || url !== pathToFileURL(process.argv[1]).href) return;
  const { values: values2 } = parseArgs({ options: { json: { type: "boolean" }, quick: { type: "boolean" } } });
  const options = { json: values2.json ?? false, quick: values2.quick ?? false };
  const report = await benchmark(options);
  console.log(options.json ? JSON.stringify(report) : format(report));
  process.exitCode = options.quick || report.rows.every((row) => row.ok) ? 0 : 1;
}
function format({ title, rows }) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))];
  const table = new Table({ head: ["", ...columns, "bar", ""], style: { head: [], border: [], compact: true } });
  for (const { name, figures, bar, ok } of rows) {
    table.push([name, ...columns.map((c) => formatFigure(figures[c])), bar, ok ? "ok" : "BELOW"]);
  }
  return `${title}
${table.toString()}`;
}
var formatFigure = (value) => value === void 0 ? "" : value >= 100 ? Math.round(value).toLocaleString("en") : `${Number(value.toPrecision(3))}`;

// bench/chain.ts
var LENGTHS = [12500, 25e3, 5e4, 1e5];
var REPETITIONS = 3;
var MAX_SECONDS = 5;
var MIN_STEPS = 2e5;
var MAX_GROWTH = 2;
function measure(length) {
  const start = performance.now();
  const g = new Graph();
  const w = g.variable("w", [2], 0.9);
  let y = g.placeholder("x", [2]);
  for (let i = 0; i < length; i += 2) y = mul4(tanh(y), w);
  const loss = sum2(y);
  const built = performance.now();
  const gradient = gradients(loss, w);
  const differentiated = performance.now();
  const program = compileSync({ loss, gradient }, { backend: wasm });
  const steps = program.plan.steps.length;
  const compiled = performance.now();
  program.dispose();
  return {
    build: (built - start) / 1e3,
    differentiate: (differentiated - built) / 1e3,
    compile: (compiled - differentiated) / 1e3,
    steps
  };
}
var total = ({ build, differentiate, compile: compile2 }) => build + differentiate + compile2;
async function chain({ quick }) {
  await wasm.start();
  const lengths = quick ? [100, 200] : LENGTHS;
  measure(lengths[0]);
  const runs = lengths.map((length) => {
    const repeated = Array.from({ length: REPETITIONS }, () => measure(length));
    const middle = median(repeated.map(total));
    return { length, ...repeated.find((run) => total(run) === middle) };
  });
  const perNode = (run) => 1e6 * total(run) / run.length;
  return {
    title: "A chain of tanh and multiplication, up to its plan",
    rows: runs.map((run, i) => {
      const growth = perNode(run) / perNode(runs[0]);
      const longest = i === runs.length - 1;
      return {
        name: `${run.length.toLocaleString("en")} nodes`,
        figures: {
          "build s": run.build,
          "differentiate s": run.differentiate,
          "compile and plan s": run.compile,
          "all s": total(run),
          "us a node": perNode(run),
          growth,
          steps: run.steps
        },
        bar: longest ? `${MAX_SECONDS} s, ${MIN_STEPS.toLocaleString("en")} steps, growth ${MAX_GROWTH}` : "",
        ok: !longest || total(run) < MAX_SECONDS && run.steps >= MIN_STEPS && growth < MAX_GROWTH
      };
    })
  };
}
await runIfMain(import.meta.url, chain);
export {
  chain
};
