import { nearest } from '../../../provider/rules/suggest';

test.each([
  ['Standart', ['Free', 'Standard', 'Premium'], 'Standard'],
  ['In', ['Inbound', 'Outbound'], 'Inbound'],
  ['userassignednatgateway', ['loadBalancer', 'userAssignedNATGateway'], 'userAssignedNATGateway'],
  ['banana', ['Free', 'Standard'], undefined],
  ['', ['Free', 'Standard'], undefined],
])('%s means one of %j: %s', (text, candidates, expected) => {
  expect(nearest(text, candidates)).toBe(expected);
});
