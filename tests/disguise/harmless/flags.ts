// Feature flags with typed names.
const defaults = { search: false, theme: true, beta: !1 } as const;
type Flag = keyof typeof defaults;

export class Flags {
  readonly #held: Record<string, boolean>;

  constructor(given: Partial<Record<Flag, boolean>> = {}) {
    this.#held = { ...defaults, ...given };
  }

  is(flag: Flag): boolean {
    return this.#held[flag] ?? false;
  }

  get all(): string[] {
    return Object.keys(this.#held).filter((name) => this.#held[name]);
  }
}

export const choose = <T>(flags: Flags, flag: Flag, on: () => T, off: () => T): T => (flags.is(flag) ? on : off)();
