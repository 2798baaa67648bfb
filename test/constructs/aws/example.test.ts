import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../examples/aws-own-stack';

test('the example synthesizes a cluster with 64 reserved nodes and what its pods mount files with, twice the same', () => {
  const [first, second] = [1, 2].map(() => {
    const outdir = mkdtempSync(join(tmpdir(), 'aws-example-'));
    try {
      build(outdir);
      return readFileSync(join(outdir, 'training-oregon.template.json'), 'utf8');
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
  expect(second).toBe(first);
  const { Resources } = JSON.parse(first ?? '');
  const addons = Object.values<{ Properties?: { AddonName?: string } }>(Resources).map(({ Properties }) => Properties);
  expect(addons).toContainEqual(expect.objectContaining({ AddonName: 'aws-fsx-csi-driver' }));
  const groups = Object.values<{ Type: string; Properties: object }>(Resources).filter(
    ({ Type }) => Type === 'AWS::EKS::Nodegroup',
  );
  expect(groups.map(({ Properties }) => Properties)).toContainEqual(
    expect.objectContaining({ ScalingConfig: { MinSize: 0, DesiredSize: 64, MaxSize: 64 } }),
  );
});
