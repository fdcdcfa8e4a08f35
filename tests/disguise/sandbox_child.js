// Runs samples in which everything outside is a stub that takes down what it is called with. Started by `sandbox`.
// Reads a JSON list of [code, names of the functions to call] from stdin; writes records (lists of lines) or errors.
'use strict';
const vm = require('vm');

const LIMIT = 1000;
const MAX_LINES = 400;
const MAX_QUEUE = 20;
const REAL = ['Object', 'String', 'Array', 'Number', 'Boolean', 'JSON', 'Math', 'Reflect', 'Promise', 'Symbol', 'Map', 'Set',
  'WeakMap', 'Error', 'TypeError', 'Proxy', 'RegExp', 'Date', 'BigInt', 'Uint8Array', 'parseInt', 'parseFloat', 'isNaN', 'isFinite',
  'decodeURIComponent', 'decodeURI', 'encodeURIComponent', 'encodeURI', 'escape', 'unescape', 'undefined', 'NaN', 'Infinity',
  'eval', 'arguments', 'scope', '__enter'];
const HOST = { Buffer, atob, btoa, TextDecoder, TextEncoder };
const STUB = Symbol('stub');
let lines = [];
let waiting = [];
let queue = [];

Math.random = () => { note('call Math.random()'); return 0.5; };
const note = (line) => { if (lines.length < MAX_LINES) lines.push(line); };

function shown(value, level = 0) {
  if (value === null || value === undefined) return String(value);
  if (value[STUB]) return value[STUB];
  if (typeof value === 'function') return 'function';
  if (typeof value === 'string') return JSON.stringify(value);
  if (level > 4) return '...';
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `[${value.map((one) => shown(one, level + 1)).join(', ')}]`;
  if (typeof value === 'object') {
    return `{${Object.keys(value).sort().map((key) => `${key}: ${shown(value[key], level + 1)}`).join(', ')}}`;
  }
  return String(value);
}

function callBack(path, args) {
  args.forEach((given, place) => {
    if (typeof given === 'function' && !given[STUB] && queue.length < MAX_QUEUE) queue.push([`${path}#${place}`, given]);
  });
}

// What outside code was given is called when the sample has run.
async function drain() {
  for (let place = 0; place < queue.length; place += 1) {
    const [path, given] = queue[place];
    note(`enter ${path}`);
    const result = given(...Array.from({ length: given.length }, (_, at) => stub(`${path}.${at}`)));
    note(`result ${shown(await settle(LIMIT, result))}`);
  }
}

function stub(path, held = {}) {
  const known = Object.assign(Object.create(null), held);
  const apply = (args) => {
    note(`call ${path}(${args.map((one) => shown(one)).join(', ')})`);
    callBack(path, args);
    return stub(`${path}()`);
  };
  const self = new Proxy(function () {}, {
    get(_, key) {
      if (key === STUB) return path;
      if (key === Symbol.toPrimitive) return () => `<${path}>`;
      if (key === Symbol.iterator) return () => [stub(`${path}[]`)][Symbol.iterator]();
      if (typeof key === 'symbol' || key === 'then') return undefined;
      if (key === 'call') return (_self, ...args) => apply(args);
      if (key === 'apply') return (_self, args) => apply([...(args || [])]);
      if (key === 'bind') return (_self, ...front) => new Proxy(function () {}, {
        get: (_t, name) => (name === STUB ? undefined : self[name]), apply: (_t, _s, rest) => apply([...front, ...rest]),
        construct: (_t, rest) => { note(`new ${path}(${[...front, ...rest].map((one) => shown(one)).join(', ')})`); return stub(`new ${path}()`); },
      });
      if (key === 'toString') return () => `<${path}>`;
      if (key === 'default') return self;
      if (!(key in known)) known[key] = stub(`${path}.${key}`);
      return known[key];
    },
    set(_, key, value) {
      note(`set ${path}.${String(key)} ${shown(value)}`);
      known[key] = value;
      return true;
    },
    defineProperty(_, key, given) {
      note(`set ${path}.${String(key)} ${shown(given.value)}`);
      known[key] = given.value;
      return true;
    },
    has: () => true,
    apply: (_, _self, args) => apply(args),
    construct(_, args) {
      note(`new ${path}(${args.map((one) => shown(one)).join(', ')})`);
      callBack(path, args);
      return stub(`new ${path}()`);
    },
  });
  return self;
}

