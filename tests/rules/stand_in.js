// Runs samples with stand-ins for all that is not pure: whatever they call, index or make gives another stand-in.
// Input: [{bad, good}]; output: for each [what went wrong in bad, what went wrong in good], as names of errors.
"use strict";
const vm = require("vm");
const PURE = new Set(["crypto", "path", "url", "util", "querystring", "buffer", "string_decoder"]);
const KNOWN = ["Object", "Array", "String", "Number", "Boolean", "JSON", "Math", "Date", "RegExp", "Map", "Set", "Promise",
  "Symbol", "Error", "TypeError", "parseInt", "parseFloat", "Buffer", "URL", "URLSearchParams", "undefined", "NaN", "Infinity",
  "encodeURIComponent", "decodeURIComponent", "encodeURI", "isNaN", "Uint8Array", "Uint32Array", "BigInt", "TextEncoder"];

function standIn() {
  const known = new Map();
  const inner = function () {};
  return new Proxy(inner, {
    get(_, key) {
      if (key === Symbol.toPrimitive) return () => "stand-in";
      if (key === Symbol.iterator) return function* () { yield standIn(); };
      if (key === "then" || key === Symbol.asyncIterator) return undefined;
      if (key === "length") return 1;
      if (key === "prototype") return inner.prototype;
      if (!known.has(key)) known.set(key, standIn());
      return known.get(key);
    },
    set(_, key, value) { known.set(key, value); return true; },
    has: () => true,
    apply: (_, __, given) => { for (const one of given) if (typeof one === "function") attempt(one); return standIn(); },
    construct: () => standIn(),
  });
}

let depth = 0;
let failed = [];
function attempt(work) {
  if (depth > 3) return;
  depth += 1;
  try { work(standIn(), standIn(), standIn(), standIn()); } catch (error) { failed.push(String(error && error.name)); }
  depth -= 1;
}

function run(code, allowed) {
  const used = new Set();
  const own = { require: (name) => (PURE.has(name.replace(/^node:/, "")) ? require(name) : standIn()), module: { exports: {} }, exports: {} };
  for (const name of KNOWN) own[name] = globalThis[name];
  const scope = new Proxy(own, {
    has: (target, key) => key in target || !allowed || allowed.has(key),
    get(target, key) {
      if (key === Symbol.unscopables) return undefined;
      if (!(key in target)) { used.add(key); target[key] = standIn(); }
      return target[key];
    },
  });
  const plain = code
    .replace(/^import\s+\*\s+as\s+(\w+)\s+from\s+(["'][^"']+["'])/gm, "const $1 = require($2)")
    .replace(/^import\s+(\w+)\s+from\s+(["'][^"']+["'])/gm, "const $1 = require($2)")
    .replace(/^import\s+(\{[^}]*\})\s+from\s+(["'][^"']+["'])/gm, (_, names, from) => `const ${names.replace(/\bas\b/g, ":")} = require(${from})`)
    .replace(/^export\s+(default\s+)?/gm, "");
  const functions = [...plain.matchAll(/^(?:async\s+)?function\s+(\w+)/gm)].map((found) => found[1]);
  failed = [];
  try {
    const script = new vm.Script(`(function (scope) { with (scope) { ${plain}\n;return [${functions.join(",")}]; } })`);
    for (const one of script.runInThisContext({ timeout: 500 })(scope)) attempt(one);
  } catch (error) {
    failed.push(String(error && error.name));
  }
  return [failed, used];
}

const cases = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.on("unhandledRejection", () => {});
process.on("uncaughtException", () => {});
process.stdout.write(JSON.stringify(cases.map(({ bad, good }) => {
  const [before, used] = run(bad, null);
  const [after] = run(good, used);
  return [before, after];
})));
