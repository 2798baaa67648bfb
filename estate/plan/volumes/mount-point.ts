import { AZURE_LUSTRE_NAME } from '../../catalog/azure';
import type { Cloud } from '../../catalog/types';
import type { MountPoint } from './types';

const FORM = /^([a-z0-9][a-z0-9.-]*)@([a-z0-9]+):\/([\w-]+)$/i;
const ADDRESS = /^[a-z0-9][a-z0-9.-]*$/i;

/** File systems that are always called the same are told by their address alone. */
const NAMES: Readonly<Partial<Record<Cloud, string>>> = { azure: AZURE_LUSTRE_NAME.value };

/** What clients mount, taken apart: `<address>@<network>:/<name>`, or an address where the rest is always the same. */
export function mountPointOf(cloud: Cloud, text: string | undefined): MountPoint | undefined {
  if (text === undefined) return undefined;
  const [, address, network, fileSystem] = FORM.exec(text) ?? [];
  if (address !== undefined && network !== undefined && fileSystem !== undefined)
    return { address, network, fileSystem };
  const name = NAMES[cloud];
  return name !== undefined && ADDRESS.test(text) ? { address: text, network: 'tcp', fileSystem: name } : undefined;
}

/** What clients mount, as they write it. */
export function mountText({ address, network, fileSystem }: MountPoint): string {
  return `${address}@${network}:/${fileSystem}`;
}
