#!/usr/bin/env bash
# cfn-lint 1.58.0: the instance types that a region has (E3628) leave out what is sold in a Local Zone of it only.
# GB200 machines of AWS stand in Dallas, which belongs to us-east-1, and a template for them is an error there (exit 2).
# Expected: the types of a region hold those of its Local Zones, since templates of both go to the region.
# Seen: p6-b200.48xlarge: exit 0
#       p6e-gb200.36xlarge: exit 2, E3628
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip --quiet --disable-pip-version-check install cfn-lint==1.58.0
seen=''
for type in p6-b200.48xlarge p6e-gb200.36xlarge; do
  cat >template.yaml <<YAML
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Node:
    Type: AWS::EC2::Instance
    Properties: { InstanceType: $type, ImageId: ami-0123456789abcdef0 }
YAML
  code=0
  told=$(env/bin/cfn-lint --template template.yaml --regions us-east-1) || code=$?
  rule=$(grep -oE '^E[0-9]+' <<<"$told" | sort -u | paste -sd, || true)
  seen="$seen$type: exit $code${rule:+, $rule}
"
done
printf '%s' "$seen"
[ "$seen" = 'p6-b200.48xlarge: exit 0
p6e-gb200.36xlarge: exit 2, E3628
' ] || { echo 'the behaviour has changed'; exit 1; }
