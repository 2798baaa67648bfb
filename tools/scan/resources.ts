import { readCloudFormationModels } from '../../diff/cloudformation-stack';
import { readTerraformModels } from '../../diff/terraform-stack';
import { memberOf } from '../../terraform/document';
import type { Found } from './judge';

/** A resource as a program synthesized it. */
export type Resource = Pick<Found, 'stack' | 'type' | 'path' | 'arguments'> & {
  /** Its logical id in a template, or its address. */
  readonly id: string;
};

/** The resources of an assembly of CDK. */
export function cloudFormationResources(outdir: string): readonly Resource[] {
  return readCloudFormationModels(outdir).flatMap(({ stack, template, paths }) => {
    const all = memberOf(template, 'Resources');
    return Object.keys(all).map((id): Resource => {
      const own = memberOf(all, id);
      const path = paths.get(id) ?? id;
      return { stack, id, type: String(own.Type), path, arguments: memberOf(own, 'Properties') };
    });
  });
}

/** The resources of a folder that cdktf synthesized. */
export function terraformResources(outdir: string): readonly Resource[] {
  return readTerraformModels(outdir).flatMap(({ stack, resources }) =>
    [...resources].map(([id, { type, path, config }]): Resource => ({ stack, id, type, path, arguments: config })),
  );
}
