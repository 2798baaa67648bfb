import { PROVIDER_NAMES, PROVIDERS } from '../estate/terraform-providers';

/** The Terraform providers with their recorded releases, as a Markdown table. */
export function providersTable(): string {
  const rows = PROVIDER_NAMES.map((name) => {
    const { source, version, releases } = PROVIDERS[name];
    const others = releases.filter((release) => release !== version);
    return `| \`${name}\` | [${source}](https://registry.terraform.io/providers/${source}) | ${version} | ${others.join(', ') || '-'} |`;
  });
  return ['| provider | source | default | also recorded |', '|---|---|---|---|', ...rows].join('\n');
}
