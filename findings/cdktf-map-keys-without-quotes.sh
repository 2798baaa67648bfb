#!/usr/bin/env bash
# cdktf 0.21.0 with @cdktf/provider-generator 0.21.0: get(key) of a map of objects writes the key into the expression without
# quotes, so Terraform takes it for the name of a resource type and refuses the stack. A map of booleans quotes its keys.
# Synthesis, and tests that compare what is synthesized, see nothing; get('"a"') works.
# Expected: things["a"].size, like flags["a"] of a map of booleans.
# Seen: map of booleans: flags["a"]
#       map of objects: things[a].size
#       Terraform, {a={size=1}}[a].size: Invalid reference
#       Terraform, {a={size=1}}["a"].size: 1
# Needs terraform or tofu on PATH.
set -euo pipefail
terraform=$(command -v terraform || command -v tofu)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export CHECKPOINT_DISABLE=1
unset TF_CLI_CONFIG_FILE
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 @cdktf/commons@0.21.0 @cdktf/provider-generator@0.21.0 \
  codemaker@1.112.0 constructs@10.7.2 jsii-pacmak@1.112.0 tsx@4.23.15
cat >generate.js <<'JS'
const { ConstructsMakerProviderTarget, Language, TerraformProviderConstraint } = require('@cdktf/commons');
const { TerraformProviderGenerator } = require('@cdktf/provider-generator');
const { CodeMaker } = require('codemaker');
const attributes = {
  flags: { type: ['map', 'bool'], computed: true },
  things: { type: ['map', ['object', { size: 'number' }]], computed: true },
};
const address = 'registry.terraform.io/example/shelf';
const schemas = { provider: { version: 0, block: {} }, resource_schemas: { shelf_box: { version: 0, block: { attributes } } } };
const schema = { format_version: '1.0', provider_versions: { [address]: '1.0.0' }, provider_schemas: { [address]: schemas } };
const generator = new TerraformProviderGenerator(new CodeMaker(), schema);
const constraint = new TerraformProviderConstraint('example/shelf@1.0.0');
generator.generate(new ConstructsMakerProviderTarget(constraint, Language.TYPESCRIPT));
void generator.save('gen');
JS
cat >ask.ts <<'TS'
import { TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { Box } from './gen/providers/shelf/box';
const stack = new TerraformStack(Testing.app(), 'stack');
const box = new Box(stack, 'it', {});
new TerraformOutput(stack, 'flag', { value: box.flags.lookup('a') });
new TerraformOutput(stack, 'object', { value: box.things.get('a').size });
const { output } = JSON.parse(Testing.synth(stack));
const shown = ({ value }: { value: string }) => value.replace('${shelf_box.it.', '').replace('}', '');
console.log(`map of booleans: ${shown(output.flag)}`);
console.log(`map of objects: ${shown(output.object)}`);
TS
node generate.js >/dev/null 2>&1
told() { "$terraform" console -no-color <<<"$1" 2>&1 | grep -oE 'Error: .*|^[0-9]+$' | sed 's/^Error: //'; }
mkdir empty
ask() { (cd empty && echo "Terraform, $1: $(told "$1")"); }
seen="$(npx tsx ask.ts)
$(ask '{a={size=1}}[a].size')
$(ask '{a={size=1}}["a"].size')"
echo "$seen"
[ "$seen" = 'map of booleans: flags["a"]
map of objects: things[a].size
Terraform, {a={size=1}}[a].size: Invalid reference
Terraform, {a={size=1}}["a"].size: 1' ] || { echo 'the behaviour has changed'; exit 1; }
