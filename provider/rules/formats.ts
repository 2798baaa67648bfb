import { isIP, isIPv4 } from 'node:net';
import type { ProviderName } from '../schema';

/** A shape that texts can have. */
interface Format {
  /** The shape in words, for messages. */
  readonly shape: string;
  readonly accepts: (text: string, provider: ProviderName, attribute: string) => boolean;
}

const CLOCK = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const AZURE_ID = /^(\/subscriptions\/[^/]+|\/providers\/[^/]+|\/\S+)(\/[^/]+\/[^/]+)*$/;

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...more] = text.split('/');
  const family = isIP(address);
  return more.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

/** Arguments that take ranges too, which a reader of validators cannot tell from those that take addresses only. */
const RANGES = /range|prefix|mask|rules|allowed/;

function isIpv4(text: string, _: ProviderName, attribute: string): boolean {
  return isIPv4(text) || (RANGES.test(attribute) && isIPv4(text.split('/')[0] ?? '') && isCidr(text));
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^/\s]+/i.test(text);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

function isJson(text: string, _: ProviderName, attribute: string): boolean {
  // What grants access is read into a structure.
  if (attribute === 'policy_data') return isJsonObject(text);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isRfc3339(text: string, provider: ProviderName): boolean {
  // What Google's provider calls so is a time of the day.
  return (provider === 'google' && CLOCK.test(text)) || (RFC3339.test(text) && !Number.isNaN(Date.parse(text)));
}

/** The recorded formats. */
export const FORMATS: Readonly<Record<string, Format>> = {
  uuid: { shape: 'a UUID such as 12345678-1234-1234-1234-123456789abc', accepts: (text) => UUID.test(text) },
  cidr: { shape: 'a CIDR block such as 10.0.0.0/16', accepts: isCidr },
  'ip-or-cidr': {
    shape: 'an IP address, or a CIDR block such as 10.0.0.0/16',
    accepts: (text) => isIP(text) !== 0 || isCidr(text),
  },
  ip: { shape: 'an IP address', accepts: (text) => isIP(text) !== 0 },
  ipv4: { shape: 'an IPv4 address', accepts: isIpv4 },
  url: { shape: 'a URL that begins with https:// or http://', accepts: isUrl },
  json: { shape: 'JSON', accepts: isJson },
  'json-object': { shape: 'a JSON object such as {}', accepts: isJsonObject },
  base64: {
    shape: 'base64 text',
    // Azure's provider takes no empty text for base64, Google's does.
    accepts: (text, provider) =>
      (text !== '' || provider !== 'azurerm') &&
      /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, '')),
  },
  rfc3339: { shape: 'a time as RFC 3339 writes it, such as 2030-01-31T12:00:00Z', accepts: isRfc3339 },
  time: {
    shape: 'a time such as 2030-01-31T12:00:00Z',
    accepts: (text, provider) => isRfc3339(text, 'oci') || (provider === 'azurerm' && DAY.test(text)),
  },
  duration: {
    shape: 'a duration such as 90s or 1h30m',
    accepts: (text) =>
      /^[-+]?(0|(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$/.test(text),
  },
  'iso8601-duration': {
    shape: 'a duration as ISO 8601 writes it, such as PT30M',
    accepts: (text) => /^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text),
  },
  bool: { shape: '"true" or "false"', accepts: (text) => /^(1|0|[tTfF]|TRUE|true|True|FALSE|false|False)$/.test(text) },
  integer: { shape: 'a whole number as text', accepts: (text) => /^[-+]?\d+$/.test(text) },
  'azure-resource-id': {
    shape: 'an Azure resource id (/subscriptions/…/resourceGroups/…/providers/…)',
    accepts: (text) => AZURE_ID.test(text),
  },
  'key-vault-item-id': {
    shape: 'the id of a Key Vault item (https://VAULT.vault.azure.net/keys/NAME/VERSION)',
    accepts: (text) => /^https:\/\/[^/]+(:\d+)?\/[^/]+\/[^/]+(\/[^/]*)?\/?$/i.test(text),
  },
  'key-vault-version-id': {
    shape: 'the id of a version of a Key Vault item (https://VAULT.vault.azure.net/keys/NAME/VERSION)',
    accepts: (text) => /^https:\/\/[^/]+(:\d+)?\/[^/]+\/[^/]+\/[^/]+\/?$/i.test(text),
  },
  'iam-member': {
    shape:
      'who it is with its kind before a colon, such as serviceAccount:nodes@p.iam.gserviceaccount.com, or allUsers',
    accepts: (text) =>
      /^(?!deleted)/.test(text) &&
      /.:.|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers/.test(text),
  },
  'hh:mm:ss': {
    shape: 'a time span such as 1.02:03:04 or 02:03:04',
    accepts: (text) => /^-?(\d+\.)?\d{1,2}:\d{2}:\d{2}(\.\d+)?$/.test(text),
  },
};

/** Whether an Azure resource id has a shape in which `*` is any segment. */
export function hasIdShape(text: string, shape: string): boolean {
  const [found, wanted] = [text.split('/'), shape.split('/')];
  return (
    found.length === wanted.length &&
    wanted.every((segment, index) => (segment === '*' ? found[index] !== '' : segment === found[index]))
  );
}
