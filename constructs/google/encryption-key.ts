import { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import { KmsKeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { LIMITS, physicalName, resourceTags } from './names';
import { protect } from './protection';

/** The domain of the service account by which each service uses a key on behalf of a project. */
const AGENT_DOMAINS = {
  compute: 'compute-system',
  container: 'container-engine-robot',
  lustre: 'gcp-sa-lustre',
  storage: 'gs-project-accounts',
} as const;

/** A service that encrypts with the project's own key. */
export type ServiceAgent = keyof typeof AGENT_DOMAINS;

/** Who may use a key. */
export interface EncryptionKeyGrants {
  /**
   * Lets a service encrypt and decrypt; returns what has to exist before the service uses the key.
   *
   * The agent has to exist: enabling an API makes it, except for Cloud Storage, which makes it when it is first asked
   * for (`gcloud storage service-agent`).
   */
  serviceAgent(service: ServiceAgent): readonly ITerraformDependable[];
}

/** A key that data is encrypted with. */
export interface IEncryptionKey {
  /** `projects/…/cryptoKeys/…`: known before the key exists, so that it never cascades. */
  readonly keyId: string;
  readonly grants: EncryptionKeyGrants;
}

/** Properties of an `EncryptionKey`. */
export interface EncryptionKeyProps {
  /** First part of the names of the key ring and the key. */
  readonly name: string;
  readonly projectId: string;
  /** Service agents are named by it. */
  readonly projectNumber: string;
  /** Has to be the region of what is encrypted. */
  readonly region: string;
  /** Days after which a new version encrypts. @default 90 */
  readonly rotationDays?: number;
  /** @default no labels */
  readonly tags?: Tags;
}

/** A Cloud KMS key in a ring of its own. Its versions decrypt what they encrypted, so it is never destroyed. */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /** A key that exists already and whose users have been let in. */
  static fromKeyId(scope: Construct, id: string, keyId: string): IEncryptionKey {
    return new ImportedKey(scope, id, keyId);
  }

  readonly keyId: string;
  readonly grants: EncryptionKeyGrants;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const name = physicalName([props.name], LIMITS.keyRing);
    const keyRing = `projects/${props.projectId}/locations/${props.region}/keyRings/${name}`;
    this.keyId = `${keyRing}/cryptoKeys/${name}`;
    const ring = new KmsKeyRing(this, 'key-ring', {
      name,
      project: props.projectId,
      location: props.region,
      lifecycle: { preventDestroy: true },
    });
    const key = new KmsCryptoKey(this, 'Resource', {
      name,
      keyRing,
      purpose: 'ENCRYPT_DECRYPT',
      rotationPeriod: `${(props.rotationDays ?? 90) * 86400}s`,
      labels: resourceTags(props.tags),
      dependsOn: [ring],
    });
    protect(key);
    const agents = new Map<ServiceAgent, ITerraformDependable>();
    this.grants = {
      serviceAgent: (service) => {
        const granted = agents.get(service) ?? this.grant(service, props.projectNumber, key);
        agents.set(service, granted);
        return [granted];
      },
    };
  }

  private grant(service: ServiceAgent, projectNumber: string, key: KmsCryptoKey): ITerraformDependable {
    return new KmsCryptoKeyIamMember(this, `used-by-${service}`, {
      cryptoKeyId: this.keyId,
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: `serviceAccount:service-${projectNumber}@${AGENT_DOMAINS[service]}.iam.gserviceaccount.com`,
      dependsOn: [key],
    });
  }
}

/** A service encrypts with keys of its own region only, and says so when it is applied. */
export function requireKeyRegion({ keyId }: IEncryptionKey, region: string, what: string): void {
  if (Token.isUnresolved(keyId) || Token.isUnresolved(region) || keyId.includes(`/locations/${region}/`)) return;
  throw new Error(`${what} is in ${region} and got key "${keyId}": use a key of the same region`);
}

class ImportedKey extends Construct implements IEncryptionKey {
  readonly grants: EncryptionKeyGrants = { serviceAgent: () => [] };

  constructor(
    scope: Construct,
    id: string,
    readonly keyId: string,
  ) {
    super(scope, id);
  }
}
