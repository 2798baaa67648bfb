import { pendingLinks } from '../../estate/plan/links/pending';
import { findingRows } from '../../estate/report/findings';
import { pendingLine, pendingReport } from '../../estate/report/pending';
import { counted } from '../../estate/spec/words';
import type { EstatePage } from '../model';
import type { Section } from '../parts/section';
import { AcceptedPart } from './findings/accepted';
import { OpenPart } from './findings/open';
import { ScannersPart } from './findings/scanners';
import { WaitingPart } from './findings/waiting';

/** Warnings, what is accepted with its reason, and what waits. */
export const FINDINGS: Section = {
  id: 'findings',
  title: 'Findings and acknowledgements',
  body: (page) => {
    const links = pendingLinks(page.plan, page.told?.exchange);
    const pending = pendingReport(links);
    return (
      <>
        <p>{leadOf(page, pending && pendingLine(pending))}</p>
        <OpenPart page={page} />
        <AcceptedPart page={page} />
        {pending && <WaitingPart page={page} pending={pending} next={links.next} />}
        <ScannersPart rows={findingRows(page.plan.clouds)} />
      </>
    );
  },
};

/** What is open, accepted and waiting, in a sentence. */
function leadOf({ warnings, acknowledged }: EstatePage, waiting: string | undefined): string {
  if (warnings.length + acknowledged.length === 0 && waiting === undefined) {
    return 'The estate has no warnings, so that none had to be acknowledged, and nothing waits.';
  }
  const open =
    warnings.length === 0
      ? 'No warning is open'
      : `${counted(warnings.length, 'warning')} ${warnings.length === 1 ? 'is' : 'are'} open`;
  const accepted =
    acknowledged.length === 0
      ? 'none is acknowledged'
      : `${acknowledged.length} ${acknowledged.length === 1 ? 'is' : 'are'} acknowledged with a reason`;
  return `${open}, ${accepted}, and ${waiting ?? 'nothing waits'}.`;
}
