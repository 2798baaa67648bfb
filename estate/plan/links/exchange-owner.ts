import { type Diagnostic, EstateError, type Position } from '../../diagnostics';
import type { Exchange } from '../../spec/exchange';
import type { Estate } from '../../spec/schema';
import { quote } from '../../spec/words';
import { estateIdentity } from '../identity';

/** What is said of values that stacks of another estate told: addresses of other gateways. */
export function foreignExchange(
  owner: string,
  estate: Estate,
  path: string,
  at?: Position,
  hint = 'restore the exchange file of this estate, or remove it and import what its own stacks tell',
): readonly Diagnostic[] {
  const own = estateIdentity(estate);
  if (owner === own) return [];
  return [
    {
      code: 'ExchangeForeign',
      severity: 'error',
      path,
      value: owner,
      message: `it is of estate ${quote(owner)}, and this one is ${quote(own)}`,
      hint,
      ...(at && { at }),
    },
  ];
}

/** Refuses an exchange file of another estate. */
export function checkExchange({ estate: owner }: Pick<Exchange, 'estate'>, estate: Estate): void {
  const found = foreignExchange(owner, estate, 'estate');
  if (found.length > 0) throw new EstateError(found);
}
