// Classes are put together from mixins.
const Serializable = (Base) => class extends Base {
  toJSON() {
    return Object.assign({}, this);
  }
};

const Emitting = (Base) => class extends Base {
  #listeners = {};

  on(name, listener) {
    (this.#listeners[name] ??= []).push(listener);
    return this;
  }

  emit(name, ...args) {
    (this.#listeners[name] ?? []).forEach((listener) => listener.call(this, ...args));
  }
};

class Model {
  constructor(fields) {
    Object.assign(this, fields);
  }

  get name() {
    return this.title;
  }
}

class User extends Serializable(Emitting(Model)) {}

new User({ title: 'a' }).on('saved', function () { console.log(this.name); }).emit('saved');
