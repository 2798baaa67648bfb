import { stackOrder } from '../../../estate/plan/order';
import { partsOf } from '../../../estate/plan/parts';
import { slicesOf } from '../../../estate/plan/slices';
import { linkedEstate, planOf, SOME_GATEWAYS, SOME_LINKS } from '../../helpers/linked';

const plan = planOf(linkedEstate(SOME_LINKS), { gateways: SOME_GATEWAYS });

test('every stack of a plan comes from an entry, gateways from what their site says of them and halves from that of their link', () => {
  const parts = partsOf(plan);
  const entries = stackOrder(plan).map(({ stack }) => [stack, parts.get(stack)?.entry]);
  expect(entries.filter(([, entry]) => entry === undefined)).toEqual([]);
  expect(Object.fromEntries(entries)).toMatchObject({
    'atlas-ohio-gateway': 'sites.ohio.gateway',
    'atlas-ohio-eastus2-ohio-link': 'links.ohio-eastus2',
    'atlas-hq-ohio-link': 'links.hq',
  });
});

test('every stack of a plan is in one slice', () => {
  const sliced = slicesOf(plan.data).flatMap(({ stacks }) => stacks);
  expect([...sliced].sort()).toEqual(
    stackOrder(plan)
      .map(({ stack }) => stack)
      .sort(),
  );
});
