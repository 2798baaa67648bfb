#!/usr/bin/env bash
# @aws-cdk/cloudformation-diff 2.187.5, which `cdk diff` prints: only the flag of a whole property decides whether a change
# replaces the resource. The specification that it ships with flags parts of properties too, and those are not asked: another
# deployment type of a Lustre file system, which makes a new and empty one, is called an update like any other.
# Expected: WILL_REPLACE, or MAY_REPLACE, where the specification says that the changed part causes a replacement.
# Seen: specification, LustreConfiguration.DeploymentType: yes
#       difference, LustreConfiguration: WILL_UPDATE
#       difference, KmsKeyId: WILL_REPLACE
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-cdk/cloudformation-diff@2.187.5
cat >ask.js <<'JS'
const { createRequire } = require('node:module');
const { fullDiff } = require('@aws-cdk/cloudformation-diff');
const own = createRequire(require.resolve('@aws-cdk/cloudformation-diff'));
const database = own('@aws-cdk/aws-service-spec').loadAwsServiceSpecSync();
const { properties } = database.lookup('resource', 'cloudFormationType', 'equals', 'AWS::FSx::FileSystem').only();
const lustre = database.get('typeDefinition', properties.LustreConfiguration.type.reference.$ref);
console.log(`specification, LustreConfiguration.DeploymentType: ${lustre.properties.DeploymentType.causesReplacement}`);
const before = {
  FileSystemType: 'LUSTRE',
  StorageCapacity: 19200,
  SubnetIds: ['subnet-0123456789abcdef0'],
  LustreConfiguration: { DeploymentType: 'PERSISTENT_1', PerUnitStorageThroughput: 200 },
};
const template = (Properties) => ({ Resources: { Files: { Type: 'AWS::FSx::FileSystem', Properties } } });
const told = (change) => {
  const { Files } = fullDiff(template(before), template({ ...before, ...change })).resources.changes;
  return Object.entries(Files.propertyUpdates).map(([name, { changeImpact }]) => `difference, ${name}: ${changeImpact}`);
};
console.log(told({ LustreConfiguration: { ...before.LustreConfiguration, DeploymentType: 'PERSISTENT_2' } }).join('\n'));
console.log(told({ KmsKeyId: 'alias/other' }).join('\n'));
JS
seen=$(node ask.js)
echo "$seen"
[ "$seen" = 'specification, LustreConfiguration.DeploymentType: yes
difference, LustreConfiguration: WILL_UPDATE
difference, KmsKeyId: WILL_REPLACE' ] || { echo 'the behaviour has changed'; exit 1; }
