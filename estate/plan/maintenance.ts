import { type MaintenanceCatalog, type MaintenanceExclusion, type MaintenanceWindow, WEEKDAYS } from '../catalog';
import type { Cluster } from '../spec/schema';
import { compareKeys } from '../units';

/** When a managed Kubernetes service may change a cluster by itself, resolved. */
export interface MaintenancePlan {
  readonly window: MaintenanceWindow;
  /** Sorted by name. */
  readonly exclusions: readonly MaintenanceExclusion[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** When a service may change a cluster: what the estate says, and the catalog's window and exclusions for the rest. */
export function planMaintenance(
  stated: Cluster['maintenance'],
  row: MaintenanceCatalog,
): { readonly maintenance?: MaintenancePlan } {
  if (!row.offered) return {};
  const { window, exclusions } = stated ?? {};
  return {
    maintenance: {
      window:
        window === undefined
          ? row.window
          : {
              days: WEEKDAYS.filter((day) => window.days.includes(day)),
              startTime: window.start,
              hours: window.hours,
            },
      exclusions: [...(exclusions?.map(exclusionTimes) ?? row.exclusions)].sort((one, other) =>
        compareKeys(one.name, other.name),
      ),
    },
  };
}

/** Days as times: the last day belongs to the exclusion. */
function exclusionTimes({ name, start, end }: { name: string; start: string; end?: string }): MaintenanceExclusion {
  return { name, startTime: midnight(start, 0), ...(end !== undefined && { endTime: midnight(end, 1) }) };
}

function midnight(date: string, daysLater: number): string {
  const day = new Date(Date.parse(date) + daysLater * DAY_MS).toISOString().slice(0, 10);
  return `${day}T00:00:00Z`;
}
