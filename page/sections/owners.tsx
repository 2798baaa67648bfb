import { accessRows } from '../../estate/report/access';
import { ownerRows } from '../../estate/report/owners';
import { alarmsRows, logsRows } from '../../estate/report/watched';
import type { Section } from '../parts/section';
import { AccessPart } from './owners/access';
import { AnswersPart } from './owners/answers';
import { AlarmsPart, LogsPart } from './owners/watched';

/** Who answers for what, who reaches clusters, and who is told of what. */
export const OWNERS: Section = {
  id: 'owners',
  title: 'Owners and access',
  body: (page) => {
    const owners = ownerRows(page.plan);
    if (owners.length === 0) return undefined;
    return (
      <>
        <AnswersPart page={page} rows={owners} />
        <AccessPart page={page} rows={accessRows(page.plan)} />
        <LogsPart page={page} rows={logsRows(page.plan)} />
        <AlarmsPart page={page} rows={alarmsRows(page.plan)} />
      </>
    );
  },
};
