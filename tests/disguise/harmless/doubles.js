// Doubles for tests: spies that remember their calls.
function spy(answer) {
  const calls = [];
  const double = function (...args) {
    calls.push({ self: this, args });
    return typeof answer === 'function' ? answer.apply(this, args) : answer;
  };
  Object.defineProperty(double, 'calls', { get: () => calls });
  return double;
}

function stub(target, name, answer) {
  const original = target[name];
  target[name] = spy(answer);
  return () => { target[name] = original; };
}

const restore = stub(console, 'debug', null);
console.debug('a');
restore();
