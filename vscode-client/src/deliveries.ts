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
  private readonly sent = new Map<string, { readonly first: number; readonly last: number }>();
  private readonly waiting = new Map<string, Waiting[]>();

  /** The document has been opened with the server: it knows this version, and nothing of those before it. */
  opened(uri: string, version: number): void {
    this.known(uri, { first: version, last: version });
  }

  /** This version has been handed to the connection. */
  changed(uri: string, version: number): void {
    this.known(uri, { first: this.sent.get(uri)?.first ?? version, last: version });
  }

  /** The document was closed: whoever waits for one of its versions waits in vain. */
  forget(uri: string): void {
    this.sent.delete(uri);
    this.settle(uri, () => false);
  }

  /** Resolves with true once the server has this version, with false when it never will. */
  after(uri: string, version: number): Promise<boolean> {
    const known = this.sent.get(uri);
    if (known !== undefined && version <= known.last) return Promise.resolve(version >= known.first);
    return new Promise((done) => this.waiting.set(uri, [...(this.waiting.get(uri) ?? []), { version, done }]));
  }

  private known(uri: string, versions: { readonly first: number; readonly last: number }): void {
    this.sent.set(uri, versions);
    this.settle(uri, (version) => (version > versions.last ? undefined : version >= versions.first));
  }

  /** Tell those that wait; `answer` is undefined for a version that is still to come. */
  private settle(uri: string, answer: (version: number) => boolean | undefined): void {
    const all = this.waiting.get(uri) ?? [];
    const rest = all.filter((one) => answer(one.version) === undefined);
    if (rest.length > 0) this.waiting.set(uri, rest);
    else this.waiting.delete(uri);
    for (const one of all) {
      const delivered = answer(one.version);
      if (delivered !== undefined) one.done(delivered);
    }
  }
}
