import { App, TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import { OciBackend } from '../../stacks/oci-backend';
import { synthStack } from '../helpers/terraform';

const PLACE = { bucket: 'states', namespace: 'atlasns', region: 'us-ashburn-1' };

describe('OciBackend', () => {
  test('is written as the backend that Terraform has built in', () => {
    const stack = new TerraformStack(new App(), 'one');
    new OciBackend(stack, { ...PLACE, key: 'estate/one.tfstate' });
    expect(synthStack(stack).terraform).toEqual({ backend: { oci: { ...PLACE, key: 'estate/one.tfstate' } } });
  });

  test('keeps to its own attributes', () => {
    const stack = new TerraformStack(new App(), 'one');
    const settings = { kind: 'oci', ...PLACE, key: 'k' };
    new OciBackend(stack, settings);
    expect(synthStack(stack).terraform).toEqual({ backend: { oci: { ...PLACE, key: 'k' } } });
  });

  test('is read by other stacks as remote state', () => {
    const stack = new TerraformStack(new App(), 'two');
    const backend = new OciBackend(stack, { ...PLACE, key: 'estate/two.tfstate' });
    new TerraformOutput(stack, 'size', { value: backend.getRemoteStateDataSource(stack, 'one').get('size') });
    const json = synthStack(stack);
    expect(json.data?.terraform_remote_state?.one).toMatchObject({
      backend: 'oci',
      config: { ...PLACE, key: 'estate/two.tfstate' },
      workspace: `\${terraform.workspace}`,
    });
    expect(json.output?.size).toEqual({ value: `\${data.terraform_remote_state.one.outputs.size}` });
  });
});
