// The practice page: judges each answer when it is handed in, keeps count, and writes the answers
// to a file.  What it judges with stands in the page, encoded; see the note there.
"use strict";

(() => {
  const written = document.getElementById("judged-with").textContent;
  const bytes = Uint8Array.from(atob(written.trim()), (each) => each.charCodeAt(0));
  const page = JSON.parse(new TextDecoder().decode(bytes));
  const judged = (blank) => blank.choice !== undefined || blank.worth !== undefined;
  const total = Object.values(page.blanks).filter(judged).length;
  const right = new Set();
  const { read, Known, ReadError } = DerivexReader;
  const { compare, contains, isLeft, NoValueError } = DerivexValues;

  const definitions = {};
  for (const [name, { parameters, body }] of Object.entries(page.definitions)) {
    try {
      const names = [...page.names, ...parameters];
      definitions[name] = { parameters, body: read(body, new Known({ ...page, names })) };
    } catch (error) {
      if (!(error instanceof ReadError)) throw error; // it has no values on this page
    }
  }

  // What names stand for that depend on others, as trees.
  for (const exercise of Object.values(page.exercises)) {
    const abbreviations = {};
    for (const [name, text] of Object.entries(exercise.abbreviations)) {
      try {
        // What stands for an unknown quantity is a formula of numbers and functions.
        abbreviations[name] = read(text, new Known(page));
      } catch (error) {
        if (!(error instanceof ReadError)) throw error;
        abbreviations[name] = ["nothing"]; // it has no values on this page
      }
    }
    for (const point of exercise.points) point.abbreviations = abbreviations;
  }

  for (const { taken = [] } of Object.values(page.blanks)) {
    for (const old of taken) old.by = old.by && read(old.by, new Known(page));
  }

  const isNumber = (tree) => tree[0] === "number"
    || (tree[0] === "-" && isNumber(tree[1]))
    || (tree[0] === "/" && isNumber(tree[1]) && isNumber(tree[2]));
  const isPlain = (tree) => tree[0] === "number";

  const DERIVED = ["D", "grad", "adjoint", "slot", "subgradients"];

  // What is still to be done in an answer, in words; "" if nothing is.
  function leftToDo(tree, { form, worth, taken, exercise }) {
    if (!worth.derived && contains(tree, ...DERIVED)) return "there is still something to differentiate";
    if (!worth.limits && contains(tree, "limit")) return "there is still a limit to take";
    if (worth.solved && ![tree[0] === "or" ? tree.slice(1) : [tree]].flat().every(
      (each) => isSolved(each, worth.solved)
    )) return `it is not solved for ${worth.solved}`;
    if (form === "number" && !isNumber(tree)) return "write it as one number";
    if (form === "worked out" && hasArithmetic(tree)) return "there is still something to work out";
    if (form === "expanded" && hasBracket(tree)) return "multiply everything out";
    if (form === "factored") {
      const inside = tree[0] === "-" ? tree[1] : tree;
      if (!["*", "/", "^", "name", "number", "at"].includes(inside[0])) return "write it as a product";
    }
    const { points } = page.exercises[exercise];
    if (taken.some((old) => isLeft(tree, old, points, definitions))) return "the step is not done in it";
    return "";
  }

  // Whether a name stands alone on one side of an equation, and only there.
  function isSolved(equation, name) {
    const mentions = (tree) => Array.isArray(tree) && (
      (tree[0] === "name" && tree[1] === name) || tree.some(mentions)
    );
    const isName = (tree) => tree[0] === "name" && tree[1] === name;
    const [, left, right] = equation;
    return (isName(left) && !mentions(right)) || (isName(right) && !mentions(left));
  }

  function hasArithmetic(tree) {
    if (!Array.isArray(tree)) return false;
    const [kind, ...parts] = tree;
    const value = (part) => (isPlain(part) ? Number(part[1]) : null);
    const plain = parts.filter((part) => Array.isArray(part) && isPlain(part));
    if (kind === "+" && (plain.length > 1 || plain.some((part) => value(part) === 0))) return true;
    if (kind === "*" && factors(tree).filter(isPlain).length > 1) return true;
    if (kind === "*" && factors(tree).some((part) => [0, 1].includes(value(part)))) return true;
    if (kind === "^" && isPlain(parts[0]) && isPlain(parts[1])) return true;
    if (kind === "^" && [0, 1].includes(value(parts[1]))) return true;
    return parts.some(hasArithmetic);
  }

  const factors = (tree) => (tree[0] === "*" ? tree.slice(1).flatMap(factors) : [tree]);

  function hasBracket(tree) {
    if (!Array.isArray(tree)) return false;
    const [kind, ...parts] = tree;
    const isSum = (part) => part[0] === "+";
    if (kind === "*" && factors(tree).some(isSum)) return true;
    if (kind === "^" && isSum(parts[0]) && isPlain(parts[1])) return true;
    return parts.some(hasBracket);
  }

  const OUTCOMES = {
    unknown: ["open", "This page cannot judge this answer; your teacher can."],
    different: ["wrong", "This is not equal to what belongs here."],
    other: ["wrong", "This is not the equation that belongs here."],
    equivalent: ["form", "This has the same solutions, but is not the equation that is asked for."],
    cases: ["form", "This has the same solutions, but not the same cases."],
    bare: ["form", "Equal to the one element of the set that belongs here; write the set: {…}."],
  };

  // The verdict on an answer: its kind, and what is said.
  function verdictOn(number, answer) {
    const blank = page.blanks[number];
    if (!answer.trim()) return ["missing", "Nothing is filled in yet."];
    if (blank.choice !== undefined) {
      return answer === page.phrases[blank.choice] ? ["right", "Right."] : ["wrong", "Not this one."];
    }
    if (!blank.worth) return ["open", "This page cannot judge this blank; your teacher can."];
    let tree;
    try {
      tree = read(answer, new Known(page));
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      return ["unreadable", `This cannot be read: ${error.message}.`];
    }
    const { points } = page.exercises[blank.exercise];
    try {
      const found = compare(tree, points, blank.worth, definitions);
      if (Object.hasOwn(OUTCOMES, found)) return OUTCOMES[found];
    } catch (error) {
      if (!(error instanceof NoValueError)) throw error;
      return ["open", `This page cannot judge this answer: ${error.message}.`];
    }
    const rest = leftToDo(tree, blank);
    return rest ? ["form", `Equal to what belongs here, but ${rest}.`] : ["right", "Right."];
  }

  const field = (number) => document.getElementById(`blank-${number}`);

  function judge(number) {
    const [kind, words] = verdictOn(number, field(number).value);
    const told = document.getElementById(`verdict-${number}`);
    told.className = `verdict ${kind}`;
    told.textContent = words;
    field(number).setAttribute("aria-invalid", String(["wrong", "unreadable"].includes(kind)));
    if (kind === "right") right.add(number);
    else right.delete(number);
    document.getElementById("count").textContent = `${right.size} of ${total} blanks are right.`;
    return kind;
  }

  for (const form of document.querySelectorAll("form.answer")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      judge(form.dataset.blank);
    });
  }

  document.getElementById("check-all").addEventListener("click", () => {
    const open = Object.keys(page.blanks).filter((number) => judge(number) !== "right");
    if (open.length) field(open[0]).focus();
  });

  document.getElementById("download").addEventListener("click", () => {
    const answers = {};
    for (const number of Object.keys(page.blanks)) answers[number] = field(number).value;
    const told = JSON.stringify({ student: document.getElementById("student").value, answers }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${told}\n`], { type: "application/json" }));
    link.download = "answers.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
})();
