import { normalizeSql, type SqlDialect } from './sql.ts';

const MOST_KEPT = 200;

/** Normalised SQL, when it is asked for; remembers the last: an operation may have asked the same a thousand times. */
export class SqlTexts {
  private readonly kept = new Map<string, string>();

  constructor(private readonly dialect: SqlDialect) {}

  later(statement: unknown): (() => string) | undefined {
    return typeof statement === 'string' ? () => this.normalized(statement) : undefined;
  }

  private normalized(statement: string): string {
    const known = this.kept.get(statement);
    if (known !== undefined) return known;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const text = normalizeSql(statement, this.dialect);
    this.kept.set(statement, text);
    return text;
  }
}
