import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OfflineError } from '../../provider/errors';
import type { Skipped } from './asker';
import type { TypeFacts } from './type-facts';

/** Form of journals; another one begins anew. */
const FORM = 1;

interface Head {
  readonly form: number;
  readonly provider: string;
  readonly version: string;
  /** What the answers depend on besides: recordings whose facts were asked again. */
  readonly basis: string;
}

/** One type that is done, and the questions about it that got no answer. */
export interface Entry {
  readonly facts: TypeFacts;
  readonly skipped: readonly Skipped[];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'facts' in value && 'skipped' in value;
}

/** What has been asked so far, a line for each type, so that a recording that was interrupted goes on where it ended. */
export class Journal {
  readonly entries = new Map<string, Entry>();

  private constructor(private readonly file: string) {}

  /** Opens the journal of a recording; one of another recording is begun anew. */
  static open(file: string, what: Omit<Head, 'form'>): Journal {
    const journal = new Journal(file);
    const head: Head = { form: FORM, ...what };
    try {
      mkdirSync(dirname(file), { recursive: true });
      const [first, ...lines] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
      if (first === JSON.stringify(head)) for (const line of lines) journal.take(line);
      else writeFileSync(file, `${JSON.stringify(head)}\n`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new OfflineError(`the journal ${file} cannot be used: ${reason}`, 'name another folder with --work DIR');
    }
    return journal;
  }

  /** Keeps what was answered about a type. */
  add(entry: Entry): void {
    this.entries.set(entry.facts.type, entry);
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
  }

  /** The last line may have been cut off by whatever ended the recording: that type is asked again. */
  private take(line: string): void {
    try {
      const entry: unknown = JSON.parse(line);
      if (isEntry(entry)) this.entries.set(entry.facts.type, entry);
    } catch {
      return;
    }
  }
}
