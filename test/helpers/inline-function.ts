import { runInNewContext } from 'node:vm';

/** What EC2, or IAM, answers to one call: a value, or an error by its name. */
export type Ec2Answer = object | { readonly error: string };

/** What became of a request of CloudFormation. */
export interface AnsweredRequest {
  /** Calls of EC2 and IAM, in their order. */
  readonly asked: readonly (readonly [string, unknown])[];
  /** What CloudFormation was told. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Runs the code of a function of a template for one request, with EC2 or IAM answering call by call. */
export async function runInline(
  code: string,
  request: object,
  answers: readonly Ec2Answer[],
): Promise<AnsweredRequest> {
  const asked: (readonly [string, unknown])[] = [];
  let told = '{}';
  const ask = (name: string) => async (input: unknown) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? {};
    // Of another context: compared as data.
    asked.push([name, JSON.parse(JSON.stringify(input))]);
    if ('error' in answer) throw Object.assign(new Error('refused'), { name: answer.error });
    return answer;
  };
  const client = new Proxy({}, { get: (_target, name) => ask(String(name)) });
  class Client {
    constructor() {
      Object.setPrototypeOf(this, client);
    }
  }
  const send = (_url: string, _options: object, done: (response: object) => void) => ({
    on: () => undefined,
    end: (body: string) => {
      told = body;
      done({ resume: () => undefined, on: (_event: string, ended: () => void) => ended() });
    },
  });
  const modules: Readonly<Record<string, object>> = {
    'node:https': { request: send },
    '@aws-sdk/client-ec2': { EC2: Client },
    '@aws-sdk/client-iam': { IAM: Client },
  };
  const exports: { handler?: (event: object) => Promise<void> } = {};
  // Waits are skipped.
  const setTimeout = (go: () => void) => go();
  runInNewContext(code, { exports, require: (name: string) => modules[name], Buffer, setTimeout });
  await exports.handler?.({
    StackId: 'stack',
    RequestId: '1',
    LogicalResourceId: 'it',
    ResponseURL: 'https://x',
    ...request,
  });
  return { asked, body: JSON.parse(told) };
}
