import type { Diagnostic } from '../../diagnostics';
import type { Exchange, ExchangeFile } from '../../spec/exchange';
import { exchangeEntries, exchangeOf } from './exchange-merge';
import { type ExchangePlaces, unknownPlace } from './exchange-places';

/** What an exchange file says that the estate has no place for any more, as warnings: nothing is made from it. */
export function staleEntries({ exchange, locate }: ExchangeFile, plan: ExchangePlaces): readonly Diagnostic[] {
  return exchangeEntries(exchange).flatMap(({ path }): Diagnostic[] => {
    const why = unknownPlace(plan, path);
    if (why === undefined) return [];
    return [
      {
        code: 'ExchangeStale',
        severity: 'warning',
        path: path.join('.'),
        message: why,
        hint: 'nothing is made from it: "npx estate exchange import --prune" removes it, or remove it by hand',
        at: locate(path, 'key'),
      },
    ];
  });
}

/** An exchange without what the estate has no place for any more, and the places that were left out. */
export function withoutStale(
  exchange: Exchange,
  plan: ExchangePlaces,
): { readonly exchange: Exchange; readonly pruned: readonly string[] } {
  const entries = exchangeEntries(exchange);
  const gone = entries.filter(({ path }) => unknownPlace(plan, path) !== undefined);
  const stays = entries.filter((entry) => !gone.includes(entry));
  return { exchange: exchangeOf(exchange, stays), pruned: gone.map(({ path }) => path.join('.')) };
}
