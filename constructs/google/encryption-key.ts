import { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import { KmsKeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import { Construct, type IConstruct } from 'constructs';
import type { Tags } from '../../estate/units';
import { Fn, type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import type { RemovalPolicy } from '../removal-policy';
import { checkId, checkName } from './checks';
import { LIMITS, physicalName, resourceTags } from './names';
import { protect, unprotect } from './protection';
import { type AgentProject, type ServiceAgent, serviceAgent } from './service-agents';

/** Gives access to a key. */
export interface EncryptionKeyGrants {
  /**
   * Lets a service encrypt and decrypt; asked for again, it is the same grant.
   *
   * The agent has to exist. Enabling an API makes it; Cloud Storage, which makes it when it is first asked for, is asked;
   * that of managed Lustre is made by `gcloud beta services identity create --service=lustre.googleapis.com`.
   */
  serviceAgent(service: ServiceAgent): Grant;
}

/** A key that data is encrypted with. */
export interface IEncryptionKey extends IConstruct {
  /** `projects/…/cryptoKeys/…`: known before the key exists, so that it never cascades. */
  readonly keyId: string;
  /** Gives access to it. */
  readonly grants: EncryptionKeyGrants;
  /** What has to exist before it does; nothing where it exists already. */
  readonly dependables: readonly ITerraformDependable[];
}

/** What a key is known by that exists already. */
export interface EncryptionKeyAttributes {
  /** `projects/…/locations/…/keyRings/…/cryptoKeys/…`, such as one in the project of a security team. */
  readonly keyId: string;
  /**
   * Number of the project whose service agents `grants` lets in. Who applies then has to be allowed to change the policy
   * of the key.
   *
   * @default - its owner has let them in, and `grants` makes nothing
   */
  readonly projectNumber?: string;
}

/** Options of an {@link EncryptionKey}. */
export interface EncryptionKeyProps {
  /** First part of the names of the key ring and the key. */
  readonly name: string;
  /** Project that it is made in. */
  readonly projectId: string;
  /** Number of the project whose service agents `grants` lets in: they are named by it. */
  readonly projectNumber: string;
  /** Region of the key, which has to be that of what is encrypted. */
  readonly region: string;
  /** Days after which a new version encrypts. @default 90 */
  readonly rotationDays?: number;
  /**
   * What becomes of the key when it leaves the program. Destroyed, its versions are: nothing that they encrypted can be
   * read again.
   *
   * @default 'retain'
   */
  readonly removalPolicy?: RemovalPolicy;
  /** Labels of the key. @default - none */
  readonly tags?: Tags;
}

/** A Cloud KMS key in a ring of its own. Its versions decrypt what they encrypted, so it is kept unless told otherwise. */
export class EncryptionKey extends Construct implements IEncryptionKey {
  /**
   * A key that exists already, in this or another project.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a key
   */
  static fromEncryptionKeyAttributes(
    scope: Construct,
    id: string,
    attributes: EncryptionKeyAttributes,
  ): IEncryptionKey {
    return new ImportedKey(scope, id, attributes);
  }

  /**
   * A key that exists already and whose users have been let in.
   *
   * @throws ConstructError with `IdInvalid` when the id is not that of a key
   */
  static fromKeyId(scope: Construct, id: string, keyId: string): IEncryptionKey {
    return new ImportedKey(scope, id, { keyId });
  }

  /** `projects/…/cryptoKeys/…`: known before the key exists. */
  readonly keyId: string;
  /** Gives access to it. */
  readonly grants: EncryptionKeyGrants;
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `NameInvalid` or `RetentionInvalid` when a name cannot be made, or the rotation is no
   * whole number of days
   */
  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    check(this, props);
    const kept = props.removalPolicy !== 'destroy';
    const name = physicalName([props.name], LIMITS.keyRing);
    const keyRing = `projects/${props.projectId}/locations/${props.region}/keyRings/${name}`;
    this.keyId = `${keyRing}/cryptoKeys/${name}`;
    const ring = new KmsKeyRing(this, 'key-ring', {
      name,
      project: props.projectId,
      location: props.region,
      ...(kept && { lifecycle: { preventDestroy: true } }),
    });
    const key = new KmsCryptoKey(this, 'Resource', {
      name,
      keyRing,
      purpose: 'ENCRYPT_DECRYPT',
      rotationPeriod: `${(props.rotationDays ?? 90) * 86400}s`,
      labels: resourceTags(this, props.tags),
      dependsOn: [ring],
    });
    if (kept) protect(key);
    else unprotect(key);
    this.dependables = [key];
    // Known when the ring is there: a plan of what is not there yet asks no service.
    const reference = Token.asString(Fn.element(Fn.split('/', ring.id), 1));
    this.grants = new KeyGrants(this, this.keyId, { number: props.projectNumber, reference }, [key]);
  }
}

/**
 * Fails when a key is not of the region of what it encrypts: a service says so only when it is applied.
 *
 * @throws ConstructError with `KeyUnsuitable`
 */
export function checkKeyRegion(scope: IConstruct, what: string, { keyId }: IEncryptionKey, region: string): void {
  if (Token.isUnresolved(keyId) || Token.isUnresolved(region) || keyId.includes(`/locations/${region}/`)) return;
  const problem = `${what} is in ${region} and got key "${keyId}": use a key of the same region`;
  throw new ConstructError(scope, 'KeyUnsuitable', problem);
}

function check(scope: IConstruct, { name, rotationDays = 90 }: EncryptionKeyProps): void {
  checkName(scope, 'name of the key', name);
  if (Token.isUnresolved(rotationDays) || (Number.isInteger(rotationDays) && rotationDays >= 1)) return;
  const problem = `key "${name}" got rotationDays ${rotationDays}: use a whole number of days, 1 at least`;
  throw new ConstructError(scope, 'RetentionInvalid', problem);
}

/** Grants of one key to the service agents of one project. */
class KeyGrants implements EncryptionKeyGrants {
  private readonly agents = new Map<ServiceAgent, Grant>();

  constructor(
    private readonly scope: Construct,
    private readonly keyId: string,
    /** @default none: its owner has let agents in */
    private readonly project: AgentProject | undefined,
    private readonly dependsOn: ITerraformDependable[],
  ) {}

  serviceAgent(service: ServiceAgent): Grant {
    const grant = this.agents.get(service) ?? this.grant(service);
    this.agents.set(service, grant);
    return grant;
  }

  private grant(service: ServiceAgent): Grant {
    if (this.project === undefined) return new Grant();
    const agent = serviceAgent(this.scope, service, this.project);
    const dependsOn = [...this.dependsOn, ...agent.dependables];
    const member = new KmsCryptoKeyIamMember(this.scope, `used-by-${service}`, {
      cryptoKeyId: this.keyId,
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: agent.member,
      ...(dependsOn.length > 0 && { dependsOn }),
    });
    return new Grant([member]);
  }
}

class ImportedKey extends Construct implements IEncryptionKey {
  readonly keyId: string;
  readonly grants: EncryptionKeyGrants;
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { keyId, projectNumber }: EncryptionKeyAttributes) {
    super(scope, id);
    const form = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;
    checkId(this, 'id of the key', keyId, form, 'projects/P/locations/REGION/keyRings/R/cryptoKeys/K');
    this.keyId = keyId;
    const project = projectNumber === undefined ? undefined : { number: projectNumber, reference: projectNumber };
    this.grants = new KeyGrants(this, keyId, project, []);
  }
}
