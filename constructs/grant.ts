import { dependable, type ITerraformDependable, type TerraformResource } from './cdktf';

/** What giving somebody access made on a cloud of Terraform. What needs the access comes after it. */
export class Grant {
  /** @param dependables what has to be there before the access is; none where it was there already */
  constructor(readonly dependables: readonly ITerraformDependable[] = []) {}

  /** Makes resources wait for the access. */
  applyBefore(...resources: readonly TerraformResource[]): void {
    for (const resource of resources) {
      resource.dependsOn = [...(resource.dependsOn ?? []), ...this.dependables.map(dependable)];
    }
  }
}
