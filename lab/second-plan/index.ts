import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import { PROVIDERS } from '../../provider/schema';
import { findTerraform } from '../../terraform/binary';
import { withScratch } from '../../terraform/scratch';
import { LAB_CLOUDS, type LabCloud } from '../clouds';
import { makeCertificates, needOpenssl } from '../echo/certificates';
import { defaultEstates, nameOf, synthesize } from '../estates';
import type { LabPart } from '../lab';
import type { LabSetting } from './laboratory';
import { type LabOptions, parseOptions } from './options';
import { type Told, toldEdits, toldMadeUp, toldSecondPlans } from './report';
import { Clock, madeUpPlans, makeEdits, secondPlans } from './run';

export { OPTIONS as options } from './options';

const CLOUDS: readonly LabCloud[] = ['google', 'azure', 'oracle'];

/** Whether an estate, or a program of own stacks, has anything in a cloud. */
function isIn(cloud: LabCloud, file: string): boolean {
  if (extname(file) === '.ts') return readFileSync(file, 'utf8').includes(`training-estate/${cloud}'`);
  return resolveEstate(file).plan.sites(cloud).length > 0;
}

const partName = (cloud: LabCloud, file: string) => `${cloud}: ${nameOf(file)}`;
const editsName = (cloud: LabCloud) => `${cloud}: edits`;
const madeUpName = (cloud: LabCloud, file: string) => `${partName(cloud, file)}, made-up state`;

/** Names of everything that the lab can run: estates by cloud, edits, and made-up states. */
export function parts(): readonly string[] {
  const estates = defaultEstates();
  return CLOUDS.flatMap((cloud) => {
    const own = estates.filter((file) => isIn(cloud, file));
    return [
      ...own.map((file) => partName(cloud, file)),
      editsName(cloud),
      ...own.map((file) => madeUpName(cloud, file)),
    ];
  });
}

/** Writes a CLI configuration of Terraform that knows a mirror and nothing else. */
function writeCliConfig(folder: string, mirror: string): string {
  const file = join(folder, 'terraform.rc');
  const path = JSON.stringify(mirror);
  writeFileSync(
    file,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${path}\n  }\n}\n`,
  );
  return file;
}

async function runEstates(options: LabOptions, setting: LabSetting, clock: Clock, tell: Tell): Promise<string[]> {
  const notRun: string[] = [];
  for (const file of options.estates) {
    const clouds = options.clouds.filter((cloud) => isIn(cloud, file));
    const outdir = join(setting.folder, nameOf(file), 'out');
    if (clouds.length > 0 && !clock.isOver) await synthesize(file, outdir);
    for (const cloud of clouds) {
      const name = options.madeUp ? madeUpName(cloud, file) : partName(cloud, file);
      if (clock.isOver) notRun.push(`${name}: the time is over`);
      else if (options.madeUp) tell(cloud, toldMadeUp(name, await madeUpPlans(file, outdir, cloud, setting)));
      else tell(cloud, toldSecondPlans(name, await secondPlans(file, outdir, cloud, setting)));
    }
  }
  return notRun;
}

type Tell = (cloud: LabCloud, told: Told) => void;

async function runEdits(options: LabOptions, setting: LabSetting, clock: Clock, tell: Tell): Promise<string[]> {
  const notRun: string[] = [];
  for (const cloud of options.clouds) {
    if (clock.isOver) {
      notRun.push(`${editsName(cloud)}: the time is over`);
      continue;
    }
    const { plans, edits } = await makeEdits(cloud, options.edits.named, setting, clock);
    if (edits.length > 0) tell(cloud, toldEdits(editsName(cloud), plans, edits));
  }
  return notRun;
}

/** Applies estates, plans them again and makes edits, as the options say. */
export async function run(args: readonly string[], done: (part: LabPart) => void): Promise<readonly string[]> {
  const options = parseOptions(args, { estates: defaultEstates() });
  const clock = new Clock(options.minutes);
  const binary = await findTerraform();
  needOpenssl();
  return withScratch(async (scratch) => {
    const folder = options.keep ?? scratch.folder;
    mkdirSync(folder, { recursive: true });
    const certificates = makeCertificates(join(folder, 'certificates'));
    const cliConfig = writeCliConfig(folder, options.providers);
    const setting: LabSetting = { binary, scratch, folder, certificates, cliConfig };
    const tell: Tell = (cloud, told) => {
      const provider = LAB_CLOUDS[cloud];
      done({ ...told, versions: [`Terraform ${binary.version}`, `${provider} ${PROVIDERS[provider].version}`] });
    };
    const notRun = options.again ? await runEstates(options, setting, clock, tell) : [];
    return options.edits.run && !options.madeUp
      ? [...notRun, ...(await runEdits(options, setting, clock, tell))]
      : notRun;
  });
}
