import { Identity } from '../../../constructs/google';
import { synthStack } from '../../helpers/terraform';
import { newCluster, newStack } from './support';

describe('Identity', () => {
  test('is a principal of the workload pool, without an account or a key', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const before = JSON.stringify(synthStack(stack).resource);
    const identity = new Identity(stack, 'workload', {
      name: 'atlas-one',
      cluster,
      namespace: 'training',
      serviceAccount: 'runner',
    });
    expect(identity.principal).toBe(
      'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/' +
        'test-train.svc.id.goog/subject/ns/training/sa/runner',
    );
    expect(JSON.stringify(synthStack(stack).resource)).toBe(before);
  });
});
