#!/usr/bin/env bash
# cdktf 0.21.0: addOverride with a list appends to the list that is there, where addOverride of CDK, which it is modelled on,
# puts the new one in its place; texts and objects of cdktf are replaced and merged as there. So an override can make a list
# longer and never shorter: zones, ranges and ports that a construct opened stay open.
# Expected: ["new"] and [], as with CDK and as with texts.
# Seen: cdktf, list: ["old","new"]
#       cdktf, empty list: ["old"]
#       cdktf, text: "new"
#       CDK, list: ["new"]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 aws-cdk-lib@2.276.0 constructs@10.7.2
cat >ask.js <<'JS'
const { TerraformResource, TerraformStack, Testing } = require('cdktf');
const { App, CfnResource, Stack } = require('aws-cdk-lib/core');
const { Template } = require('aws-cdk-lib/assertions');
class Thing extends TerraformResource {
  synthesizeAttributes() {
    return { zones: ['old'], name: 'old' };
  }
}
const terraform = (...overrides) => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const thing = new Thing(stack, 'it', { terraformResourceType: 'thing' });
  for (const [path, value] of overrides) thing.addOverride(path, value);
  return JSON.parse(Testing.synth(stack)).resource.thing.it;
};
console.log(`cdktf, list: ${JSON.stringify(terraform(['zones', ['new']]).zones)}`);
console.log(`cdktf, empty list: ${JSON.stringify(terraform(['zones', []]).zones)}`);
console.log(`cdktf, text: ${JSON.stringify(terraform(['name', 'new']).name)}`);
const stack = new Stack(new App(), 'stack');
const thing = new CfnResource(stack, 'it', { type: 'Some::Own::Thing', properties: { Zones: ['old'] } });
thing.addOverride('Properties.Zones', ['new']);
const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('Some::Own::Thing'));
console.log(`CDK, list: ${JSON.stringify(Properties.Zones)}`);
JS
seen=$(node ask.js)
echo "$seen"
[ "$seen" = 'cdktf, list: ["old","new"]
cdktf, empty list: ["old"]
cdktf, text: "new"
CDK, list: ["new"]' ] || { echo 'the behaviour has changed'; exit 1; }
