import type { GrantAnchor } from '../../catalog/grants';
import type { Account } from '../../spec/schema';
import type { GrantClient, ProjectedToken } from './types';

/** What decides how a pod uses a grant. */
export interface ClientInputs {
  /** Identity of the grant: folders of the pod have its name, so that one pod can have several. */
  readonly grant: string;
  readonly anchor: GrantAnchor;
  /** Account of the store. */
  readonly account: Account;
  /** Region of the store. */
  readonly region: string;
  /** Audience of its token. @default native */
  readonly audience?: string;
  /** What it is at the store. @default not known yet */
  readonly identity?: string;
  /** Client id of the identity, Azure only. @default not known yet */
  readonly clientId: string | undefined;
  /**
   * Name of the store that has no address but that of its private endpoint, Azure only.
   *
   * @default its network looks it up already, or it is one that exists, whose owner knows
   */
  readonly privateName?: PrivateName;
}

/** A name that leads somewhere inside of one network only. */
export interface PrivateName {
  readonly host: string;
  /** Private endpoint that has the address, and its resource group. */
  readonly endpoint: string;
  readonly resourceGroup: string;
}

const FOLDER = '/var/run/secrets/estate';
const CONFIG = '/etc/estate';
/** Kubernetes renews a token when four fifths of this are over. */
const EXPIRATION_SECONDS = 3600;

/** What a pod needs to use a grant; undefined where its cloud gives it what it needs. */
export function clientOf(inputs: ClientInputs): GrantClient | undefined {
  if (inputs.anchor === 'native') return nativeClient(inputs);
  const { audience = '', anchor } = inputs;
  const path = `${FOLDER}/${inputs.grant}/token`;
  const token: ProjectedToken = { audience, path, expirationSeconds: EXPIRATION_SECONDS };
  const client = FEDERATED[inputs.account.cloud](inputs, path);
  if (anchor === 'cluster') return { token, ...client };
  const command = `aws sts get-web-identity-token --audience ${audience} --signing-algorithm RS256`;
  const note = `keep ${path} fresh: a sidecar writes there what "${command}" answers with the role of the pod`;
  return { ...client, notes: [note, ...client.notes] };
}

/** Roles of AWS are acted as in turn; elsewhere the identity of the pod has the right itself. */
function nativeClient({ grant, account, identity = '', privateName }: ClientInputs): GrantClient | undefined {
  if (privateName !== undefined) return { env: {}, files: {}, notes: nameNotes(privateName) };
  if (account.cloud !== 'aws') return undefined;
  const path = `${CONFIG}/${grant}/aws-config`;
  const profile = [`[profile ${grant}]`, `role_arn = ${identity}`, 'credential_source = EcsContainer', ''].join('\n');
  return { env: { AWS_CONFIG_FILE: path, AWS_PROFILE: grant }, files: { [path]: profile }, notes: [] };
}

/** A link carries addresses, and no names. */
function nameNotes(name: PrivateName | undefined): readonly string[] {
  if (name === undefined) return [];
  const { host, endpoint, resourceGroup } = name;
  return [
    `have ${host} resolve to the address of private endpoint ${endpoint} (resource group ${resourceGroup}) where it runs, by a private zone of that name or by forwarding it: its public address lets nobody in`,
  ];
}

const FEDERATED: Readonly<
  Record<Account['cloud'], (inputs: ClientInputs, tokenFile: string) => Omit<GrantClient, 'token'>>
> = {
  aws: ({ region, identity = '' }, tokenFile) => ({
    env: {
      AWS_REGION: region,
      AWS_ROLE_ARN: identity,
      AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    },
    files: {},
    notes: [],
  }),
  azure: ({ account, clientId, privateName }, tokenFile) => ({
    env: {
      AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com/',
      ...(clientId !== undefined && { AZURE_CLIENT_ID: clientId }),
      AZURE_FEDERATED_TOKEN_FILE: tokenFile,
      ...(account.cloud === 'azure' && { AZURE_TENANT_ID: account.tenantId }),
    },
    files: {},
    notes: [
      ...(clientId === undefined ? ['AZURE_CLIENT_ID is known once the stack of the store has told it'] : []),
      ...nameNotes(privateName),
    ],
  }),
  google: ({ grant, audience = '' }, tokenFile) => {
    const path = `${CONFIG}/${grant}/google.json`;
    const config = {
      type: 'external_account',
      audience: audience.replace(/^https:/, ''),
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'https://sts.googleapis.com/v1/token',
      credential_source: { file: tokenFile },
    };
    return { env: { GOOGLE_APPLICATION_CREDENTIALS: path }, files: { [path]: JSON.stringify(config) }, notes: [] };
  },
  oracle: ({ account, region }, tokenFile) => {
    const { identityDomain } = account.cloud === 'oracle' ? account : {};
    return {
      env: {
        ...(account.cloud === 'oracle' && { OCI_CLI_TENANCY: account.tenancyId }),
        OCI_CLI_REGION: region,
      },
      files: {},
      notes: [
        `exchange ${tokenFile} for a session token at ${identityDomain?.url}/oauth2/v1/token as client ${identityDomain?.clientId}, whose secret the pod has from a vault of yours`,
      ],
    };
  },
};
