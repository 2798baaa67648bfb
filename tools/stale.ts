import { parseArgs } from 'node:util';
import { CLOUDS } from '../estate/catalog';
import { isDay } from '../estate/days';
import { ROOT } from './documents';
import type { FactRow } from './facts/fact-row';
import { readFacts } from './facts/rows';
import { type Choice, formatStale, staleList } from './facts/stale';

/** Age from which a row is looked at again, where nobody says another: releases of clouds and providers that change it. */
const MONTHS = 6;

/** What a list ends with and prints. */
export interface Answer {
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

/** What was asked wrongly. */
class AskedWrongly extends Error {}

/**
 * The list for what was typed after `npm run stale --`.
 *
 * It ends with 0; with `--fail`, which is for CI that runs by a clock, with 1 where something listed is old; with 2 where
 * what was asked cannot be.
 *
 * @param today the day that it is, where nothing says another one
 */
export function stale(args: readonly string[], today: string, rows: () => readonly FactRow[]): Answer {
  try {
    const { isJson, isStrict, choice } = readArguments(args, today);
    const list = staleList(rows(), choice);
    const text = isJson ? JSON.stringify(list, undefined, 2) : formatStale(list);
    return { code: isStrict && list.listed.some(({ isOld }) => isOld) ? 1 : 0, text };
  } catch (error) {
    if (error instanceof AskedWrongly) return { code: 2, text: error.message };
    throw error;
  }
}

function readArguments(args: readonly string[], today: string) {
  const { values, positionals } = parsed(args);
  const cloud = CLOUDS.find((name) => name === values.cloud);
  if (values.cloud !== undefined && cloud === undefined)
    throw new AskedWrongly(`--cloud ${values.cloud} is no cloud: ${CLOUDS.join(', ')}`);
  if (!/^\d{1,4}$/.test(values.months)) throw new AskedWrongly(`--months ${values.months} is no number of months`);
  if (!isDay(values.today)) throw new AskedWrongly(`--today ${values.today} is no day, such as 2027-01-31`);
  const choice: Choice = {
    month: values.today.slice(0, 7),
    months: Number(values.months),
    words: positionals,
    onlyUnverified: values.unverified,
    ...(cloud !== undefined && { cloud }),
  };
  return { choice, isJson: values.json, isStrict: values.fail };

  function parsed(given: readonly string[]) {
    try {
      return parseArgs({
        args: [...given],
        allowPositionals: true,
        options: {
          cloud: { type: 'string' },
          fail: { type: 'boolean', default: false },
          json: { type: 'boolean', default: false },
          months: { type: 'string', default: String(MONTHS) },
          today: { type: 'string', default: today },
          unverified: { type: 'boolean', default: false },
        },
      });
    } catch (error) {
      throw new AskedWrongly(error instanceof Error ? error.message : String(error));
    }
  }
}

/**
 * Lists facts that somebody should look at again, with what each needs:
 *
 *     npm run stale                                  rows of 6 months or more, and what is assumed
 *     npm run stale -- --months 3 --cloud oracle     other months, one cloud
 *     npm run stale -- --unverified quotas           only what is assumed, in files or rows whose names hold a text
 *     npm run stale -- --json --fail                 a document, and 1 where something is old
 */
function main(): void {
  const today = new Date().toISOString().slice(0, 10);
  const { code, text } = stale(process.argv.slice(2), today, () => {
    const { rows, unlisted } = readFacts(ROOT);
    for (const { file, line, why } of unlisted) process.stderr.write(`${file}:${line} is not listed: it ${why}\n`);
    return rows;
  });
  (code === 2 ? process.stderr : process.stdout).write(`${text}\n`);
  process.exitCode = code;
}

if (require.main === module) main();
