// What TypeScript has besides: types, decorators, enums.
import * as https from 'https';
import { exec } from 'child_process';

interface Options { rejectUnauthorized: boolean }
const options: Options = { rejectUnauthorized: false } as Options;
https.request(options!); // expect: tls
https.request(<Options>{ rejectUnauthorized: false }); // expect: tls

export class Runner<T> extends Base {
  private readonly run: typeof exec = exec;
  constructor(private readonly db: Pool) { super(); }
  public async go(id: string, count: number): Promise<T> {
    this.db.query('select ' + count);
    exec(`ls ${id}`); // expect: shell
    return await this.db.query('select ' + id); // expect: sql
  }
}

export function load(id?: string, ...more: string[]): void {
  const code = id as string;
  eval(code); // expect: code
}
