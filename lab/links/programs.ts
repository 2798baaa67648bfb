import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the programs are. */
export interface Programs {
  readonly zebra: string;
  readonly bgpd: string;
  readonly vtysh: string;
  readonly charon: string;
  readonly swanctl: string;
}

/** Folders in which programs of FRR and strongSwan lie, beside those of PATH. */
export function programFolders(path = process.env.PATH ?? ''): string[] {
  return [...path.split(delimiter), '/usr/sbin', '/sbin', '/usr/lib/frr', '/usr/libexec/frr'].filter(Boolean);
}

/** Whether a file is there and may be read. */
export function isThere(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function find(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find(isThere);
}

/** Finds the programs, or says which are missing. */
export function findPrograms(folders: readonly string[]): Programs | { readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const found = (name: string): string => {
    const file = find(name, folders);
    if (file === undefined) missing.add(name);
    return file ?? '';
  };
  const programs: Programs = {
    zebra: found('zebra'),
    bgpd: found('bgpd'),
    vtysh: found('vtysh'),
    charon: found('charon-systemd'),
    swanctl: found('swanctl'),
  };
  for (const tool of ['unshare', 'ip']) found(tool);
  return missing.size > 0 ? { missing: [...missing] } : programs;
}

/** What a program prints, on whatever: some say their version only where they say how they are used. */
function saidBy(program: string, args: readonly string[]): Promise<string> {
  return new Promise((done) =>
    execFile(program, args, { timeout: 10_000 }, (_, stdout, stderr) => done(`${stdout}${stderr}`)),
  );
}

/** Versions of the programs, such as `FRR 8.4.4`. */
export async function versionsOf({ bgpd, swanctl }: Programs): Promise<string[]> {
  const frr = /version (\d[\w.]*)/.exec(await saidBy(bgpd, ['--version']))?.[1];
  const strongSwan = /strongSwan (\d[\w.]*)/.exec(await saidBy(swanctl, ['--help']))?.[1];
  return [`FRR ${frr ?? UNKNOWN}`, `strongSwan ${strongSwan ?? UNKNOWN}`];
}

const UNKNOWN = 'of an unknown version';