function plain(code) {
  return code
    .replace(/^import (\w+) from (['"].*['"]);?$/gm, 'const $1 = require($2);')
    .replace(/^import \* as (\w+) from (['"].*['"]);?$/gm, 'const $1 = require($2);')
    .replace(/^import (\{[^}]*\}) from (['"].*['"]);?$/gm, (_, names, from) => `const ${names.replace(/(\w+) as (\w+)/g, '$1: $2')} = require(${from});`)
    .replace(/^export (default )?/gm, '')
    .replace(/\bimport\(/g, '__import(');
}

const code = new Proxy(vm.runInThisContext('Function'), {
  apply: (real, _self, args) => (args.some((one) => one && one[STUB]) ? stub('Function')(...args) : real(...args)),
  construct: (real, args) => (args.some((one) => one && one[STUB]) ? stub('Function')(...args) : real(...args)),
});

function surroundings() {
  const modules = new Map();
  const own = Object.create(null);
  const require = (name) => {
    const bare = String(name).replace(/^node:/, '');
    if (bare === 'module') return { createRequire: () => require };
    if (!modules.has(bare)) modules.set(bare, stub(bare));
    return modules.get(bare);
  };
  Object.assign(own, {
    require, module: { require }, __import: async (name) => require(name), __filename: 'sample',
    process: stub('process', { mainModule: { require } }), ...HOST, Function: code,
  });
  const global = new Proxy(Object.create(null), {
    get: (_, key) => (key === STUB ? undefined : key in own ? own[key] : REAL.includes(key) ? vm.runInThisContext(String(key)) : stub(String(key))),
    set(_, key, value) { own[key] = value; return true; },
    defineProperty(_, key, given) { own[key] = given.get ? given.get() : given.value; return true; },
    has: () => true,
  });
  Object.assign(own, { globalThis: global, global, self: global, window: undefined });
  return new Proxy(Object.create(null), {
    has: (_, key) => typeof key === 'string' && !REAL.includes(key),
    get(_, key) {
      if (typeof key === 'symbol') return undefined;
      if (!(key in own)) own[key] = stub(key);
      return own[key];
    },
    set(_, key, value) { own[key] = value; return true; },
  });
}

function settle(time, value) {
  return Promise.race([value, new Promise((_, fail) => setTimeout(() => fail(new Error('too slow')), time).unref())]);
}

async function run(code, names) {
  lines = [];
  waiting = [];
  queue = [];
  const enter = names.map((name) => `__enter(${JSON.stringify(name)}, ${name});`).join('\n');
  const source = `(scope, __enter) => { with (scope) { return (async function () {\n${plain(code)}\n${enter}\n})(); } }`;
  const enterOne = (name, held) => {
    if (typeof held === 'function' && !held[STUB] && !/^class\b/.test(String(held))) {
      note(`enter ${name}`);
      const result = held(...Array.from({ length: held.length || 1 }, (_, place) => stub(`${name}#${place}`)));
      if (result && typeof result.then === 'function') waiting.push(result);
      note(`result ${result && typeof result.then === 'function' && !result[STUB] ? 'later' : shown(result)}`);
    }
  };
  try {
    const made = vm.runInThisContext(source, { timeout: LIMIT, filename: 'sample' });
    await settle(LIMIT, made(surroundings(), enterOne));
    for (const one of waiting) await settle(LIMIT, one);
    await drain();
    return lines;
  } catch (error) {
    return `${error && error.name}: ${error && error.message}`.slice(0, 300);
  }
}

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const results = [];
  for (const [code, names] of JSON.parse(Buffer.concat(chunks).toString())) results.push(await run(code, names));
  process.stdout.write(JSON.stringify(results));
}

main();
