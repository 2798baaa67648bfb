import { TerraformOutput } from '../../../constructs/cdktf';
import { KeptValue } from '../../../constructs/oracle/kept-value';
import { onlyResource, synthStack } from '../../helpers/terraform';
import { newStack } from './scene';

describe('oracle KeptValue', () => {
  test('keeps the first value that is known, until what it belongs to is another', () => {
    const stack = newStack();
    const { value } = new KeptValue(stack, 'certificate', { value: 'first', of: 'ocid1.cluster.oc1.phx.c' });
    expect(onlyResource(synthStack(stack), 'terraform_data')).toMatchObject({
      input: { value: 'first' },
      triggers_replace: { of: 'ocid1.cluster.oc1.phx.c' },
      lifecycle: { ignore_changes: ['input'] },
    });
    new TerraformOutput(stack, 'kept', { value });
    expect(synthStack(stack).output?.kept?.value).toMatch(/^\$\{terraform_data\.certificate_\w+\.output\.value\}$/);
  });
});
