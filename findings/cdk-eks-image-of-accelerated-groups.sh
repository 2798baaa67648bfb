#!/usr/bin/env bash
# aws-cdk-lib 2.276.0, aws-eks-v2: the image family of a managed node group is guessed from the name of the instance type.
# Newer accelerator families are unknown to it: p5en (H200), g7e and trn2 get the image without any driver. Known GPU
# families get an x86 image without a look at the processor: g5g is Graviton (arm64) and cannot boot it. And the family is
# Amazon Linux 2, whose images EKS builds for Kubernetes up to 1.32 only, also where the cluster is at 1.35.
# Expected: an accelerated Amazon Linux 2023 family for each, arm64 for g5g, or a demand to name one.
# Seen: p5en.48xlarge: AL2_x86_64
#       g7e.48xlarge: AL2_x86_64
#       trn2.48xlarge: AL2_x86_64
#       g6.xlarge: AL2_x86_64_GPU
#       g5g.xlarge: AL2_x86_64_GPU
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund aws-cdk-lib@2.276.0 constructs@10.7.2
cat >ask.js <<'JS'
const { App, Stack } = require('aws-cdk-lib/core');
const { InstanceType } = require('aws-cdk-lib/aws-ec2');
const { Cluster, DefaultCapacityType, KubernetesVersion } = require('aws-cdk-lib/aws-eks-v2');
const { Template } = require('aws-cdk-lib/assertions');
for (const name of ['p5en.48xlarge', 'g7e.48xlarge', 'trn2.48xlarge', 'g6.xlarge', 'g5g.xlarge']) {
  const stack = new Stack(new App(), 'stack');
  const cluster = new Cluster(stack, 'cluster', {
    version: KubernetesVersion.of('1.35'),
    defaultCapacityType: DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  });
  cluster.addNodegroupCapacity('group', { instanceTypes: [new InstanceType(name)] });
  const groups = Object.values(Template.fromStack(stack).findResources('AWS::EKS::Nodegroup'));
  console.log(`${name}: ${groups.map(({ Properties }) => Properties.AmiType).join()}`);
}
JS
seen=$(node ask.js 2>/dev/null)
echo "$seen"
[ "$seen" = 'p5en.48xlarge: AL2_x86_64
g7e.48xlarge: AL2_x86_64
trn2.48xlarge: AL2_x86_64
g6.xlarge: AL2_x86_64_GPU
g5g.xlarge: AL2_x86_64_GPU' ] || { echo 'the behaviour has changed'; exit 1; }
