// Functions that make functions.
const compose = (...steps) => (value) => steps.reduceRight((held, step) => step(held), value);
const curry = (f, ...bound) => (...rest) => (bound.length + rest.length >= f.length ? f(...bound, ...rest) : curry(f, ...bound, ...rest));
const memo = (f) => {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, f(key));
    return known.get(key);
  };
};
const add = curry((a, b) => a + b);
const clean = compose((text) => text.toLowerCase(), (text) => text.trim());
const square = memo((n) => n * n);
console.log(add(1)(2), clean('  A '), square(4), Math.max.apply(null, [1, 2, 3]));
