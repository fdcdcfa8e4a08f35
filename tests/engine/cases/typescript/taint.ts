// Outside text in TypeScript: declared types say what arrives.
import { App, Request, secret_source } from 'web';
import * as danger from 'danger';

export function show(request: Request, count: number, name: string): void {
  danger.run(request.args as string); // expect: to-shell
  danger.run(request.method);
  danger.run(count);
}

show(null as any, secret_source() as number, secret_source()!);

export class Service {
  private readonly held: string = secret_source();

  run<T>(value: T): void {
    danger.run(this.held); // expect: to-shell
    danger.run(<string>secret_source()); // expect: to-shell
  }
}

new App().on('/', async (incoming: Request, next: unknown): Promise<void> => {
  danger.run(incoming.args!); // expect: to-shell
});
