import type { QueuePlan } from '../../../estate/plan/queue/types';
import type { QueueReport } from '../../../estate/report/queue';
import type { EstatePage, Facets } from '../../model';

/** What parts of the chapter of the queue are drawn from. */
export interface QueuePartProps {
  readonly page: EstatePage;
  readonly queue: QueuePlan;
  readonly report: QueueReport;
  /** What a Kubernetes cluster can be filtered by. */
  readonly placeOf: (shard: string) => Facets;
}
