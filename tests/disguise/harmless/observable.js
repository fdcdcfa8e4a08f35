// A proxy that tells of changes.
function observable(target, changed) {
  return new Proxy(target, {
    get: (held, key) => Reflect.get(held, key),
    set(held, key, value) {
      const before = held[key];
      const done = Reflect.set(held, key, value);
      if (before !== value) changed(key, before, value);
      return done;
    },
  });
}

const state = observable({ count: 0 }, (key, before, after) => console.log(key, before, after));
state.count += 1;
state['co' + 'unt'] = 5;
