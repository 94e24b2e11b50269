// The values of what was read, at points whose coordinates the page holds: numbers, vectors and
// matrices as tables of rows, sets by their support functions.  math.js knows the functions;
// derivatives and limits are taken as numbers, by differences that are extrapolated.
"use strict";

const DerivexValues = (() => {
  const MOST = 400000; // nodes that are worked out for one value
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

  const none = (says) => { throw new NoValueError(says); };
  const isTree = (part) => Array.isArray(part);
  const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);
  const isTable = (value) => Array.isArray(value);
  const isSet = (value) => typeof value === "function";
  const isOnes = (value) => value === ONES;
  const ONES = Symbol("a vector of ones, as long as what it meets");

  function replaced(tree, old, put) {
    if (!isTree(tree)) return tree;
    return same(tree, old) ? put : tree.map((part) => replaced(part, old, put));
  }

  // -- numbers -----------------------------------------------------------------------------------

  const plain = (left, right) => typeof left === "number" && typeof right === "number";
  const added = (left, right) => (plain(left, right) ? left + right : math.add(left, right));
  const times = (left, right) => (plain(left, right) ? left * right : math.multiply(left, right));
  const near = (left, right, tolerance = 1e-9) => (
    Math.abs(left - right) <= tolerance * (1 + Math.abs(right))
  );

  // A real number, where it is one; NaN else.
  function real(value) {
    if (typeof value === "number") return value;
    if (value && typeof value.re === "number") {
      return Math.abs(value.im) <= 1e-12 * (1 + Math.abs(value.re)) ? value.re : NaN;
    }
    return typeof value === "boolean" ? Number(value) : NaN;
  }

  // -- tables: a vector is a column --------------------------------------------------------------

  const filled = (rows, columns, entry) => Array.from(
    { length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => entry(i, j))
  );
  const sized = (table) => [table.length, table[0].length];
  const mapped = (table, change) => table.map((row) => row.map(change));
  const entriesOf = (value) => (isTable(value) ? value.flat() : [value]);
  const transposed = (value) => (
    isTable(value) ? filled(value[0].length, value.length, (i, j) => value[j][i]) : value
  );
  const unwrapped = (table) => (table.length === 1 && table[0].length === 1 ? table[0][0] : table);
  const shaped = (list) => list.map((each) => (Array.isArray(each) ? each : [each]));

  function sum(left, right) {
    if (isSet(left) && isSet(right)) return (along) => left(along) + right(along);
    if (isSet(left) || isSet(right)) none("a number and a set cannot be added");
    if (isOnes(left)) return isOnes(right) ? none("this has no size") : sum(right, left);
    if (isTable(left) && isOnes(right)) return mapped(left, (entry) => added(entry, 1));
    if (!isTable(left) && !isTable(right)) return added(left, right);
    if (!isTable(left)) return left === 0 ? right : none("a number and a vector cannot be added");
    if (!isTable(right)) return right === 0 ? left : none("a number and a vector cannot be added");
    if (!same(sized(left), sized(right))) none("these vectors or matrices are not of one shape");
    return left.map((row, i) => row.map((entry, j) => added(entry, right[i][j])));
  }

  function product(left, right) {
    if (isSet(left) || isSet(right)) return scaled(...(isSet(left) ? [right, left] : [left, right]));
    if (isOnes(left) && isTable(right)) return product(filled(sized(right)[0], 1, () => 1), right);
    if (isOnes(right) && isTable(left)) {
      return product(left, filled(left[0].length === 1 ? left.length : left[0].length, 1, () => 1));
    }
    if (isOnes(left) || isOnes(right)) none("the length of 𝟏 cannot be told here");
    if (!isTable(left)) return isTable(right) ? mapped(right, (e) => times(left, e)) : times(left, right);
    if (!isTable(right)) return mapped(left, (entry) => times(entry, right));
    const [rows, inner] = sized(left);
    const [others, columns] = sized(right);
    if (inner !== others) {
      // The dot product of two vectors.
      if (rows === others && inner === 1 && columns === 1) return product(transposed(left), right);
      none("the shapes of two factors do not fit together");
    }
    return unwrapped(filled(rows, columns, (i, j) => (
      left[i].map((entry, k) => times(entry, right[k][j])).reduce(added)
    )));
  }

  function scaled(factor, set) {
    if (isTable(factor)) { // a row times a set of numbers
      const entries = entriesOf(factor);
      return (along) => along.length === entries.length
        ? scaled(along.reduce((total, step, k) => total + step * entries[k], 0), set)([1])
        : none("the shapes of two factors do not fit together");
    }
    if (typeof factor !== "number") none("a set can only be multiplied by a number");
    const turned = (along) => along.map((step) => step * Math.sign(factor));
    return (along) => (factor === 0 ? 0 : Math.abs(factor) * set(turned(along)));
  }

  function power(base, exponent) {
    if (isTable(base)) {
      const square = base.length === base[0].length;
      if (exponent === -1 && square) return math.inv(base);
      if (Number.isInteger(exponent) && exponent > 0 && square) return math.pow(base, exponent);
      none("a vector has no powers");
    }
    return plain(base, exponent) && (base > 0 || Number.isInteger(exponent))
      ? base ** exponent : math.pow(base, exponent);
  }

  const asNumber = (value) => (isTable(value) || isSet(value) || isOnes(value)
    ? none("a number is needed here") : value);

  // -- expressions -------------------------------------------------------------------------------

  // What names stand for is looked up where they stand: in what is being varied, in what the
  // exercise defines, at the point.
  function within(context, name, value) {
    return { ...context, given: { ...context.given, [name]: value } };
  }

  function named(name, context) {
    const { given, point, entry } = context;
    const found = Object.hasOwn(given, name) ? given[name] : undefined;
    if (found !== undefined) return Array.isArray(found) ? listed(found, entry) : found;
    if (Object.hasOwn(point.abbreviations || {}, name)) {
      return valueOf(point.abbreviations[name], context);
    }
    if (Object.hasOwn(point.values, name)) return point.values[name];
    if (Object.hasOwn(point.columns || {}, name)) return listed(point.columns[name], entry);
    if (name === "n" && typeof point.count === "number") return point.count;
    if (name === "e") return Math.E;
    if (name === "pi") return Math.PI;
    return none(`“${name}” has no value here`);
  }

  // The entries of a quantity: one of them under a mean, else all as a vector or a matrix.
  const listed = (entries, entry) => (entry === undefined ? shaped(entries) : entries[entry - 1]);

  function whole(tree, context) {
    const value = real(valueOf(tree, context));
    if (!near(value, Math.round(value))) none("an index, or a bound of a sum, is no whole number");
    return Math.round(value);
  }

  function entryAt(base, places, context) {
    let value;
    if (typeof base === "string") {
      const { given, point } = context;
      value = Object.hasOwn(given, base) ? given[base] : (point.columns || {})[base];
    } else {
      value = valueOf(base, context);
      if (!isTable(value)) value = [value];
      else if (value[0].length === 1) value = value.flat();
      else if (value.length === 1) [value] = value;
    }
    for (const place of places) value = Array.isArray(value) ? value[place - 1] : undefined;
    if (value === undefined) none("there is no such entry");
    return Array.isArray(value) ? shaped(value) : value;
  }

  function totalled(parts, context, together, start) {
    const [body, index, lower, upper] = parts;
    const first = lower === null ? 1 : whole(lower, context);
    const last = upper === null ? context.point.count : whole(upper, context);
    if (typeof last !== "number" || last - first > 100) none("this sum is too long");
    let value = start;
    for (let place = first; place <= last; place += 1) {
      const term = valueOf(body, within(context, index, place));
      value = place === first ? term : together(value, term);
    }
    return value;
  }

  function called(name, operands, context) {
    if (Object.hasOwn(context.definitions, name)) {
      const { parameters, body } = context.definitions[name];
      if (operands.length !== parameters.length) none("wrong number of arguments");
      const inside = Object.fromEntries(parameters.map((each, k) => [each, operands[k]]));
      if (!operands.some(isTable)) return valueOf(body, { ...context, given: inside });
      if (operands.length > 1) none(`${name} of a vector and something else has no value here`);
      const [each] = parameters;
      return mapped(operands[0], (e) => valueOf(body, { ...context, given: { [each]: e } }));
    }
    const [first] = operands;
    if (isTable(first)) {
      if (name === "det") return math.det(first);
      if (name === "tr") return math.trace(first);
      if (name === "diag") return math.diag(first.flat());
      const exponentials = first.flat().map((entry) => math.exp(entry));
      const total = exponentials.reduce(added);
      if (name === "logsumexp") return math.log(total);
      if (name === "softmax") return exponentials.map((each) => [math.divide(each, total)]);
      if (operands.length === 1) return mapped(first, (entry) => called(name, [entry], context));
    }
    if (!Object.hasOwn(FUNCTIONS, name)) return none(`${name} has no value here`);
    return math[FUNCTIONS[name]](...operands.map(asNumber));
  }

  // The derivative of a function of one of its arguments, ∂₁f(x, y), so many times: f″(x).
  function slotted(name, slots, operands, context) {
    const letters = operands.map((_, k) => `#${k}`);
    let tree = ["call", name, ...letters.map((letter) => ["name", letter])];
    for (const slot of slots) tree = ["D", tree, ["name", letters[slot - 1] || none("there is no such argument")]];
    return valueOf(tree, { ...context, given: { ...context.given, ...Object.fromEntries(
      letters.map((letter, k) => [letter, operands[k]])
    ) } });
  }

  function holds(condition, context) {
    const [kind, ...parts] = condition;
    if (kind === "and") return parts.every((part) => holds(part, context));
    if (kind === "or") return parts.some((part) => holds(part, context));
    if (kind !== "relation" && kind !== "=") return none("this is no condition");
    const [signs, sides] = kind === "=" ? [["="], parts] : parts;
    const values = sides.map((side) => real(valueOf(side, context)));
    return signs.every((sign, k) => {
      const equal = near(values[k], values[k + 1]);
      if (sign === "=") return equal;
      if (sign === "≠") return !equal;
      const less = values[k] < values[k + 1];
      return (equal && (sign === "≤" || sign === "≥")) || (!equal && less === (sign === "<" || sign === "≤"));
    });
  }

  function valueOf(tree, context) {
    context.spent.nodes += 1;
    if (context.spent.nodes > MOST) none("this takes too long to be worked out here");
    const [kind, ...parts] = tree;
    const value = (part) => valueOf(part, context);
    switch (kind) {
      case "number": return Number(parts[0]);
      case "name": return named(parts[0], context);
      case "at": return entryAt(parts[0], parts.slice(1).map((each) => whole(each, context)), context);
      case "delta": return whole(parts[0], context) === whole(parts[1], context) ? 1 : 0;
      case "+": return parts.map(value).reduce(sum);
      case "-": return product(-1, value(parts[0]));
      case "*": return product(value(parts[0]), value(parts[1]));
      case "⊙": {
        const [left, right] = parts.map(value);
        if (!isTable(left) || !isTable(right)) return product(left, right);
        if (!same(sized(left), sized(right))) none("the shapes of two factors do not fit together");
        return left.map((row, i) => row.map((entry, j) => times(entry, right[i][j])));
      }
      case "/": {
        const below = asNumber(value(parts[1]));
        const above = value(parts[0]);
        return plain(above, below) ? above / below : product(math.divide(1, below), above);
      }
      case "^": return power(value(parts[0]), asNumber(value(parts[1])));
      case "call": return called(parts[0], parts.slice(1).map(value), context);
      case "slot": return slotted(parts[0], parts[1], parts.slice(2).map(value), context);
      case "sum": return totalled(parts, context, sum, 0);
      case "product": return totalled(parts, context, product, 1);
      case "mean": {
        const { count } = context.point;
        const terms = Array.from({ length: count }, (_, k) => valueOf(parts[0], { ...context, entry: k + 1 }));
        return product(1 / count, terms.reduce(sum));
      }
      case "T": return transposed(value(parts[0]));
      case "norm": {
        const entries = entriesOf(value(parts[0])).map((entry) => math.abs(entry));
        const order = parts[1] ? real(value(parts[1])) : 2;
        return entries.map((entry) => entry ** order).reduce(added) ** (1 / order);
      }
      case "row": return [parts.map((part) => asNumber(value(part)))];
      case "column": return parts.map((part) => [asNumber(value(part))]);
      case "matrix": return parts.map((part) => value(part)[0]);
      case "identity": return math.identity(whole(parts[0], context)).toArray();
      case "ones": return context.point.size ? filled(context.point.size, 1, () => 1) : ONES;
      case "basis": {
        const place = whole(parts[0], context);
        return filled(context.point.size || none("the length of this vector is not known"), 1,
          (i) => Number(i + 1 === place));
      }
      case "cases": {
        const found = parts.find(([condition]) => condition === null || holds(condition, context));
        return found ? value(found[1]) : none("none of the cases holds");
      }
      case "D": case "grad": return derivative(kind, parts[0], parts[1], context);
      case "adjoint": {
        const [body, variable] = parts[0].slice(1);
        const weights = entriesOf(value(parts[1]));
        return varied(variable, body, context, (slope) => (
          entriesOf(slope).map((entry, k) => times(entry, weights[k])).reduce(added)
        ));
      }
      case "limit": return limit(parts, context);
      case "set": {
        const entries = entriesOf(value(parts[0]));
        return (along) => along.reduce((total, step, k) => total + step * real(entries[k]), 0);
      }
      case "interval": {
        const [from, to] = parts.map((part) => real(value(part)));
        return ([step]) => step * (step > 0 ? to : from);
      }
      case "hull": {
        const sets = parts.map(value).map((each) => (isSet(each) ? each : none("this is no set")));
        return (along) => Math.max(...sets.map((each) => each(along)));
      }
      case "subgradients": {
        const variable = parts[1] || onlyName(parts[0]);
        return (along) => oneSided(parts[0], variable, along, context);
      }
      default: return none("this has no value here");
    }
  }

  // -- derivatives and limits --------------------------------------------------------------------

  // The value of a function where its argument becomes 0, from its values at smaller and smaller
  // ones; ``factor`` is by how much the error falls with each halving.
  function extrapolated(at, first, factor) {
    const rows = [];
    let [best, least] = [NaN, Infinity];
    for (let row = 0, step = first; row < 8; row += 1, step /= 2) {
      rows.push([at(step)]);
      for (let column = 1; column <= row; column += 1) {
        const weight = factor ** column;
        const [left, above] = [rows[row][column - 1], rows[row - 1][column - 1]];
        rows[row].push((weight * left - above) / (weight - 1));
      }
      const change = row > 1 ? Math.abs(rows[row][row] - rows[row - 1][row - 1]) : Infinity;
      if (change < least) [least, best] = [change, rows[row][row]];
    }
    return least <= 1e-4 * (1 + Math.abs(best)) ? best : NaN;
  }

  // What is done to each entry of a value, however it is made up.
  function entrywise(value, change) {
    if (isTable(value)) return value.map((row, i) => row.map((_, j) => change((of) => of[i][j])));
    return change((of) => (isTable(of) ? NaN : of));
  }

  function slopeOf(at, middle) {
    const step = 0.02 * Math.max(1, Math.abs(middle));
    const values = new Map();
    const kept = (where) => {
      if (!values.has(where)) values.set(where, at(where));
      return values.get(where);
    };
    const shape = kept(middle + step);
    if (isSet(shape)) none("a set has no derivative");
    return entrywise(shape, (pick) => extrapolated((change) => (
      (real(pick(kept(middle + change))) - real(pick(kept(middle - change)))) / (2 * change)
    ), step, 4));
  }

  // The slopes of a body by a variable, each one changed; in the shape of the variable.
  function varied(variable, body, context, change = (slope) => slope) {
    const [kind, base, ...rest] = variable;
    if (kind === "at" && typeof base === "string") {
      const places = rest.map((each) => whole(each, context));
      const entries = Object.hasOwn(context.given, base) ? context.given[base] : context.point.columns[base];
      const put = (list, [place, ...more], value) => list.map((each, k) => {
        if (k !== place - 1) return each;
        return more.length ? put(each, more, value) : value;
      });
      const middle = entryAt(base, places, context);
      if (!isTable(middle)) {
        return change(slopeOf((v) => valueOf(body, within(context, base, put(entries, places, v))), middle));
      }
      const inside = (value) => within(context, base, put(entries, places, value.flat()));
      return tableSlopes(middle, (value) => valueOf(body, inside(value)), change, false);
    }
    if (["row", "column", "matrix"].includes(kind)) {
      const each = (entry) => varied(entry, body, context, change);
      if (kind === "matrix") return variable.slice(1).map((row) => row.slice(1).map(each));
      return kind === "row" ? [variable.slice(1).map(each)] : variable.slice(1).map((e) => [each(e)]);
    }
    let [name, inside, opened] = [base, body, context];
    const middle = valueOf(variable, context);
    if (kind !== "name") {
      // Another one in each derivative that stands inside of another.
      name = `#${Object.keys(context.given).length}`;
      inside = replaced(body, variable, ["name", name]);
      opened = context;
    }
    if (!isTable(middle)) {
      const number = asNumber(middle);
      if (typeof number !== "number") none("what it is differentiated by has no value here");
      return change(slopeOf((value) => valueOf(inside, within(opened, name, value)), number));
    }
    const flat = middle[0].length === 1;
    const at = (value) => valueOf(inside, within(opened, name, flat ? value.flat() : value));
    return tableSlopes(middle, at, change, (context.point.symmetric || []).includes(name));
  }

  function tableSlopes(middle, at, change, symmetric) {
    const moved = (i, j, value) => middle.map((row, k) => row.map((entry, l) => {
      const twin = symmetric && k === j && l === i;
      return (k === i && l === j) || twin ? value : entry;
    }));
    return filled(...sized(middle), (i, j) => {
      const slope = slopeOf((value) => at(moved(i, j, value)), middle[i][j]);
      // Half of what changes with both entries of a symmetric matrix.
      return change(symmetric && i !== j ? product(0.5, slope) : slope);
    });
  }

  function derivative(kind, body, variable, context) {
    const slopes = varied(variable, body, context);
    if (!isTable(slopes) || ["name", "at"].includes(variable[0]) && !isTable(valueOf(variable, context))) {
      return slopes;
    }
    const columns = slopes.flat();
    if (!columns.some(isTable)) return kind === "grad" && variable[0] === "row" ? slopes : slopes;
    // The Jacobian: a column of it for each entry of the variable.
    return transposed(columns.map((column) => entriesOf(column)));
  }

  function limit([body, name, target, side], context) {
    const far = same(target, ["name", "∞"]);
    const middle = far ? 0 : real(valueOf(target, context));
    const from = (sign) => {
      const at = (step) => valueOf(body, within(context, name, far ? 1 / step : middle + sign * step));
      const values = new Map();
      const kept = (step) => {
        if (!values.has(step)) values.set(step, at(step));
        return values.get(step);
      };
      return entrywise(kept(0.06), (pick) => extrapolated((step) => real(pick(kept(step))), 0.06, 2));
    };
    if (far || side) return from(side === "-" ? -1 : 1);
    const [above, below] = [from(1), from(-1)];
    const agree = entriesOf(above).every((each, k) => near(each, entriesOf(below)[k], 1e-5));
    return agree ? product(0.5, sum(above, below)) : NaN;
  }

  // The derivative along a direction from one side, which is the support of all subgradients.
  function oneSided(body, variable, along, context) {
    if (!["row", "name", "at"].includes(variable[0])) {
      const fresh = `#${Object.keys(context.given).length}`;
      const inside = within(context, fresh, real(valueOf(variable, context)));
      return oneSided(replaced(body, variable, ["name", fresh]), ["name", fresh], along, inside);
    }
    const names = variable[0] === "row" ? variable.slice(1) : [variable];
    if (names.length !== along.length) none("this set has other dimensions");
    const middles = names.map((name) => real(valueOf(name, context)));
    const moved = (step) => names.reduce((inside, name, k) => {
      const value = middles[k] + step * along[k];
      if (name[0] === "name") return within(inside, name[1], value);
      if (name[0] !== "at" || typeof name[1] !== "string") return none("this has no value here");
      const [, base, ...rest] = name;
      const [place] = rest.map((each) => whole(each, context));
      const entries = Object.hasOwn(inside.given, base) ? inside.given[base] : inside.point.columns[base];
      return within(inside, base, entries.map((entry, l) => (l === place - 1 ? value : entry)));
    }, context);
    const start = real(valueOf(body, context));
    return extrapolated((step) => (real(valueOf(body, moved(step))) - start) / step, 0.02, 2);
  }

  // The names in an expression, those that it binds itself aside.
  function namesIn(tree) {
    const names = new Set();
    if (!isTree(tree)) return names;
    const [kind, base] = tree;
    if (kind === "name" && !["e", "pi"].includes(base)) names.add(base);
    if (kind === "at" && typeof base === "string") names.add(base);
    for (const part of tree) for (const name of namesIn(part)) names.add(name);
    if (["sum", "product", "limit"].includes(kind)) names.delete(tree[2]);
    return names;
  }

  // The one name in an expression, by which ∂|x| is meant.
  function onlyName(tree) {
    const names = [...namesIn(tree)];
    return names.length === 1 ? ["name", names[0]] : none("it is not said what this is by");
  }

  // -- answers -----------------------------------------------------------------------------------

  const contextAt = (point, definitions) => ({ point, definitions, given: {}, spent: { nodes: 0 } });

  // The value of an answer as a list of numbers, with what it is.
  function valuesOf(tree, point, definitions = {}) {
    const context = contextAt(point, definitions);
    if (tree[0] === "or") {
      const differences = tree.slice(1).map((part) => valuesOf(part, point, definitions));
      if (differences.some((each) => each.kind !== "equation")) none("these are no equations");
      const values = differences.map(({ values: [left, right] }) => left - right);
      return { kind: "or", values: [values.reduce((all, each) => all * each, 1)], count: values.length };
    }
    if (tree[0] === "=") {
      const sides = tree.slice(1).map((side) => entriesOf(valueOf(side, context)).map(real));
      const length = Math.max(...sides.map((side) => side.length));
      // 0 is the zero of every shape.
      const wide = sides.map((side) => (side.length === length ? side : Array(length).fill(side[0])));
      return { kind: "equation", values: wide.flat() };
    }
    const value = valueOf(tree, context);
    if (isSet(value)) {
      const values = (point.directions || [[1]]).flatMap((along) => (
        [value(along), value(along.map((step) => -step))]
      ));
      return { kind: "set", values };
    }
    if (isTable(value)) return { kind: "table", values: value.flat().map(real), shape: sized(value) };
    if (isOnes(value)) none("the length of 𝟏 cannot be told here");
    return { kind: "number", values: [real(value)] };
  }

  const NUMERIC = ["D", "grad", "limit", "adjoint", "slot", "subgradients"];
  const contains = (tree, ...kinds) => isTree(tree)
    && (kinds.includes(tree[0]) || tree.some((part) => contains(part, ...kinds)));

  // Whether two lists of numbers are the same; 0 is the zero of every shape.
  function agree(found, wanted, tolerance) {
    const list = found.values;
    const all = list.length === 1 && list[0] === 0 ? wanted.values.map(() => 0) : list;
    return all.length === wanted.values.length
      && all.every((value, k) => near(value, wanted.values[k], tolerance));
  }

  const isVector = (shape) => shape && Math.min(...shape) === 1;

  // Whether an answer has the values that it should have: "equal", "different", "unknown" where too
  // few points have a value; "equivalent" for an equation multiplied by a number, "other" for one
  // that is not, "cases" where their number differs, and "bare" for the one element of a set.
  function compare(tree, points, wanted, definitions = {}) {
    const tolerance = contains(tree, ...NUMERIC) || wanted.numeric ? 1e-6 : 1e-9;
    let [agreed, asked, outcome, factor] = [0, 0, "equal", null];
    for (let place = 0; place < points.length; place += 1) {
      const values = wanted.values[place];
      if (values === null) continue;
      asked += 1;
      let found;
      try {
        found = valuesOf(tree, points[place], definitions);
      } catch (error) {
        if (!(error instanceof NoValueError) || asked < points.length) throw error;
        continue;
      }
      if (!found.values.every(Number.isFinite)) continue;
      const equations = ["equation", "or"].includes(wanted.kind);
      if (equations !== ["equation", "or"].includes(found.kind)) return "different";
      if (wanted.kind === "or" || found.kind === "or") {
        const value = wanted.kind === "or" ? values[0] : values[0] - values[1];
        const own = found.kind === "or" ? found.values[0] : found.values[0] - found.values[1];
        factor ??= own / value;
        if (factor === 0 || !near(own, factor * value, tolerance)) return "other";
        if ((found.count || 1) !== (wanted.count || 1)) outcome = "cases";
      } else if (equations) {
        const half = values.length / 2;
        const turned = [...values.slice(half), ...values.slice(0, half)];
        if (!agree(found, { values }, tolerance) && !agree(found, { values: turned }, tolerance)) {
          if (found.values.length !== values.length) return "other";
          for (let k = 0; k < half; k += 1) {
            const own = found.values[k] - found.values[k + half];
            const key = values[k] - values[k + half];
            if (key !== 0) factor ??= own / key;
            if (factor === 0 || !near(own, (factor ?? 1) * key, tolerance)) return "other";
          }
          outcome = "equivalent";
        }
      } else if (wanted.kind === "set" && found.kind === "number") {
        const [value] = found.values;
        if (values.length !== 2 || !near(value, values[0], tolerance) || !near(-value, values[1], tolerance)) {
          return "different";
        }
        outcome = "bare";
      } else {
        const tables = wanted.kind === "table" && found.kind === "table";
        if (tables && !same(found.shape, wanted.shape)
          && !(isVector(found.shape) && isVector(wanted.shape))) return "different";
        if ((found.kind === "set") !== (wanted.kind === "set")) return "different";
        if (!agree(found, { values }, tolerance)) return "different";
      }
      agreed += 1;
    }
    return agreed > 0 && agreed >= Math.min(3, asked) ? outcome : "unknown";
  }

  // -- what a step has taken away ------------------------------------------------------------------

  // How many letters and numbers are written.
  function leaves(tree) {
    if (!isTree(tree)) return 0;
    const [kind, ...parts] = tree;
    if (kind === "name" || kind === "number") return 1;
    const own = { at: Number(typeof parts[0] === "string"), call: 1, sum: 1, product: 1, limit: 1 }[kind] || 0;
    return own + parts.map(leaves).reduce((left, right) => left + right, 0);
  }

  // The operands of a sum or a product, however they are grouped.
  const flat = (tree, kind) => (tree[0] === kind ? tree.slice(1).flatMap((each) => flat(each, kind)) : [tree]);

  // The parts of a kind, of products also as many factors in a row as an old one has.
  function* partsOf(tree, kind) {
    if (!isTree(tree)) return;
    if (tree[0] === kind) {
      yield tree;
      if (kind === "*" || kind === "+") {
        const operands = flat(tree, kind).slice(0, 12);
        for (let from = 0; from < operands.length; from += 1) {
          for (let to = from + 2; to <= operands.length; to += 1) {
            if (to - from < operands.length) {
              yield operands.slice(from, to).reduce((left, right) => [kind, left, right]);
            }
          }
        }
      }
    }
    for (const part of tree) yield* partsOf(part, kind);
  }

  // Whether what a step has taken away is still there, be it written otherwise: a part of the same
  // kind, no shorter, and of the same value.
  function isLeft(tree, old, points, definitions) {
    for (const part of partsOf(tree, old.head)) {
      if (leaves(part) < old.leaves || (old.by && !same(part[2], old.by))) continue;
      if (!same([...namesIn(part)].sort(), old.names)) continue;
      try {
        if (compare(part, points, old, definitions) === "equal") return true;
      } catch (error) {
        if (!(error instanceof NoValueError)) throw error;
      }
    }
    return false;
  }

  return {
    FUNCTIONS, NoValueError, compare, contains, isLeft, valuesOf,
    valueOf: (tree, point, definitions = {}) => real(valueOf(tree, contextAt(point, definitions))),
  };
})();
