import { CATALOG, type Cloud } from '../estate/catalog';
import { ToolError } from './app';

/** The packages that a project installs beside this one, by the clouds that it uses. */
export const PEERS: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ['aws-cdk-lib', 'constructs'],
  azure: ['cdktf', 'constructs', '@cdktf/provider-azurerm'],
  google: ['cdktf', 'constructs', '@cdktf/provider-google'],
  oracle: ['cdktf', 'constructs'],
};

/**
 * Refuses to synthesize clouds whose packages are not installed, since a stack trace would not say which ones to install.
 *
 * @param clouds what is synthesized
 * @param isInstalled whether a package is there
 */
export function requirePeers(clouds: readonly Cloud[], isInstalled = canBeLoaded): void {
  const lacking = clouds.filter((cloud) => !PEERS[cloud].every(isInstalled));
  if (lacking.length === 0) return;
  const packages = [...new Set(lacking.flatMap((cloud) => PEERS[cloud]))];
  const titles = lacking.map((cloud) => CATALOG[cloud].title).join(' and ');
  const missing = packages.filter((name) => !isInstalled(name)).join(', ');
  throw new ToolError(
    `stacks of ${titles} need what is not installed: ${missing}`,
    `npm install ${packages.join(' ')}`,
  );
}

function canBeLoaded(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
