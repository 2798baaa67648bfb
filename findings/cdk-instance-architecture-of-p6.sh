#!/usr/bin/env bash
# aws-cdk-lib 2.276.0, aws-ec2: InstanceType accepts p6-b200.48xlarge and p6e-gb200.36xlarge, but asking for the
# architecture throws "Malformed instance type identifier", as for every family with a hyphen whose second part holds a
# digit; sameInstanceClassAs throws too. m7i-flex.large, a hyphen followed by letters only, works.
# So what picks an image by the architecture (EKS node groups, machine images, Batch) cannot be used with Blackwell.
# Expected: x86_64 for p6-b200 and arm64 for p6e-gb200 (Grace is an ARM processor), or a refusal when the type is made.
# Seen: p6-b200.48xlarge: Malformed instance type identifier
#       p6e-gb200.36xlarge: Malformed instance type identifier
#       p5en.48xlarge: x86_64
#       m7i-flex.large: x86_64
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.7.2
cat >ask.js <<'JS'
const { InstanceType } = require('aws-cdk-lib/aws-ec2');
for (const name of ['p6-b200.48xlarge', 'p6e-gb200.36xlarge', 'p5en.48xlarge', 'm7i-flex.large']) {
  const type = new InstanceType(name);
  let answer;
  try {
    answer = type.architecture;
  } catch (error) {
    answer = error.message;
  }
  console.log(`${name}: ${answer}`);
}
JS
seen=$(node ask.js)
echo "$seen"
[ "$seen" = 'p6-b200.48xlarge: Malformed instance type identifier
p6e-gb200.36xlarge: Malformed instance type identifier
p5en.48xlarge: x86_64
m7i-flex.large: x86_64' ] || { echo 'the behaviour has changed'; exit 1; }
