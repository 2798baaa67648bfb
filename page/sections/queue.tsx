import { allShards } from '../../estate/plan/all-shards';
import { queueReport } from '../../estate/report/queue';
import { softwareReport } from '../../estate/report/software';
import type { Section } from '../parts/section';
import { LargestPart } from './queue/largest';
import { LossesPart } from './queue/losses';
import type { QueuePartProps } from './queue/props';
import { RulesPart } from './queue/rules';
import { SharesPart } from './queue/shares';
import { SoftwarePart } from './queue/software';

/** Who may use which accelerators, and what clusters run. */
export const QUEUE: Section = {
  id: 'queue',
  title: 'Queue and software',
  body: (page) => {
    const { estate, plan, queue } = page;
    const shards = allShards(plan);
    if (shards.length === 0) return undefined;
    const clusters = new Map(shards.map(({ key, cluster }) => [key, cluster]));
    const props: QueuePartProps = {
      page,
      queue,
      report: queueReport(queue),
      placeOf: (shard) => page.facets(`clusters.${clusters.get(shard) ?? shard}`),
    };
    return (
      <>
        <SharesPart {...props} />
        {estate.queue !== undefined && <RulesPart {...props} />}
        <LargestPart {...props} />
        {estate.queue !== undefined && <LossesPart {...props} />}
        <SoftwarePart report={softwareReport(estate, plan)} />
      </>
    );
  },
};
