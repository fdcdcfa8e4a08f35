// Checks of values that are put together from small ones.
type Check<T> = (value: unknown) => T;

export const text: Check<string> = (value) => {
  if (typeof value !== 'string') throw new TypeError('text');
  return value;
};

export const integer: Check<number> = (value) => {
  if (!Number.isInteger(value)) throw new TypeError('integer');
  return value as number;
};

export function object<T extends Record<string, Check<unknown>>>(shape: T) {
  return (value: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(shape).map(([key, check]) => [key, check(value[key])]));
}

export const user = object({ name: text, age: integer });
