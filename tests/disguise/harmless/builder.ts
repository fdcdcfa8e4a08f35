// A builder of addresses; every part is encoded.
export class Address {
  private readonly parts: string[] = [];
  private readonly query = new URLSearchParams();

  constructor(private readonly base = 'https://api.example.org') {}

  path(...more: string[]): this {
    this.parts.push(...more.map(encodeURIComponent));
    return this;
  }

  with(name: string, value: string | number): this {
    this.query.set(name, String(value));
    return this;
  }

  toString(): string {
    return [this.base, ...this.parts].join('/') + (this.query.size ? `?${this.query}` : '');
  }
}

console.info(String(new Address().path('users', 'a b').with('page', 2)));
