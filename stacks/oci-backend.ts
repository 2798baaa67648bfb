import type { Construct } from 'constructs';
import { TerraformBackend, TerraformRemoteState } from '../constructs/cdktf';

/** Where the `oci` backend keeps a state file. */
export interface OciBackendProps {
  /** Bucket of the state; it must exist. */
  readonly bucket: string;
  /** Object Storage namespace of the bucket. */
  readonly namespace: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Object name of the state. */
  readonly key: string;
}

/**
 * State in Oracle Object Storage.
 *
 * Terraform has this backend built in since 1.12; cdktf, which is older, does not know it.
 */
export class OciBackend extends TerraformBackend {
  private readonly attributes: { readonly [name: string]: string };

  constructor(scope: Construct, props: OciBackendProps) {
    super(scope, 'backend', 'oci');
    const { bucket, namespace, region, key } = props;
    this.attributes = { bucket, namespace, region, key };
  }

  /** The state of this backend, as another stack reads it. */
  getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    return new OciRemoteState(scope, name, this.attributes);
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.attributes };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return { ...this.attributes };
  }
}

class OciRemoteState extends TerraformRemoteState {
  constructor(scope: Construct, id: string, attributes: { readonly [name: string]: string }) {
    super(scope, id, 'oci', { ...attributes, workspace: `\${terraform.workspace}` });
  }
}
