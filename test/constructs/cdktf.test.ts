import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aspects } from 'cdktf';
import {
  App,
  resolveOnce,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  Testing,
  Token,
} from '../../constructs/cdktf';
import { ROOT, runCommand } from '../helpers/cli';
import { readTree, withFolder } from '../helpers/synth';

/** An expression of Terraform's. */
const reference = (to: string) => ['$', `{${to}}`].join('');

/** What the program of the Terraform clouds writes of an estate. */
function written(estate: string, env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  return withFolder(async (folder) => {
    const argv = [process.execPath, '--require', 'tsx/cjs', join(ROOT, 'bin/terraform.ts')];
    const run = await runCommand(argv, ROOT, { ESTATE: estate, CDKTF_OUTDIR: folder, ...env });
    expect([run.code, run.stderr]).toEqual([0, '']);
    return readTree(folder);
  });
}

describe('resolving once', () => {
  beforeAll(resolveOnce);

  test.each(['examples/minimal.yaml', 'examples/existing.yaml'])(
    'writes of %s what cdktf writes by itself',
    async (estate) => {
      const [own, theirs] = await Promise.all([written(estate, {}), written(estate, { ESTATE_DEBUG: '1' })]);
      expect(Object.keys(own).length).toBeGreaterThan(6);
      expect(own).toEqual(theirs);
    },
  );

  test('leaves what is no token as it is, and resolves every kind of token', () => {
    const stack = new TerraformStack(new App(), 'stack');
    const made = new TerraformResource(stack, 'made', { terraformResourceType: 'made' });
    const values = {
      text: 'Token of nothing',
      power: '1e+21',
      below: -5,
      nothing: null,
      string: Token.asString(made.interpolationForAttribute('name')),
      number: Token.asNumber(made.interpolationForAttribute('size')),
      inText: `n ${Token.asNumber(made.interpolationForAttribute('size'))}`,
      list: Token.asList(made.interpolationForAttribute('zones')),
    };
    made.addOverride('values', values);
    new TerraformOutput(stack, 'out', { value: values.string });
    const { resource, output } = JSON.parse(Testing.synth(stack, false));
    expect(resource.made.made.values).toEqual({
      text: 'Token of nothing',
      power: '1e+21',
      below: -5,
      nothing: null,
      string: reference('made.made.name'),
      number: reference('made.made.size'),
      inText: `n ${reference('made.made.size')}`,
      list: reference('made.made.zones'),
    });
    expect(output.out.value).toBe(reference('made.made.name'));
  });

  test('sees what an Aspect changes, and what another stack refers to', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'once-')) });
    const [first, second] = ['first', 'second'].map((id) => new TerraformStack(app, id)) as [
      TerraformStack,
      TerraformStack,
    ];
    const made = new TerraformResource(first, 'made', { terraformResourceType: 'made' });
    const user = new TerraformResource(second, 'user', { terraformResourceType: 'used' });
    user.addOverride('name', Token.asString(made.interpolationForAttribute('name')));
    Aspects.of(second).add({ visit: (node) => node === user && user.addOverride('tags', { seen: 'yes' }) });
    app.synth();
    const texts = readTree(app.outdir);
    expect(Object.keys(JSON.parse(texts['stacks/first/cdk.tf.json'] ?? '').output)).toHaveLength(1);
    const json = JSON.parse(texts['stacks/second/cdk.tf.json'] ?? '');
    expect(json.resource.used.user).toMatchObject({
      tags: { seen: 'yes' },
      name: expect.stringContaining('data.terraform_remote_state'),
    });
    rmSync(app.outdir, { recursive: true });
  });
});
