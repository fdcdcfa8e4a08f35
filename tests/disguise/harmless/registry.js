// A registry that modules enter, and that is asked by name.
const handlers = new Map();

function register(name, handler) {
  handlers.set(name, handler);
  return handler;
}

register('upper', (text) => text.toUpperCase());
register('trim', (text) => text.trim());

function handle(name, ...args) {
  const handler = handlers.get(name);
  if (!handler) throw new Error(`No handler: ${name}`);
  return handler(...args);
}

module.exports = { register, handle };
