import type { ProviderName } from '../../provider/schema';
import type { Loopback } from './loopback';

/** What the placeholder environment is made of. */
export interface PlaceholderOptions {
  /** Folder that stands in for the user's home folder; nothing of the user is in it. */
  readonly home: string;
  /** Terraform CLI configuration to use. */
  readonly cliConfig: string;
  readonly loopback: Pick<Loopback, 'tokenUrl' | 'proxyUrl'>;
  /** Folder for temporary files. @default that of the machine */
  readonly temporary?: string;
  /** File of a private key for the Oracle provider. @default none, which is enough for the other providers */
  readonly keyFile?: string;
  /** Environment to take the machine's own settings from. @default that of this process */
  readonly inherited?: NodeJS.ProcessEnv;
}

/**
 * Variables that say where programs and temporary files are.
 *
 * Only these are handed on: whatever else is set may be a credential, and a list of those would never be complete.
 */
const MACHINE =
  /^(PATH|PATHEXT|LANG|LC_[A-Z]+|TMPDIR|TMP|TEMP|SYSTEMROOT|WINDIR|COMSPEC|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH)$/i;

const DEBUGGING = /^TF_LOG/;

/** Looks like the identifier of a user; Oracle Cloud has none of this name. */
const NOBODY = 'ocid1.user.oc1..placeholder';

/** Looks like the fingerprint of a key. */
const NO_KEY = Array.from({ length: 16 }, () => '00').join(':');

/** The environment of a Terraform whose real providers are configured with credentials that open nothing. */
export function placeholderEnvironment(options: PlaceholderOptions): NodeJS.ProcessEnv {
  const { home, cliConfig, loopback, temporary, inherited = process.env } = options;
  const kept = Object.entries(inherited).filter(
    ([name]) => MACHINE.test(name) || (DEBUGGING.test(name) && inherited.ESTATE_DEBUG !== undefined),
  );
  return {
    ...Object.fromEntries(kept),
    ...(temporary !== undefined && { TMPDIR: temporary }),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_CLI_CONFIG_FILE: cliConfig,
    HOME: home,
    USERPROFILE: home,
    HTTP_PROXY: loopback.proxyUrl,
    HTTPS_PROXY: loopback.proxyUrl,
    NO_PROXY: '127.0.0.1',
    ...Object.assign({}, ...Object.values(CREDENTIALS).map((variables) => variables(options))),
  };
}

/** Variables from which each provider takes credentials that open nothing, in all recorded releases. */
const CREDENTIALS: Readonly<Record<ProviderName, (options: PlaceholderOptions) => Record<string, string>>> = {
  azurerm: ({ loopback }) => azure(loopback.tokenUrl),
  // A token that is there is not exchanged for another, nor looked for in files and metadata services.
  google: () => ({ GOOGLE_OAUTH_ACCESS_TOKEN: 'placeholder' }),
  oci: ({ home, keyFile }) => oracle(home, keyFile),
};

/** The loopback stands in for the metadata service of a virtual machine, which gives tokens without a secret. */
function azure(tokenUrl: string): Record<string, string> {
  return {
    ARM_USE_MSI: 'true',
    ARM_USE_CLI: 'false',
    ARM_MSI_ENDPOINT: tokenUrl,
    // A provider block that names its own tenant wins; one that does not still needs some.
    ARM_TENANT_ID: '00000000-0000-0000-0000-000000000000',
    ARM_RESOURCE_PROVIDER_REGISTRATIONS: 'none',
    // Both ask Azure for lists before anything is planned. What stood for both, azurerm 5 refuses to start with.
    ARM_PROVIDER_ENHANCED_VALIDATION_LOCATIONS: 'false',
    ARM_PROVIDER_ENHANCED_VALIDATION_RESOURCE_PROVIDERS: 'false',
  };
}

/** Requests would be signed with a key that exists for this run only. */
function oracle(home: string, keyFile: string | undefined): Record<string, string> {
  return {
    TF_HOME_OVERRIDE: home,
    TF_VAR_user_ocid: NOBODY,
    TF_VAR_fingerprint: NO_KEY,
    ...(keyFile !== undefined && { TF_VAR_private_key_path: keyFile }),
  };
}
