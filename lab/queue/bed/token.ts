import { readFileSync } from 'node:fs';
import type { Api } from './api';

interface TokenAnswer {
  readonly status: { readonly token: string };
}

/** Text of a kubeconfig of a service account, with a token that lasts a day, as somebody makes one for a manager. */
export async function accountKubeconfig(
  api: Api,
  authority: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 86_400 } };
  const { status, body } = await api.ask<TokenAnswer>('POST', path, request);
  if (status !== 201) throw new Error(`no token of ${namespace}/${name}: ${status}`);
  const ca = readFileSync(authority).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    clusters: [{ name: 'lab', cluster: { server: api.server, 'certificate-authority-data': ca } }],
    users: [{ name, user: { token: body.status.token } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: name } }],
  });
}
