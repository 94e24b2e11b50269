// The words of what a student types: numbers, names, signs.  Letters that are run together are cut
// into the names that the page knows; what of LaTeX answers are made of becomes text.
"use strict";

const DerivexWords = (() => {
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

  class ReadError extends Error {}

  // -- words ---------------------------------------------------------------------------------

  const WORDS = [
    ["number", /^(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/],
    ["name", /^[A-Za-z]+(?!\u0304)[0-9]*/],
    ["barred", /^(?:[A-Za-z]\u0304|[āēīōūȳḡĀĒĪŌŪȲḠ])/],
    ["above", /^(?:⁽[ⁱʲᵏˡᵐⁿ](?:[⁺⁻][⁰¹²³⁴-⁹]+)?⁾|\^\{\([i-n](?:[+-][0-9]+)?\)\})/],
    ["greek", /^[α-ωΑ-ΟΡΤ-Ωϑϕϖϱϵℓ][0-9]*/],
    ["sum", /^[Σ∑]/],
    ["product", /^[Π∏]/],
    ["lowered", /^(?:_[A-Za-z]+[0-9]*|_[0-9]+|_\{[ A-Za-z0-9,]+\}|_[α-ω]|[₀-₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+)/],
    ["bounds", /^_[{(]/],
    ["transposed", /^⁻?ᵀ/],
    ["raised", /^[⁰¹²³⁴-⁹⁺⁻ⁿⁱˣʸᵃᵇᶜᵈᵉᵏᵐᵒᵖᵗ]+/],
    ["partial", /^∂/],
    ["root", /^√/],
    ["norm", /^(?:\|\||‖)/],
    ["gradient", /^∇/],
    ["to", /^(?:→|->)/],
    ["relation", /^(?:<=|>=|!=|[<>≤≥≠])/],
    ["prime", /^(?:[′'’]+|″)/],
    ["ones", /^𝟏/],
    ["union", /^∪/],
    ["⊙", /^[⊙∘]/],
    ["name", /^∞/],
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
  // names of functions, quantities that have entries, and whether there are sets.
  class Known {
    constructor({ names = [], functions = {}, aliases = {}, indexed = [], spellings = {}, sets = false }) {
      this.sets = sets;
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
        || name === "e" || name === "pi" || name === "∞";
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

  const TOTALS = ["sum", "product", "prod"];

  // The letters that sums and limits run over: of sum_i u, sum_{i=1}^n u, sum(u, i = 1..n) and
  // lim_{h→0} u.
  function indicesIn(words) {
    return words.flatMap((word, place) => {
      const before = words[place - 1];
      const after = words[place + 1];
      const total = before && (TOTALS.includes(before.kind) || TOTALS.includes(before.text));
      if (word.kind === "lowered" && total) return [subscriptOf(word.text)];
      if (word.text === "lim" && after && after.kind === "bounds") {
        const [first, second] = words.slice(place + 2, place + 4);
        if (!first || !second) return [];
        const base = first.kind === "greek" ? GREEK[first.text[0]] + first.text.slice(1) : first.text;
        if (second.kind === "to") return [base];
        return [`${base}_${second.kind === "lowered" ? subscriptOf(second.text) : second.text}`];
      }
      const bound = before && (before.kind === "," || before.kind === "bounds");
      return word.kind === "name" && bound && after && after.kind === "=" ? [word.text] : [];
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
      depth += ["open", "bounds"].includes(words[end].kind) ? 1 : 0;
      depth -= words[end].kind === "close" ? 1 : 0;
      if (depth > 0) continue;
      const [over, name, bracket] = words.slice(end + 1, end + 4);
      if (!over || over.kind !== "/" || !name) return -1;
      const whole = name.text === "d" && bracket && bracket.kind === "open";
      return whole || isDifferential(words, end + 2, known) ? end + 2 : -1;
    }
    return -1;
  }

  // Names with a meaning of their own where no letter is called so, each with what it is before
  // a word and behind one; none where it is an ordinary name there.
  const before = (...kinds) => (next) => next && kinds.includes(next.kind);
  const KEYWORDS = new Map([
    ...["if", "then", "else", "and", "or"].map((word) => [word, () => word]),
    ["sum", (next) => next && "sum"],
    ["prod", (next) => next && "product"],
    ["mean", (next) => next && "mean"],
    ["lim", (next) => before("bounds")(next) && "limit"],
    ["grad", (next) => before("bounds", "lowered")(next) && "gradient"],
    ["partial", (next) => before("lowered")(next) && "partial"],
    ["T", (next, last) => last && (last.kind === "^" || last.kind === "-") && "top"],
    ...["set", "interval", "hull", "conv", "subdifferential", "adjoint", "ones", "basis"].map(
      (word) => [word, (next) => before("open")(next) && "built"]
    ),
    ["I", (next) => before("lowered")(next) && "identity"],
  ]);

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
        if (together && known.isName(`Delta_${change.text}`)) {
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
      if (word.kind === "name" && KEYWORDS.has(sign) && !known.isName(sign)) {
        found.push({ ...word, kind: KEYWORDS.get(sign)(next, words[place - 1]) || "name" });
        continue;
      }
      if (word.kind !== "name" || known.isName(sign) || known.functionNamed(sign)) {
        found.push(word);
        continue;
      }
      const joined = next && next.kind === "lowered" && next.start === word.end;
      const typed = joined ? `${sign}_${subscriptOf(next.text)}` : sign;
      const delta = sign === "delta" && joined;
      if (delta || (sign === "e" && joined) || known.isName(typed) || Object.hasOwn(known.spellings, typed)) {
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

  return {
    CLOSING, INDEX_AS, Known, RAISED, RAISED_AS, RAISED_INDEX, ReadError, indicesIn, resolved,
    subscriptOf, translated, withoutLatex, wordsOf,
  };
})();
