// Decorators that note what they stand before.
type Method = (...args: unknown[]) => unknown;

const registry = new Map<string, Method>();

function command(name: string) {
  return (_target: object, _key: string, descriptor: PropertyDescriptor): void => {
    registry.set(name, descriptor.value as Method);
  };
}

export class Commands {
  @command('list')
  list(most = 10): string[] {
    return Array.from({ length: most }, (_, place) => `item ${place}`);
  }
}

export function run(name: string, ...args: unknown[]): unknown {
  return registry.get(name)?.apply(new Commands(), args);
}
