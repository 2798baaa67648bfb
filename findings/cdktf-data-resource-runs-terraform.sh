#!/usr/bin/env bash
# cdktf 0.21.0: an app with a DataResource (terraform_data) runs `terraform version` when it synthesizes, and fails where no
# Terraform is on the PATH; the same app with any other resource needs none. Testing.synth does not do it, so tests pass
# where the app does not.
# Expected: synthesis writes JSON and needs no Terraform, as everywhere else.
# Seen: null_resource: synthesized
#       terraform_data: failed, it wants to know the version of Terraform
#       terraform_data in Testing.synth: synthesized
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund cdktf@0.21.0 constructs@10.7.2
cat >ask.js <<'JS'
const { App, DataResource, TerraformResource, TerraformStack, Testing } = require('cdktf');
const kind = process.argv[2];
const outdir = process.argv[3];
const app = new App({ outdir });
const stack = new TerraformStack(app, 'stack');
if (kind === 'null_resource') new TerraformResource(stack, 'it', { terraformResourceType: 'null_resource' });
else new DataResource(stack, 'it', { input: 'text' });
try {
  if (process.argv[4] === 'testing') Testing.synth(stack);
  else app.synth();
  console.log('synthesized');
} catch (error) {
  const asks = /terraform/i.test(error.message) && /version/i.test(error.message);
  console.log(asks ? 'failed, it wants to know the version of Terraform' : `failed: ${error.message}`);
}
JS
node=$(command -v node)
mkdir empty
ask() { PATH="$folder/empty" TERRAFORM_BINARY_NAME= "$node" ask.js "$@" 2>/dev/null; }
seen="null_resource: $(ask null_resource one)
terraform_data: $(ask terraform_data two)
terraform_data in Testing.synth: $(ask terraform_data three testing)"
echo "$seen"
[ "$seen" = 'null_resource: synthesized
terraform_data: failed, it wants to know the version of Terraform
terraform_data in Testing.synth: synthesized' ] || { echo 'the behaviour has changed'; exit 1; }
