import { PROVIDER_NAMES } from '../../provider/schema';
import { serveProviders } from '../../provider/server';

/** The local provider of a name as a program that Terraform could start: it says where it listens, and runs until it is ended. */
async function main(): Promise<void> {
  const providers = PROVIDER_NAMES.filter((name) => name === process.argv[2]);
  const { reattach } = await serveProviders({ providers });
  const [first] = Object.values<{ readonly Addr: { readonly String: string } }>(JSON.parse(reattach));
  process.stdout.write(`1|6|tcp|${first?.Addr.String}|grpc|\n`);
}

void main();
