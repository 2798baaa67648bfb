import { EstateError } from '../../diagnostics';
import type { Exchange } from '../../spec/exchange';
import type { Estate } from '../../spec/schema';
import { quote } from '../../spec/words';
import { estateIdentity } from '../identity';

/** Refuses an exchange file of another estate: its addresses are those of other gateways. */
export function checkExchange({ estate: owner }: Pick<Exchange, 'estate'>, estate: Estate): void {
  const own = estateIdentity(estate);
  if (owner === own) return;
  throw new EstateError([
    {
      code: 'ExchangeForeign',
      severity: 'error',
      path: 'estate',
      value: owner,
      message: `the exchange file is of estate ${quote(owner)}, and this one is ${quote(own)}`,
      hint: 'restore the exchange file of this estate, or remove it and import what its own stacks tell',
    },
  ]);
}
