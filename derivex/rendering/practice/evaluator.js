// The values of what was read, at points whose coordinates the page holds.  math.js does the
// arithmetic; sums over data are written out, and derivatives are taken as numbers.
"use strict";

const DerivexValues = (() => {
  const MOST = 4000; // nodes of an expression that is written out
  // The functions whose values math.js knows, by the names that derivex has for them.
  const FUNCTIONS = {
    exp: "exp", log: "log", sqrt: "sqrt", abs: "abs", sign: "sign", max: "max", min: "min",
    sin: "sin", cos: "cos", tan: "tan", cot: "cot", sec: "sec", csc: "csc", asin: "asin",
    acos: "acos", atan: "atan", acot: "acot", asec: "asec", acsc: "acsc", sinh: "sinh",
    cosh: "cosh", tanh: "tanh", coth: "coth", sech: "sech", csch: "csch", asinh: "asinh",
    acosh: "acosh", atanh: "atanh", acoth: "acoth", asech: "asech", acsch: "acsch",
    floor: "floor", ceiling: "ceil", atan2: "atan2", erf: "erf", gamma: "gamma",
    factorial: "factorial",
  };

  class NoValueError extends Error {}

  const isTree = (part) => Array.isArray(part);
  const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);

  function replaced(tree, old, put) {
    if (!isTree(tree)) return tree;
    return same(tree, old) ? put : tree.map((part) => replaced(part, old, put));
  }

  // Sums and means over the numbers that a point says; functions by what they are defined as.
  function writtenOut(tree, point, definitions) {
    let size = 0;
    const write = (part) => {
      if (!isTree(part)) return part;
      size += 1;
      if (size > MOST) throw new NoValueError("this is too long to be worked out here");
      const [kind] = part;
      if (kind === "sum") {
        const [, body, index, lower, upper] = part;
        const first = lower === null ? 1 : whole(lower, point, definitions);
        const last = upper === null ? point.count : whole(upper, point, definitions);
        if (last === undefined || last - first > 100) throw new NoValueError("this sum is too long");
        const terms = [];
        for (let value = first; value <= last; value += 1) {
          terms.push(write(replaced(body, ["name", index], ["number", String(value)])));
        }
        return terms.length ? ["+", ["number", "0"], ...terms] : ["number", "0"];
      }
      if (kind === "mean") {
        const body = entrywise(part[1], point);
        const total = write(["sum", body, "#", null, null]);
        return ["/", total, ["number", String(point.count)]];
      }
      if (kind === "call" && Object.hasOwn(definitions, part[1])) {
        const { parameters, body } = definitions[part[1]];
        if (part.length - 2 !== parameters.length) throw new NoValueError("wrong number of arguments");
        const hidden = parameters.map((name) => ["name", `#${name}`]);
        const opened = parameters.reduce((it, name, k) => replaced(it, ["name", name], hidden[k]), body);
        return write(hidden.reduce((it, name, k) => replaced(it, name, part[k + 2]), opened));
      }
      if (kind === "at" || kind === "delta") {
        // Indices become numbers, so that an entry is told from another one.
        const first = kind === "at" ? 2 : 1;
        const places = part.slice(first).map((each) => whole(each, point, definitions));
        return [...part.slice(0, first), ...places.map((each) => ["number", String(each)])];
      }
      return part.map(write);
    };
    return write(tree);
  }

  // Under a mean, the names of data stand for each of their entries in turn.
  function entrywise(tree, point) {
    if (!isTree(tree)) return tree;
    if (tree[0] === "name" && Object.hasOwn(point.columns || {}, tree[1])) {
      return ["at", tree[1], ["name", "#"]];
    }
    return tree.map((part) => entrywise(part, point));
  }

  function whole(tree, point, definitions) {
    const value = valueOf(tree, point, definitions);
    if (typeof value !== "number" || Math.abs(value - Math.round(value)) > 1e-9) {
      throw new NoValueError("a bound of a sum is no whole number");
    }
    return Math.round(value);
  }

  // The expression for math.js: every operation in brackets, every name one that means nothing to it.
  function written(tree, scope, inner) {
    const [kind, ...parts] = tree;
    const operands = () => parts.map((part) => written(part, scope, inner));
    const put = (value) => {
      const name = `v_${scope.size}`;
      scope.set(name, value);
      return name;
    };
    switch (kind) {
      case "number":
        return parts[0].startsWith(".") ? `0${parts[0]}` : parts[0];
      case "name": {
        if (Object.hasOwn(inner.point.values, parts[0])) return put(inner.point.values[parts[0]]);
        if (parts[0] === "n" && inner.point.count !== undefined) return put(inner.point.count);
        if (parts[0] === "e" || parts[0] === "pi") return parts[0];
        throw new NoValueError(`“${parts[0]}” has no value here`);
      }
      case "at": {
        const places = parts.slice(1).map((part) => whole(part, inner.point, inner.definitions));
        let value = (inner.point.columns || {})[parts[0]];
        for (const place of places) value = isTree(value) ? value[place - 1] : undefined;
        if (typeof value !== "number") throw new NoValueError(`“${parts[0]}” has no such entry`);
        return put(value);
      }
      case "delta":
        return parts[0][1] === parts[1][1] ? "1" : "0";
      case "+":
        return `(${operands().join(" + ")})`;
      case "-":
        return `(-${operands()[0]})`;
      case "*":
      case "/":
      case "^":
        return `(${operands().join(` ${kind} `)})`;
      case "call": {
        const name = Object.hasOwn(FUNCTIONS, parts[0]) ? FUNCTIONS[parts[0]] : null;
        if (name === null) throw new NoValueError(`${parts[0]} has no value here`);
        const given = parts.slice(1).map((part) => written(part, scope, inner));
        return `${name}(${given.join(", ")})`;
      }
      case "D":
        return put(slope(parts[0], parts[1], inner.point, inner.definitions));
      default:
        throw new NoValueError("this has no value here");
    }
  }

  const mentions = (tree, name) => isTree(tree)
    && (same(tree, ["name", name]) || tree.some((part) => mentions(part, name)));

  // What names stand for that depend on others, put in their place where something is derived:
  // with u = x², the derivative of u by x is not 0.
  function opened(tree, point, variable) {
    let found = tree;
    for (let times = 0; times < 20; times += 1) {
      const before = found;
      for (const [name, body] of Object.entries(point.abbreviations || {})) {
        if (!same(variable, ["name", name])) found = replaced(found, ["name", name], body);
      }
      if (same(before, found)) return found;
    }
    throw new NoValueError("this cannot be worked out here");
  }

  // A derivative as a number: central differences, extrapolated to a difference of nothing.
  function slope(body, variable, point, definitions) {
    const unknown = variable[0] === "name" && !Object.hasOwn(point.values, variable[1]);
    if (unknown) throw new NoValueError(`“${variable[1]}” has no value here`);
    const name = `#${Object.keys(point.values).length}`; // another one in each derivative
    const moving = ["name", name];
    const moved = replaced(opened(body, point, variable), variable, moving);
    const inside = writtenOut(moved, point, definitions);
    if (!mentions(inside, name)) return 0;
    const middle = valueOf(variable, point, definitions);
    const at = (value) => valueOf(
      inside, { ...point, values: { ...point.values, [name]: value } }, definitions
    );
    const rows = [];
    let step = 0.02 * Math.max(1, Math.abs(middle));
    for (let row = 0; row < 7; row += 1) {
      const first = (at(middle + step) - at(middle - step)) / (2 * step);
      rows.push([first]);
      for (let column = 1; column <= row; column += 1) {
        const factor = 4 ** column;
        const [left, above] = [rows[row][column - 1], rows[row - 1][column - 1]];
        rows[row].push((factor * left - above) / (factor - 1));
      }
      step /= 2;
    }
    let best = rows[1][1];
    let least = Infinity;
    for (let row = 2; row < 7; row += 1) {
      const change = Math.abs(rows[row][row] - rows[row - 1][row - 1]);
      if (change < least) [least, best] = [change, rows[row][row]];
    }
    return best;
  }

  // The value at a point: a number, or NaN where there is none.
  function valueOf(tree, point, definitions = {}) {
    const scope = new Map();
    const text = written(writtenOut(tree, point, definitions), scope, { point, definitions });
    const value = math.evaluate(text, scope);
    if (typeof value === "number") return value;
    if (value && typeof value.re === "number") {
      return Math.abs(value.im) <= 1e-12 * (1 + Math.abs(value.re)) ? value.re : NaN;
    }
    return NaN;
  }

  // The values of an answer: one number, those of the entries of a row, or the difference of the
  // sides of an equation.
  function valuesOf(tree, point, definitions) {
    if (tree[0] === "row") return tree.slice(1).flatMap((part) => valuesOf(part, point, definitions));
    if (tree[0] === "=") {
      return [valueOf(tree[1], point, definitions) - valueOf(tree[2], point, definitions)];
    }
    return [valueOf(tree, point, definitions)];
  }

  const contains = (tree, kind) => isTree(tree)
    && (tree[0] === kind || tree.some((part) => contains(part, kind)));

  // Whether an answer has the values that it should have: "equal", "different", or "unknown" where
  // too few points have a value.  Both sides of an equation may have another factor.
  function compare(tree, points, values, definitions = {}, equation = false) {
    if ((tree[0] === "=") !== equation) return "different";
    const tolerance = contains(tree, "D") ? 1e-6 : 1e-9;
    const near = (left, right) => Math.abs(left - right) <= tolerance * (1 + Math.abs(right));
    let agreed = 0;
    let asked = 0;
    let factor = null;
    for (let place = 0; place < points.length; place += 1) {
      if (values[place] === null) continue;
      asked += 1;
      const found = valuesOf(tree, points[place], definitions);
      const wanted = [values[place]].flat();
      if (found.length !== wanted.length) return "different";
      if (!found.every(Number.isFinite)) continue;
      if (equation) {
        factor ??= found[0] / wanted[0];
        if (factor === 0 || !near(found[0], factor * wanted[0])) return "different";
      } else if (!found.every((value, entry) => near(value, wanted[entry]))) {
        return "different";
      }
      agreed += 1;
    }
    return agreed > 0 && agreed >= Math.min(3, asked) ? "equal" : "unknown";
  }

  return { FUNCTIONS, NoValueError, compare, contains, valueOf };
})();
