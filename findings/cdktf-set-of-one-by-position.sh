#!/usr/bin/env bash
# @cdktf/provider-generator 0.21.0: a block that is a set of at most one is read by its position, as if it were a list; other
# sets are made lists before. Terraform has no positions in sets, so whoever reads an argument of such a block gets a stack
# that is refused, after a synthesis without a word. Published bindings do it too: lifecycleRule.get(0).action.type of
# google_storage_bucket becomes lifecycle_rule[0].action[0].type, osProfile of azurerm_virtual_machine os_profile[0].
# Expected: tolist(one)[0].size, or one(one).size.
# Seen: set of many: tolist(many).0.size
#       set of at most one: one[0].size
#       Terraform, tolist(toset([{size=1}]))[0].size: 1
#       Terraform, toset([{size=1}])[0].size: Invalid index
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
const block = { attributes: { size: { type: 'number', optional: true } } };
const block_types = {
  many: { nesting_mode: 'set', block },
  one: { nesting_mode: 'set', max_items: 1, block },
};
const address = 'registry.terraform.io/example/shelf';
const schemas = { provider: { version: 0, block: {} }, resource_schemas: { shelf_box: { version: 0, block: { block_types } } } };
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
new TerraformOutput(stack, 'many', { value: box.many.get(0).size });
new TerraformOutput(stack, 'one', { value: box.one.size });
const { output } = JSON.parse(Testing.synth(stack));
const shown = ({ value }: { value: string }) => value.replace('shelf_box.it.', '').replace(/^\$\{|\}$/g, '');
console.log(`set of many: ${shown(output.many)}`);
console.log(`set of at most one: ${shown(output.one)}`);
TS
node generate.js >/dev/null 2>&1
told() { "$terraform" console -no-color <<<"$1" 2>&1 | grep -oE 'Error: .*|^[0-9]+$' | sed 's/^Error: //'; }
mkdir empty
ask() { (cd empty && echo "Terraform, $1: $(told "$1")"); }
seen="$(npx tsx ask.ts)
$(ask 'tolist(toset([{size=1}]))[0].size')
$(ask 'toset([{size=1}])[0].size')"
echo "$seen"
[ "$seen" = 'set of many: tolist(many).0.size
set of at most one: one[0].size
Terraform, tolist(toset([{size=1}]))[0].size: 1
Terraform, toset([{size=1}])[0].size: Invalid index' ] || { echo 'the behaviour has changed'; exit 1; }
