import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib/core';
import { resolveEstate } from '../../cli/app';
import { needsTerraform, synthesizeTerraform } from '../../cli/synthesize';
import { App as TerraformApp } from '../../constructs/cdktf';
import { ROOT } from '../documents';

/** Something whose output is looked at. */
export interface Target {
  /** Path of its file. */
  readonly name: string;
  /** Makes its stacks of AWS. @default it has none */
  readonly aws?: (app: App) => void;
  /** Synthesizes its stacks of Terraform into a folder; returns where they are. @default it has none */
  readonly terraform?: (folder: string) => Promise<string>;
}

function estateTarget(name: string): Target {
  const { data: plan } = resolveEstate(join(ROOT, name)).plan;
  return {
    name,
    ...(plan.clouds.includes('aws') && { aws: (app: App) => addAwsStacks(app, name) }),
    ...(needsTerraform(plan.clouds) && {
      terraform: async (folder: string) => {
        await synthesizeTerraform({ plan, awsOutdir: folder, terraformOutdir: folder });
        return folder;
      },
    }),
  };
}

function addAwsStacks(app: App, name: string): void {
  const { addStacks }: typeof import('../../stacks/aws') = require('../../stacks/aws');
  addStacks(app, resolveEstate(join(ROOT, name)).plan);
}

/** A program that synthesizes into a folder. */
interface Program {
  readonly build: (outdir: string) => void;
}

function builds(load: () => Program, below = ''): Pick<Target, 'terraform'> {
  return {
    terraform: async (folder) => {
      load().build(folder);
      return join(folder, below);
    },
  };
}

/** A program of one stack. */
function program(addStack: (app: TerraformApp) => void): Program {
  return {
    build: (outdir) => {
      const app = new TerraformApp({ outdir });
      addStack(app);
      app.synth();
    },
  };
}

/** Programs that are examples, and those that ask for everything that is off by default, by the path of each. */
const PROGRAMS: Readonly<Record<string, Omit<Target, 'name'>>> = {
  'examples/aws-own-stack.ts': {
    aws: (app) => {
      const { TrainingStack }: typeof import('../../examples/aws-own-stack') = require('../../examples/aws-own-stack');
      new TrainingStack(app, 'training-oregon');
    },
  },
  'examples/azure-own-stack.ts': builds(() => require('../../examples/azure-own-stack')),
  'examples/existing-stack.ts': {
    aws: (app) => {
      const { AwsPool }: typeof import('../../examples/existing-stack') = require('../../examples/existing-stack');
      new AwsPool(app, 'platform-aws');
    },
    ...builds(() => require('../../examples/existing-stack'), 'cdktf.out'),
  },
  'examples/google-own-stack.ts': builds(() => require('../../examples/google-own-stack')),
  'examples/oracle-own-stack.ts': builds(() => require('../../examples/oracle-own-stack')),
  'examples/own-stack.ts': builds(() => require('../../examples/own-stack')),
  'tools/scan/options/aws.ts': {
    aws: (app) => {
      const { AwsOptions }: typeof import('./options/aws') = require('./options/aws');
      new AwsOptions(app, 'options');
    },
  },
  'tools/scan/options/azure.ts': builds(() => {
    const { AzureOptions }: typeof import('./options/azure') = require('./options/azure');
    return program((app) => new AzureOptions(app, 'options'));
  }),
  'tools/scan/options/google.ts': builds(() => {
    const { GoogleOptions }: typeof import('./options/google') = require('./options/google');
    return program((app) => new GoogleOptions(app, 'options'));
  }),
  'tools/scan/options/oracle.ts': builds(() => {
    const { OracleOptions }: typeof import('./options/oracle') = require('./options/oracle');
    return program((app) => new OracleOptions(app, 'options'));
  }),
};

/** What a path is of: a program that is known, or an estate file. */
export function targetOf(name: string): Target {
  const program = PROGRAMS[name];
  return program === undefined ? estateTarget(name) : { name, ...program };
}

/** The default estate, every example, and what is off by default. */
export function targets(): readonly Target[] {
  const files = readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`);
  const estates = ['estate.yaml', ...files.filter((name) => name.endsWith('.yaml'))];
  return [...estates, ...Object.keys(PROGRAMS)].map(targetOf);
}
