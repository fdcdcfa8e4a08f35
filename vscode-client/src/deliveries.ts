/**
 * Which version of which document the server has been sent, so that what is said about a version comes after it.
 *
 * Pure bookkeeping: it sends nothing itself.
 */

interface Waiting {
  readonly version: number;
  readonly done: (delivered: boolean) => void;
}

export class Deliveries {
  private readonly sent = new Map<string, number>();
  private readonly waiting = new Map<string, Waiting[]>();

  /** This version has been handed to the connection. */
  note(uri: string, version: number): void {
    const highest = Math.max(version, this.sent.get(uri) ?? version);
    this.sent.set(uri, highest);
    this.settle(uri, (one) => one.version <= highest, true);
  }

  /** The document was closed: whoever waits for one of its versions waits in vain. */
  forget(uri: string): void {
    this.sent.delete(uri);
    this.settle(uri, () => true, false);
  }

  /** Resolves with true once this version has been sent, with false when the document is closed before. */
  after(uri: string, version: number): Promise<boolean> {
    if ((this.sent.get(uri) ?? -1) >= version) return Promise.resolve(true);
    return new Promise((done) => this.waiting.set(uri, [...(this.waiting.get(uri) ?? []), { version, done }]));
  }

  private settle(uri: string, ready: (one: Waiting) => boolean, delivered: boolean): void {
    const all = this.waiting.get(uri) ?? [];
    const rest = all.filter((one) => !ready(one));
    if (rest.length > 0) this.waiting.set(uri, rest);
    else this.waiting.delete(uri);
    for (const one of all.filter(ready)) one.done(delivered);
  }
}
