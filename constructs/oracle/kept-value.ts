import { Construct } from 'constructs';
import { Fn, TerraformResource } from '../cdktf';

/** Options of a {@link KeptValue}. */
export interface KeptValueProps {
  /** What is kept, once it is known. */
  readonly value: string;
  /** Id of what the value belongs to: it is read anew when that is another. */
  readonly of: string;
}

/**
 * A value that stays in the state as it was when it was first known.
 *
 * Terraform reads a data source again whenever what it asks about has a change pending, even one of tags; until then
 * nothing made of it is known, and what cannot change is replaced. This is `terraform_data`, which is built into
 * Terraform (1.4 or newer): it needs no provider. `terraform apply -replace=ADDRESS` reads the value anew.
 */
export class KeptValue extends Construct {
  /** The value, as it was when it was first known. */
  readonly value: string;

  constructor(scope: Construct, id: string, props: KeptValueProps) {
    super(scope, id);
    // cdktf has a class for it, which runs `terraform version` at every synthesis.
    const kept = new TerraformResource(this, 'Resource', {
      terraformResourceType: 'terraform_data',
      lifecycle: { ignoreChanges: ['input'] },
    });
    kept.addOverride('input', { value: props.value });
    kept.addOverride('triggers_replace', { of: props.of });
    this.value = Fn.lookupNested(kept.interpolationForAttribute('output'), ['value']);
  }
}
