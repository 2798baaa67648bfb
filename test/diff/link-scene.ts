import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { estateKeys } from '../../cli/estate-key';
import {
  compareCloudFormation,
  compareTerraform,
  type DiffReport,
  diffReport,
  linkEdits,
  linkLosses,
} from '../../diff';
import type { Plan } from '../../estate/plan/types';
import { stackRows } from '../../estate/report/views';
import { synthesizePlan, withFolder } from '../helpers/synth';

/** What becomes of the stacks of one plan when they become those of another. */
export function diffOf(before: Plan, after: Plan, accept: readonly string[] = []): Promise<DiffReport> {
  return withFolder((folder) => {
    const folders = [before, after].map((plan, index) => {
      const path = join(folder, String(index));
      mkdirSync(path);
      synthesizePlan(plan, path);
      return path;
    });
    const [one = '', other = ''] = folders;
    const keyOf = estateKeys(before);
    return diffReport({
      edits: linkEdits(before.links, after.links, (path) => path),
      changes: [
        ...compareCloudFormation(join(one, 'cdk.out'), join(other, 'cdk.out')),
        ...compareTerraform(join(one, 'cdktf.out'), join(other, 'cdktf.out')),
      ],
      rows: [...new Map([...stackRows(after), ...stackRows(before)].map((row) => [row.stack, row])).values()],
      ownerOf: (stack, { path }) => {
        const key = keyOf(stack, `${stack}/${path}`) ?? stack;
        return { key, names: [key], holdings: [], becomes: [], isInUse: true };
      },
      links: linkLosses(before, after, (path) => path),
      accept,
      base: 'base.yaml',
    });
  });
}

/** What is lost of what is protected: `replaced VPN connection STACK/PATH`. */
export const endsOf = ({ stacks }: DiffReport) =>
  stacks.flatMap(({ stack, resources }) =>
    resources
      .filter(({ isProtected }) => isProtected)
      .map(({ path, noun, action }) => `${action} ${noun} ${stack}/${path}`),
  );
