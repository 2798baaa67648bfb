import { holdsFor, type ProviderName, type ProviderRelease, type ReleaseRange } from '../schema';

/** Rows by resource type. */
type ByType<R> = Readonly<Record<string, R>>;

/** Rows that hold for some releases of a provider only. */
interface SomeReleases<R> extends ReleaseRange {
  readonly provider: string;
  readonly rows: ByType<R | undefined>;
}

/** Facts by provider and resource type: those under the name of a provider hold for all of its recorded releases. */
export type FactTable<R> = {
  readonly [P in ProviderName]?: ByType<R>;
} & {
  /** Those that do not. @default none */
  readonly some?: readonly SomeReleases<R>[];
};

/** What a table says of a type in a release: what holds for all releases, and then what holds for some of them. */
export function rowsOf<R>(table: FactTable<R>, { name, version }: ProviderRelease, type: string): R[] {
  const some = (table.some ?? []).filter((part) => part.provider === name && holdsFor(part, version));
  return [table[name]?.[type], ...some.map(({ rows }) => rows[type])].filter((row) => row !== undefined);
}
