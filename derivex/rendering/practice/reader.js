// Reads what a student types as derivex reads it: `2x sin x`, `1/2x` (which is (1/2)·x), `-x²`,
// `∂(x + y)²/∂y`, `Σ_i a_i b`, `∇_w ‖Xw − y‖²`, `if x < 0 then {−1} else {1}`.  What comes out is a
// tree of arrays, ["*", ["number", "2"], …], which the evaluator turns into values.  The same
// sentences are read by derivex itself when the sheet is marked; tests hold the two readers together.
"use strict";

const DerivexReader = (() => {
  const {
    CLOSING, INDEX_AS, Known, RAISED, RAISED_AS, RAISED_INDEX, ReadError, indicesIn, resolved,
    subscriptOf, translated, withoutLatex, wordsOf,
  } = DerivexWords;
  const DEEPEST = 100; // brackets inside one another
  const LONGEST = 2000; // characters

  const STARTS = new Set([
    "number", "name", "open", "bar", "norm", "root", "partial", "sum", "product", "mean", "limit",
    "gradient", "ones", "built", "identity", "if",
  ]);

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
      const choices = [this.side()];
      while (this.is("or")) {
        this.place += 1;
        choices.push(this.side());
      }
      const value = choices.length === 1 ? choices[0] : ["or", ...choices];
      if (this.word) throw new ReadError(`“${this.word.text}” cannot stand here`);
      return value;
    }
    // An expression, or an equation.
    side() {
      const value = this.sum();
      if (!this.is("=")) return value;
      this.place += 1;
      return ["=", value, this.sum()];
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
        if (this.is("⊙")) {
          this.place += 1;
          value = ["⊙", value, this.factor()];
        } else if (this.is("*") || this.is("/")) {
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
      if (this.is("sum") || this.is("product")) return this.summation();
      if (this.is("limit")) return this.limit();
      if (this.is("gradient")) return this.gradient();
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
      while (this.is("lowered") && this.adjacent() && this.words[this.place - 1].kind === "close") {
        base = ["at", base, ...this.indices(subscriptOf(this.words[this.place++].text))];
      }
      for (let sign = this.top(); sign; sign = this.top()) {
        base = ["T", sign === "-" ? ["^", base, ["-", ["number", "1"]]] : base];
        // What a transposed Jacobian does to a matrix: (∂M/∂M)ᵀ[C].
        if (base[1][0] === "D" && this.is("open") && this.adjacent() && this.word.text === "[") {
          base = ["adjoint", base[1], this.bracket()];
        }
      }
      while (this.is("!")) {
        this.place += 1;
        base = ["call", "factorial", base];
      }
      while (this.is("raised")) {
        const written = translated(this.word.text, RAISED, RAISED_AS);
        this.place += 1;
        base = ["^", base, read(written, this.known)];
      }
      if (!this.is("^")) return this.is("transposed") ? this.raised(base) : base;
      this.place += 1;
      return ["^", base, this.exponent()];
    }
    // The sign of a transposed matrix, "-" of one that is inverted as well; none here else.
    top() {
      if (this.is("transposed")) return this.words[this.place++].text.length > 1 ? "-" : "+";
      if (!this.is("^")) return "";
      const inverted = this.is("-", 1);
      if (!this.is("top", inverted ? 2 : 1)) return "";
      this.place += inverted ? 3 : 2;
      return inverted ? "-" : "+";
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
      if (word.kind === "norm") return this.norm();
      if (word.kind === "ones") {
        this.place += 1;
        return ["ones"];
      }
      if (word.kind === "identity") {
        this.place += 2;
        return ["identity", read(subscriptOf(this.words[this.place - 1].text), this.known)];
      }
      if (word.kind === "built") return this.built();
      if (word.kind === "if") return this.cases();
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
      const [values, separators] = this.inside("bracket", () => this.separated());
      this.closed(opening);
      if (this.known.sets && opening.text === "{") {
        return values.length === 1 ? ["set", values[0]] : ["hull", ...values.map((each) => ["set", each])];
      }
      if (values.length === 1) return values[0][0] === "row" && opening.text === "[" ? ["matrix", values[0]] : values[0];
      if (this.known.sets && opening.text === "[" && values.length === 2) return ["interval", ...values];
      if (values.every((each) => each[0] === "row")) return ["matrix", ...values];
      if (!separators.includes(";")) return ["row", ...values];
      if (!separators.includes(",")) return ["column", ...values];
      const rows = [["row", values[0]]];
      separators.forEach((sign, k) => {
        if (sign === ";") rows.push(["row", values[k + 1]]);
        else rows.at(-1).push(values[k + 1]);
      });
      return ["matrix", ...rows];
    }
    closed(opening) {
      const closing = this.expect("close", `the closing ${CLOSING[opening.text]}`);
      if (closing.text !== CLOSING[opening.text]) {
        throw new ReadError(`${opening.text} is closed by ${closing.text}`);
      }
    }
    separated() {
      const [values, separators] = [[this.sum()], []];
      while (this.is(",") || this.is(";")) {
        separators.push(this.words[this.place++].kind);
        values.push(this.sum());
      }
      return [values, separators];
    }
    listed() {
      return this.separated()[0];
    }
    norm() {
      this.place += 1;
      const inner = this.inside("norm", () => this.sum());
      this.expect("norm", "the closing ‖");
      if (!this.is("lowered") || !this.adjacent()) return ["norm", inner];
      return ["norm", inner, read(subscriptOf(this.words[this.place++].text), this.known)];
    }
    // if c then u else if d then v else w
    cases() {
      const branches = [];
      for (;;) {
        this.expect("if", "if");
        const condition = this.conditions();
        this.expect("then", "then");
        branches.push([condition, this.inside("bracket", () => this.sum())]);
        if (!this.is("else")) break;
        this.place += 1;
        if (!this.is("if")) {
          branches.push([null, this.inside("bracket", () => this.sum())]);
          break;
        }
      }
      return ["cases", ...branches];
    }
    conditions() {
      const parts = [this.relation()];
      const joint = this.word && this.word.kind;
      while ((joint === "and" || joint === "or") && this.is(joint)) {
        this.place += 1;
        parts.push(this.relation());
      }
      return parts.length === 1 ? parts[0] : [joint, ...parts];
    }
    relation() {
      const [signs, sides] = [[], [this.sum()]];
      while (this.is("relation") || this.is("=")) {
        const { text } = this.words[this.place++];
        signs.push({ "<=": "≤", ">=": "≥", "!=": "≠" }[text] || text);
        sides.push(this.sum());
      }
      if (!signs.length) throw new ReadError("a condition is missing: if x < 0 then …");
      return ["relation", signs, sides];
    }
    // set(a), interval(a, b), hull(A, B), conv{a, b}, conv(A ∪ B), subdifferential(u, x), …
    built() {
      const { text } = this.expect("built", "a name");
      if (text === "conv" && this.word.text === "{") {
        const points = this.bracket();
        return points[0] === "hull" ? points : ["hull", points];
      }
      const opening = this.expect("open", "a bracket");
      const parts = [this.inside("bracket", () => this.sum())];
      while (this.is(",") || this.is("union")) {
        this.place += 1;
        parts.push(this.inside("bracket", () => this.sum()));
      }
      this.closed(opening);
      const wanted = { set: 1, interval: 2, subdifferential: 2, adjoint: 3 }[text];
      if (wanted && parts.length !== wanted) throw new ReadError(`${text} needs ${wanted} arguments`);
      if (text === "ones") return ["ones"];
      if (text === "basis") return ["basis", parts[0]];
      if (text === "adjoint") return ["adjoint", ["D", parts[0], parts[1]], parts[2]];
      if (text === "subdifferential") return ["subgradients", ...parts];
      return [text === "conv" ? "hull" : text, ...parts];
    }
    indices(subscript) {
      const parts = subscript.includes(",") ? subscript.split(",") : subscript.match(/[a-z]|\d+/gi);
      return parts.map((each) => read(each, this.known));
    }
    // ∇_w u, ∇_(Xw − y) u: of a bracket, or of the factors up to the next sign.
    gradient() {
      this.place += 1;
      const variable = this.below();
      return ["grad", this.operand(), variable];
    }
    operand() {
      return this.is("open") ? this.power() : this.product();
    }
    // What stands below a sign: ∇_w, ∂_vₖ, ∂_(x − y).
    below() {
      let value;
      if (this.is("bounds")) {
        this.place += 1;
        const values = this.inside("bracket", () => this.listed());
        this.expect("close", "the closing bracket");
        value = values.length === 1 ? values[0] : ["row", ...values];
      } else {
        const text = subscriptOf(this.expect("lowered", "what it is by").text);
        const [name, ...rest] = text.split(/(?=\d)/);
        value = this.known.isName(text) ? ["name", text] : read(rest.length ? `${name}_${rest.join("")}` : text, this.known);
      }
      if (value[0] === "name" && this.is("lowered") && this.adjacent()) {
        value = ["at", value[1], ...this.indices(subscriptOf(this.words[this.place++].text))];
      }
      return value;
    }
    // lim_{h→0} u, lim_{h→0+} u
    limit() {
      this.place += 1;
      this.expect("bounds", "what the limit is for");
      const variable = this.name();
      this.expect("to", "→");
      const negative = this.is("-");
      if (negative) this.place += 1;
      const bare = this.power();
      const target = negative ? ["-", bare] : bare;
      let side = "";
      if (this.is("+") || this.is("-")) side = this.words[this.place++].kind;
      this.expect("close", "the bracket after what it goes to");
      const name = variable[1];
      this.known.bound.push(name);
      const body = this.product();
      this.known.bound.pop();
      return ["limit", body, name, target, side];
    }
    name() {
      const word = this.expect("name", "a name");
      const base = word.text;
      if (this.is("above") && this.adjacent()) {
        const { text } = this.words[this.place++];
        const raised = text.startsWith("⁽");
        const index = raised ? translated(text.slice(1, -1), RAISED_INDEX, INDEX_AS) : text.slice(3, -2);
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
      const basis = base === "e" && !this.known.indexed.has("e");
      if (!delta && !basis && !this.known.indexed.has(base)) {
        if (this.known.isName(typed)) return ["name", typed];
        throw new ReadError(`“${typed}” is no name that is used here`);
      }
      const indices = this.indices(subscript);
      if (basis) return ["basis", ...indices];
      return delta ? ["delta", ...indices] : ["at", base, ...indices];
    }
    // A function: with its own bracket, or with the factors up to the next function or sign.
    application(name) {
      this.place += 1;
      if (this.is("prime")) return this.raised(this.primed(name));
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
    // f′(x), f″(x)
    primed(name) {
      const times = this.words[this.place++].text.replace("″", "′′").length;
      return ["slot", name, Array(times).fill(1), ...this.list()];
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
      if (this.is("bounds") || this.is("lowered")) return this.subscriptedDerivative();
      const order = this.order();
      if (this.is("/")) {
        const variables = this.denominator(order);
        // A bracket is the whole operand; else the product up to the next sign is.
        const operand = this.is("open") ? this.power() : this.product();
        return derived(operand, variables);
      }
      const name = this.functionHere();
      let operand = null;
      if (this.is("sum") || this.is("product")) operand = this.summation();
      else if (this.is("partial")) operand = this.derivative();
      else operand = name !== null ? this.application(name) : this.power();
      if (this.known.sets && !this.is("/")) return ["subgradients", operand, null];
      return derived(operand, this.denominator(order));
    }
    // ∂₁f(x, y), by an argument; ∂_x u, or all subgradients.
    subscriptedDerivative() {
      const slots = this.is("lowered") && /^\d+$/.test(subscriptOf(this.word.text));
      if (slots) {
        const places = [...subscriptOf(this.words[this.place++].text)].map(Number);
        const name = this.functionHere();
        if (name === null) throw new ReadError("a function is missing behind ∂ with a number");
        this.place += 1;
        return this.raised(["slot", name, places, ...this.list()]);
      }
      const variable = this.below();
      const operand = this.operand();
      return this.known.sets ? ["subgradients", operand, variable] : ["D", operand, variable];
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
      const { kind } = this.words[this.place++];
      if (this.is("open") && this.adjacent()) return this.summed(kind);
      if (this.is("lowered")) {
        const index = subscriptOf(this.words[this.place++].text);
        return this.over(kind, index, null, null);
      }
      if (!this.is("bounds")) throw new ReadError("the index of the sum is missing");
      this.place += 1;
      const index = this.expect("name", "the index").text;
      this.expect("=", "= after the index");
      const lower = this.inside("bracket", () => this.sum());
      this.expect("close", "the bracket after the lower bound");
      this.expect("^", "the upper bound");
      const upper = this.is("open") ? this.bracket() : this.signlessLeaf();
      return this.over(kind, index, lower, upper);
    }
    over(kind, index, lower, upper) {
      this.known.bound.push(index);
      const body = this.product();
      this.known.bound.pop();
      return [kind, body, index, lower, upper];
    }
    summed(kind) {
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
      return [kind, body, index.text, lower, upper];
    }
    closing() {
      let depth = 0;
      for (let place = this.place; place < this.words.length; place += 1) {
        depth += ["open", "bounds"].includes(this.words[place].kind) ? 1 : 0;
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
