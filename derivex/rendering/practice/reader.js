// Reads what a student types as derivex reads it: `2x sin x`, `1/2x` (which is (1/2)·x), `-x²`,
// `∂(x + y)²/∂y`, `Σ_i a_i b`.  What comes out is a tree of arrays, ["*", ["number", "2"], …], which
// the evaluator turns into values.  The same sentences are read by derivex itself when the sheet is
// marked; tests hold the two readers together.
"use strict";

const DerivexReader = (() => {
  const GREEK = {
    α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ϵ: "epsilon", ζ: "zeta",
    η: "eta", θ: "theta", ϑ: "theta", ι: "iota", κ: "kappa", λ: "lambda", μ: "mu", ν: "nu",
    ξ: "xi", ο: "omicron", π: "pi", ϖ: "pi", ρ: "rho", ϱ: "rho", σ: "sigma", τ: "tau",
    υ: "upsilon", φ: "phi", ϕ: "phi", χ: "chi", ψ: "psi", ω: "omega", Γ: "Gamma", Δ: "Delta",
    Θ: "Theta", Λ: "Lambda", Ξ: "Xi", Φ: "Phi", Ψ: "Psi", Ω: "Omega", ℓ: "ell",
  };
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱˣʸᵃᵇᶜᵈᵉᵏᵐᵒᵖᵗ";
  const RAISED_AS = "0123456789+-nixyabcdekmopt";
  const LOWERED = "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";
  const LOWERED_AS = "0123456789aehijklmnoprstuvx";
  const RAISED_INDEX = "ⁱʲᵏˡᵐⁿ⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹";
  const INDEX_AS = "ijklmn+-0123456789";
  const DEEPEST = 100; // brackets inside one another
  const LONGEST = 2000; // characters

  class ReadError extends Error {}

  // -- words ---------------------------------------------------------------------------------

  const WORDS = [
    ["number", /^(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/],
    ["name", /^[A-Za-z]+(?!\u0304)[0-9]*/],
    ["barred", /^(?:[A-Za-z]\u0304|[āēīōūȳḡĀĒĪŌŪȲḠ])/],
    ["above", /^⁽[ⁱʲᵏˡᵐⁿ](?:[⁺⁻][⁰¹²³⁴-⁹]+)?⁾/],
    ["greek", /^[α-ωΑ-ΡΤ-Ωϑϕϖϱϵℓ][0-9]*/],
    ["sum", /^[Σ∑]/],
    ["lowered", /^(?:_[A-Za-z]+[0-9]*|_[0-9]+|_\{[ A-Za-z0-9,]+\}|_[α-ω]|[₀-₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+)/],
    ["bounds", /^_[{(]/],
    ["raised", /^[⁰¹²³⁴-⁹⁺⁻ⁿⁱˣʸᵃᵇᶜᵈᵉᵏᵐᵒᵖᵗ]+/],
    ["partial", /^∂/],
    ["root", /^√/],
    ["norm", /^(?:\|\||‖)/],
    ["+", /^\+/],
    ["-", /^[-−–‐‑]/],
    ["^", /^(?:\^|\*\*)/],
    ["range", /^\.\./],
    [";", /^;/],
    ["*", /^[*·×⋅∙]/],
    ["/", /^[/÷∕]/],
    ["open", /^[([{]/],
    ["close", /^[)\]}]/],
    [",", /^,/],
    ["=", /^=/],
    ["bar", /^\|/],
    ["!", /^!/],
  ];
  const CLOSING = { "(": ")", "[": "]", "{": "}" };

  function wordsOf(text) {
    const words = [];
    let place = 0;
    while (place < text.length) {
      const blank = /^\s+/.exec(text.slice(place));
      if (blank) {
        place += blank[0].length;
        continue;
      }
      const rest = text.slice(place);
      const found = WORDS.map(([kind, sign]) => [kind, sign.exec(rest)]).find((each) => each[1]);
      if (!found) throw new ReadError(`“${[...rest][0]}” cannot be read here`);
      const [kind, [word]] = found;
      words.push({ kind, text: word, start: place, end: place + word.length });
      place += word.length;
    }
    return words;
  }

  // The few commands of LaTeX that answers are made of, as text.
  function withoutLatex(text) {
    if (!/[\\$]/.test(text)) return text;
    let plain = text.replace(/^\s*\$(.*)\$\s*$/s, "$1").replace(/\\(?:left|right|,|;|!|:|quad)/g, " ");
    plain = plain.replace(/\\(?:cdot|times)\b/g, "*").replace(/\\partial\b/g, "∂");
    for (let again = true; again; ) {
      const before = plain;
      plain = plain.replace(/\\[dt]?frac\s*(\d)\s*(\d)/g, "(($1)/($2))");
      plain = plain.replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "(($1)/($2))");
      plain = plain.replace(/\\sqrt\s*\{([^{}]*)\}/g, "sqrt($1)");
      plain = plain.replace(/\\(?:mathrm|operatorname|text)\s*\{([^{}]*)\}/g, " $1 ");
      plain = plain.replace(/([\^])\s*\{([^{}]*)\}/g, "$1($2)");
      again = plain !== before;
    }
    plain = plain.replace(/\\([A-Za-z]+)/g, " $1 ");
    if (/[\\{}]/.test(plain.replace(/_\{[^{}]*\}/g, ""))) {
      throw new ReadError("this LaTeX cannot be read here; type it as text, for example 2x sin(x)");
    }
    return plain;
  }

  const translated = (text, from, to) => [...text].map((each) => to[from.indexOf(each)]).join("");

  function subscriptOf(word) {
    const text = /^_/.test(word) ? word.slice(1).replace(/[{} ]/g, "") : null;
    if (text === null) return translated(word, LOWERED, LOWERED_AS);
    return [...text].map((each) => GREEK[each] || each).join("");
  }

  // -- names ---------------------------------------------------------------------------------

  // What is known: names, functions with the number of their arguments (0 for any number), other
  // names of functions, and quantities that have entries.
  class Known {
    constructor({ names = [], functions = {}, aliases = {}, indexed = [], spellings = {} }) {
      this.names = new Set(names);
      this.spellings = spellings;
      this.functions = functions;
      this.aliases = aliases;
      this.indexed = new Set(indexed);
      this.bound = [];
    }
    functionNamed(name) {
      if (this.names.has(name)) return null;
      const known = Object.hasOwn(this.aliases, name) ? this.aliases[name] : name;
      return Object.hasOwn(this.functions, known) ? known : null;
    }
    isName(name) {
      return this.names.has(name) || this.indexed.has(name) || this.bound.includes(name)
        || name === "e" || name === "pi";
    }
    // The ways to cut letters that are run together into known names and functions: the shortest.
    cut(word) {
      const best = Array(word.length + 1).fill(null);
      best[word.length] = [];
      for (let from = word.length - 1; from >= 0; from -= 1) {
        for (let to = word.length; to > from; to -= 1) {
          const part = word.slice(from, to);
          const known = this.isName(part) || (part.length > 1 && this.functionNamed(part));
          if (known && best[to] && (!best[from] || best[to].length + 1 < best[from].length)) {
            best[from] = [part, ...best[to]];
          }
        }
      }
      return best[0];
    }
  }

  // The letters that sums run over: of sum_i u, sum_{i=1}^n u and sum(u, i = 1..n).
  function indicesIn(words) {
    return words.flatMap((word, place) => {
      const before = words[place - 1];
      const after = words[place + 1];
      const total = before && (before.kind === "sum" || before.text === "sum");
      if (word.kind === "lowered" && total) return [subscriptOf(word.text)];
      return word.kind === "name" && after && after.kind === "=" ? [word.text] : [];
    });
  }

  // Whether a word is a d with a name right behind it: dx, dx_1, dw_k.
  function isDifferential(words, place, known) {
    const word = words[place];
    if (!word || word.kind !== "name" || word.text[0] !== "d" || word.text.length < 2) return false;
    const name = word.text.slice(1);
    const next = words[place + 1];
    if (!next || next.kind !== "lowered" || next.start !== word.end) return known.isName(name);
    const typed = `${name}_${subscriptOf(next.text)}`;
    return known.indexed.has(name) || known.names.has(typed) || Object.hasOwn(known.spellings, typed);
  }

  // Where the dx stands below a d with a bracket: d(x^2)/dx; -1 where there is none.
  function below(words, place, known) {
    if (!words[place] || words[place].kind !== "open") return -1;
    let depth = 0;
    for (let end = place; end < words.length; end += 1) {
      depth += words[end].kind === "open" ? 1 : 0;
      depth -= words[end].kind === "close" ? 1 : 0;
      if (depth > 0) continue;
      const [over, name, bracket] = words.slice(end + 1, end + 4);
      if (!over || over.kind !== "/" || !name) return -1;
      const whole = name.text === "d" && bracket && bracket.kind === "open";
      return whole || isDifferential(words, end + 2, known) ? end + 2 : -1;
    }
    return -1;
  }

  // Names that are run together become words of their own; d/dx and dy/dx become derivatives.
  function resolved(words, known) {
    const found = [];
    const differentials = new Set(); // where a d stands below one with a bracket
    for (let place = 0; place < words.length; place += 1) {
      const word = words[place];
      if (word.kind === "barred") {
        found.push({ ...word, kind: "name", text: word.text.normalize("NFC") });
        continue;
      }
      if (word.kind === "greek") {
        const change = words[place + 1];
        const together = word.text === "Δ" && change && change.start === word.end;
        if (together && known.names.has(`Delta_${change.text}`)) {
          found.push({ ...word, kind: "name", text: `Delta_${change.text}`, end: change.end });
          place += 1;
          continue;
        }
        found.push({ ...word, kind: "name", text: GREEK[word.text[0]] + word.text.slice(1) });
        continue;
      }
      const next = words[place + 1];
      const sign = word.text;
      const lower = sign === "d" ? below(words, place + 1, known) : -1;
      if (lower >= 0 || (sign === "d" && differentials.has(place))) {
        if (lower >= 0) differentials.add(lower);
        found.push({ ...word, kind: "partial" });
        continue;
      }
      if (word.kind !== "name" || known.isName(sign) || known.functionNamed(sign)) {
        found.push(word);
        continue;
      }
      if ((sign === "sum" || sign === "mean") && next) {
        found.push({ ...word, kind: sign });
        continue;
      }
      const joined = next && next.kind === "lowered" && next.start === word.end;
      const typed = joined ? `${sign}_${subscriptOf(next.text)}` : sign;
      const delta = sign === "delta" && joined;
      if (delta || known.isName(typed) || Object.hasOwn(known.spellings, typed)) {
        found.push(word);
        continue;
      }
      if (next && next.kind === "above" && known.indexed.has(`${sign}⁽⁾`)) {
        found.push(word);
        continue;
      }
      if (sign === "d" && next && (next.kind === "/" || next.kind === "open")) {
        found.push({ ...word, kind: "partial" });
        continue;
      }
      if (isDifferential(words, place, known)) {
        const after = words[joined ? place + 2 : place + 1];
        const under = words[place - 1] && words[place - 1].kind === "/";
        if (under || (after && after.kind === "/")) {
          found.push({ ...word, kind: "partial", end: word.start + 1 });
          found.push({ ...word, text: sign.slice(1), start: word.start + 1 });
          continue;
        }
      }
      const parts = known.cut(sign);
      if (!parts) throw new ReadError(`“${sign}” is no name or function that is used here`);
      let start = word.start;
      for (const part of parts) {
        found.push({ ...word, text: part, start, end: start + part.length });
        start += part.length;
      }
    }
    return found;
  }

  // -- the parser ----------------------------------------------------------------------------

  const STARTS = new Set(
    ["number", "name", "open", "bar", "norm", "root", "partial", "sum", "mean"]
  );

  class Parser {
    constructor(words, known) {
      this.words = words;
      this.known = known;
      this.place = 0;
      this.groups = [];
    }
    get word() {
      return this.words[this.place];
    }
    is(kind, ahead = 0) {
      const word = this.words[this.place + ahead];
      return word !== undefined && word.kind === kind;
    }
    adjacent() {
      const before = this.words[this.place - 1];
      return this.word !== undefined && before !== undefined && before.end === this.word.start;
    }
    // The function that a name is here; u of u_1 is none where u_1 is a name.
    functionHere() {
      if (!this.is("name")) return null;
      const next = this.words[this.place + 1];
      const joined = next && next.kind === "lowered" && next.start === this.word.end;
      if (joined && this.known.names.has(`${this.word.text}_${subscriptOf(next.text)}`)) return null;
      return this.known.functionNamed(this.word.text);
    }
    expect(kind, told) {
      if (!this.is(kind)) throw new ReadError(`${told} is missing`);
      this.place += 1;
      return this.words[this.place - 1];
    }
    inside(kind, read) {
      if (this.groups.length >= DEEPEST) throw new ReadError("this is nested too deeply");
      this.groups.push(kind);
      const value = read();
      this.groups.pop();
      return value;
    }
    whole() {
      let value = this.sum();
      if (this.is("=")) {
        this.place += 1;
        value = ["=", value, this.sum()];
      }
      if (this.word) throw new ReadError(`“${this.word.text}” cannot stand here`);
      return value;
    }
    sum() {
      const terms = [this.term()];
      while (this.is("+") || this.is("-")) terms.push(this.term());
      return terms.length === 1 ? terms[0] : ["+", ...terms];
    }
    term() {
      let negative = false;
      while (this.is("+") || this.is("-")) {
        negative = this.is("-") !== negative;
        this.place += 1;
      }
      const value = this.product();
      return negative ? ["-", value] : value;
    }
    // Of || inside of bars, the first one closes them: |x||y|.
    partBars() {
      if (!this.is("norm") || this.word.text !== "||") return;
      const { start, end } = this.word;
      const bars = [start, end - 1].map((from) => ({ kind: "bar", text: "|", start: from, end: from + 1 }));
      this.words.splice(this.place, 1, ...bars);
    }
    startsOperand() {
      if (this.groups.at(-1) === "bar") this.partBars();
      if (!this.word || !STARTS.has(this.word.kind)) return false;
      // A bar inside of bars closes them.
      return !((this.is("bar") || this.is("norm")) && this.groups.at(-1) === this.word.kind);
    }
    product() {
      let value = this.factor();
      for (;;) {
        if (this.is("*") || this.is("/")) {
          const divides = this.is("/");
          this.place += 1;
          const sign = this.is("-") || this.is("+") ? this.word.kind : "";
          if (sign) this.place += 1;
          const right = this.factor();
          const signed = sign === "-" ? ["-", right] : right;
          value = divides ? ["/", value, signed] : ["*", value, signed];
        } else if (this.startsOperand()) {
          const before = this.words[this.place - 1].kind;
          if (this.is("number") && (before === "number" || before === "name")) {
            throw new ReadError(`the number ${this.word.text} stands right behind another factor`);
          }
          value = ["*", value, this.factor()];
        } else {
          return value;
        }
      }
    }
    factor() {
      if (!this.word) throw new ReadError("something is missing at the end");
      if (this.is("partial")) return this.derivative();
      if (this.is("sum")) return this.summation();
      const name = this.functionHere();
      if (name !== null) return this.application(name);
      return this.power();
    }
    // A base with its exponents, which go from the right: 2^3^2 is 2^(3^2).
    power() {
      return this.raised(this.primary());
    }
    raised(start) {
      let base = start;
      while (this.is("!")) {
        this.place += 1;
        base = ["call", "factorial", base];
      }
      while (this.is("raised")) {
        const written = translated(this.word.text, RAISED, RAISED_AS);
        this.place += 1;
        base = ["^", base, read(written, this.known)];
      }
      if (!this.is("^")) return base;
      this.place += 1;
      return ["^", base, this.exponent()];
    }
    exponent() {
      if (this.is("-") || this.is("+")) {
        const negative = this.is("-");
        this.place += 1;
        const value = this.exponent();
        return negative ? ["-", value] : value;
      }
      const name = this.functionHere();
      return name !== null ? this.application(name) : this.power();
    }
    primary() {
      const word = this.word;
      if (!word) throw new ReadError("something is missing at the end");
      if (word.kind === "number") {
        this.place += 1;
        return ["number", word.text];
      }
      if (word.kind === "open") return this.bracket();
      if (word.kind === "bar") {
        this.place += 1;
        const inner = this.inside("bar", () => this.sum());
        this.partBars();
        this.expect("bar", "the closing |");
        return ["call", "abs", inner];
      }
      if (word.kind === "root") {
        this.place += 1;
        if (this.is("open") && this.adjacent()) return ["call", "sqrt", this.bracket()];
        return ["call", "sqrt", this.power()];
      }
      if (word.kind === "mean") return this.mean();
      if (word.kind === "name") return this.name();
      if (word.kind === "partial") return this.derivative();
      throw new ReadError(`“${word.text}” cannot stand here`);
    }
    bracket() {
      const opening = this.expect("open", "a bracket");
      const values = this.inside("bracket", () => this.listed());
      this.closed(opening);
      return values.length === 1 ? values[0] : ["row", ...values];
    }
    closed(opening) {
      const closing = this.expect("close", `the closing ${CLOSING[opening.text]}`);
      if (closing.text !== CLOSING[opening.text]) {
        throw new ReadError(`${opening.text} is closed by ${closing.text}`);
      }
    }
    listed() {
      const values = [this.sum()];
      while (this.is(",") || this.is(";")) {
        this.place += 1;
        values.push(this.sum());
      }
      return values;
    }
    name() {
      const word = this.expect("name", "a name");
      const base = word.text;
      if (this.is("above") && this.adjacent()) {
        const index = translated(this.words[this.place++].text.slice(1, -1), RAISED_INDEX, INDEX_AS);
        return ["at", `${base}⁽⁾`, read(index, this.known)];
      }
      if (this.is("lowered") && this.adjacent()) return this.subscripted(base);
      if (this.known.indexed.has(base) && this.is("bounds")) {
        this.place += 1;
        const index = this.inside("bracket", () => this.sum());
        this.expect("close", "the bracket after the index");
        return ["at", base, index];
      }
      if (this.known.indexed.has(base) && this.is("open") && this.word.text === "[") {
        const index = this.bracket();
        return index[0] === "row" ? ["at", base, ...index.slice(1)] : ["at", base, index];
      }
      const name = Object.hasOwn(this.known.spellings, base) ? this.known.spellings[base] : base;
      if (!this.known.isName(name)) throw new ReadError(`“${base}” is no name that is used here`);
      return ["name", name];
    }
    subscripted(base) {
      const subscript = subscriptOf(this.words[this.place++].text);
      const typed = `${base}_${subscript}`;
      const whole = Object.hasOwn(this.known.spellings, typed) ? this.known.spellings[typed] : typed;
      if (this.known.names.has(whole)) return ["name", whole];
      const delta = base === "delta" && !this.known.names.has("delta");
      if (!delta && !this.known.indexed.has(base)) {
        throw new ReadError(`“${typed}” is no name that is used here`);
      }
      const parts = subscript.includes(",") ? subscript.split(",") : subscript.match(/[a-z]|\d+/gi);
      const indices = parts.map((each) => read(each, this.known));
      return delta ? ["delta", ...indices] : ["at", base, ...indices];
    }
    // A function: with its own bracket, or with the factors up to the next function or sign.
    application(name) {
      this.place += 1;
      let exponent = null;
      let base = null;
      if (this.is("lowered") && name === "log") {
        base = read(subscriptOf(this.word.text), this.known);
        this.place += 1;
      }
      if (this.is("raised")) {
        exponent = read(translated(this.word.text, RAISED, RAISED_AS), this.known);
        this.place += 1;
      } else if (this.is("^")) {
        this.place += 1;
        exponent = this.is("open") ? this.bracket() : this.signlessLeaf();
      }
      if (exponent && exponent[0] === "-") {
        throw new ReadError(`${name}^-1 can mean two things; write 1/${name}(x), or a${name}(x)`);
      }
      const arity = this.known.functions[name];
      const made = (operands) => {
        let value = ["call", name, ...operands];
        if (base) value = ["/", value, ["call", name, base]];
        return exponent ? ["^", value, exponent] : value;
      };
      if (this.is("open") && (this.adjacent() || arity !== 1)) return this.raised(made(this.list()));
      if (arity !== 1) throw new ReadError(`${name} needs its arguments in brackets`);
      if (!this.startsOperand() || this.is("partial") || this.is("sum")) {
        throw new ReadError(`${name} needs an argument; one with a sign needs brackets`);
      }
      if (this.is("open")) return made([this.power()]);
      const inner = this.functionHere();
      if (inner !== null) return made([this.application(inner)]);
      let afterNumber = this.is("number");
      let argument = this.power();
      for (;;) {
        const leaf = this.is("name") && this.functionHere() === null;
        const closed = afterNumber && (this.is("open") || this.is("root"));
        const bars = afterNumber && this.is("bar") && this.startsOperand();
        if (!leaf && !closed && !bars) return made([argument]);
        argument = ["*", argument, this.power()];
        afterNumber = false;
      }
    }
    signlessLeaf() {
      if (!this.is("number") && !this.is("name")) throw new ReadError("this exponent cannot be read");
      return this.is("number") ? ["number", this.words[this.place++].text] : this.name();
    }
    list() {
      const opening = this.expect("open", "a bracket");
      const values = this.inside("bracket", () => this.listed());
      this.closed(opening);
      return values;
    }
    // ∂u/∂x, ∂/∂x u, ∂²u/∂x².
    derivative() {
      this.expect("partial", "∂");
      const order = this.order();
      if (this.is("/")) {
        const variables = this.denominator(order);
        // A bracket is the whole operand; else the product up to the next sign is.
        const operand = this.is("open") ? this.power() : this.product();
        return derived(operand, variables);
      }
      const name = this.functionHere();
      let operand = null;
      if (this.is("sum")) operand = this.summation();
      else operand = name !== null ? this.application(name) : this.power();
      return derived(operand, this.denominator(order));
    }
    order() {
      if (this.is("raised")) return Number(translated(this.words[this.place++].text, RAISED, RAISED_AS));
      if (!this.is("^")) return 1;
      this.place += 1;
      return Number(this.expect("number", "the order").text);
    }
    denominator(order) {
      this.expect("/", "the / of the derivative");
      const variables = [];
      while (variables.length < order) {
        this.expect("partial", "the ∂ or d below");
        const variable = this.is("open") ? this.bracket() : this.name();
        let times = this.order();
        if (!(times >= 1 && times <= 4)) throw new ReadError("this order cannot be read");
        for (; times > 0; times -= 1) variables.push(variable);
      }
      if (variables.length !== order) throw new ReadError("the orders of the derivative differ");
      return variables;
    }
    // Σ_i u, sum_i u, sum_{i=1}^n u, sum(u, i = 1..n).
    summation() {
      this.place += 1;
      if (this.is("open") && this.adjacent()) return this.summed();
      if (this.is("lowered")) {
        const index = subscriptOf(this.words[this.place++].text);
        return this.over(index, null, null);
      }
      if (!this.is("bounds")) throw new ReadError("the index of the sum is missing");
      this.place += 1;
      const index = this.expect("name", "the index").text;
      this.expect("=", "= after the index");
      const lower = this.inside("bracket", () => this.sum());
      this.expect("close", "the bracket after the lower bound");
      this.expect("^", "the upper bound");
      const upper = this.is("open") ? this.bracket() : this.signlessLeaf();
      return this.over(index, lower, upper);
    }
    over(index, lower, upper) {
      this.known.bound.push(index);
      const body = this.product();
      this.known.bound.pop();
      return ["sum", body, index, lower, upper];
    }
    summed() {
      // The index stands behind what it runs through.
      const end = this.closing();
      const index = this.words.slice(this.place, end).findLast(
        (word, place, all) => word.kind === "name" && all[place + 1] && all[place + 1].kind === "="
      );
      if (!index) throw new ReadError("write sum(u, i = 1..n)");
      this.known.bound.push(index.text);
      this.expect("open", "a bracket");
      const body = this.inside("bracket", () => this.sum());
      this.expect(",", "the comma before the index");
      this.expect("name", "the index");
      this.expect("=", "=");
      const lower = this.inside("bracket", () => this.sum());
      this.expect("range", "..");
      const upper = this.inside("bracket", () => this.sum());
      this.expect("close", "the closing bracket");
      this.known.bound.pop();
      return ["sum", body, index.text, lower, upper];
    }
    closing() {
      let depth = 0;
      for (let place = this.place; place < this.words.length; place += 1) {
        depth += this.words[place].kind === "open" ? 1 : 0;
        depth -= this.words[place].kind === "close" ? 1 : 0;
        if (depth === 0) return place;
      }
      return this.words.length;
    }
    mean() {
      this.place += 1;
      return ["mean", this.bracket()];
    }
  }

  function derived(operand, variables) {
    return variables.reduceRight((value, variable) => ["D", value, variable], operand);
  }

  function read(text, known) {
    if (text.length > LONGEST) throw new ReadError("this is too long to be read");
    const found = wordsOf(withoutLatex(text));
    const outside = known.bound;
    known.bound = [...outside, ...indicesIn(found)];
    const words = resolved(found, known);
    known.bound = outside;
    if (!words.length) throw new ReadError("nothing is written here");
    return new Parser(words, known).whole();
  }

  return { Known, ReadError, read };
})();
