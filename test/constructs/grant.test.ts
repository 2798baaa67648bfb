import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { App, dependable, TerraformStack, Testing } from '../../constructs/cdktf';
import { Grant } from '../../constructs/grant';

test('what needs an access waits for what gave it, beside what it waited for before', () => {
  const stack = new TerraformStack(new App(), 'stack');
  const [first, second, user] = ['first', 'second', 'user'].map((name) => new ComputeNetwork(stack, name, { name }));
  if (first === undefined || second === undefined || user === undefined) throw new Error('a network is missing');
  user.dependsOn = [dependable(first)];
  new Grant([second]).applyBefore(user);
  new Grant().applyBefore(user);
  const { resource } = JSON.parse(Testing.synth(stack));
  expect(resource.google_compute_network.user.depends_on).toEqual([
    'google_compute_network.first',
    'google_compute_network.second',
  ]);
});
