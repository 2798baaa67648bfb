#!/usr/bin/env bash
# @aws-cdk/cloudformation-diff 2.187.5, which `cdk diff` prints: two texts that read as the same number count as the same text.
# Since a template may say 1 or "1", a text is compared with a number by value, but so are two texts: leading zeros, trailing
# ones, spaces and digits beyond 2^53 are lost on the way. CloudFormation compares texts, so it makes the change that the
# difference denies: a tag, a version of Kubernetes or an id changes although `cdk diff` has said that nothing does.
# Expected: one difference each, but for 1 and "1".
# Seen: number 1, text "1": no difference
#       tag "007", then "7": no difference
#       version "1.30", then "1.3": no difference
#       id "9007199254740993", then "9007199254740992": no difference
#       tag "b7", then "7": a difference
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @aws-cdk/cloudformation-diff@2.187.5
cat >ask.js <<'JS'
const { fullDiff } = require('@aws-cdk/cloudformation-diff');
const bucket = (Value) => ({ Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'case', Value }] } });
const cluster = (Version) => ({ Type: 'AWS::EKS::Cluster', Properties: { Version } });
const ask = (what, before, after) => {
  const { isEmpty } = fullDiff({ Resources: { It: before } }, { Resources: { It: after } });
  console.log(`${what}: ${isEmpty ? 'no difference' : 'a difference'}`);
};
ask('number 1, text "1"', bucket(1), bucket('1'));
ask('tag "007", then "7"', bucket('007'), bucket('7'));
ask('version "1.30", then "1.3"', cluster('1.30'), cluster('1.3'));
ask('id "9007199254740993", then "9007199254740992"', bucket('9007199254740993'), bucket('9007199254740992'));
ask('tag "b7", then "7"', bucket('b7'), bucket('7'));
JS
seen=$(node ask.js)
echo "$seen"
[ "$seen" = 'number 1, text "1": no difference
tag "007", then "7": no difference
version "1.30", then "1.3": no difference
id "9007199254740993", then "9007199254740992": no difference
tag "b7", then "7": a difference' ] || { echo 'the behaviour has changed'; exit 1; }
