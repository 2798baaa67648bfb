import { EstateError } from '../estate/diagnostics';
import { estateHtml } from '../page/estate-page';
import { ToolError } from './app';
import { checkEstate } from './checked';
import { dayOption, today } from './today';
import { requirePage, writeOut } from './write';

/** Flags of `estate report`. */
export interface ReportFlags {
  /** Where the page goes. */
  readonly html?: string;
  /** Day that it is as of. @default today */
  readonly at?: string;
}

/** Writes the page of an estate, and says so; an estate with errors has none. */
export function writeReport(file: string, { html, at }: ReportFlags, version: string): string {
  if (html === undefined || html === '')
    throw new ToolError('nothing says where the report goes', 'name a file: --html report.html');
  requirePage(html);
  const day = dayOption('at', at) ?? today();
  const { resolved, diagnostics: warnings, acknowledged, exitCode } = checkEstate(file, day);
  if (resolved === undefined) throw new EstateError(warnings, exitCode === 0 ? undefined : exitCode);
  const { loaded, plan, told } = resolved;
  const text = estateHtml({ estate: loaded.estate, plan, warnings, acknowledged, day, version, ...(told && { told }) });
  writeOut(html, text, '--html');
  return `wrote ${html}: estate ${plan.name} as of ${day}, ${Math.ceil(Buffer.byteLength(text) / 1024)} KiB`;
}
