import { jobsJson } from './job-words';
import type { DiffReport, ReportedStack } from './report';
import type { ReportedResource } from './reported';
import type { Action } from './types';

function resourceJson(each: ReportedResource): object {
  return {
    address: each.address,
    type: each.type,
    construct: each.path,
    estate: each.key,
    action: each.action,
    ...(each.isProtected && { protected: true, accepted: each.isAccepted }),
    ...(each.isRetained && { retained: true }),
    ...(each.isTagChange && { tagsOnly: true }),
    ...(each.because.length > 0 && { because: each.because }),
    ...(each.shrunk.length > 0 && { shrunk: each.shrunk }),
    ...(each.notes.length > 0 && { notes: each.notes }),
    accelerators: each.holdings.reduce((sum, { accelerators }) => sum + accelerators, 0),
    storedTiB: each.holdings.reduce((sum, { storedTiB }) => sum + storedTiB, 0),
  };
}

function stackJson({ stack, cloud, layer, resources, outputs, isLeft }: ReportedStack): object {
  const of = (action: Action) => resources.filter((each) => each.action === action);
  const kept = of('kept').map(({ address }) => address);
  return {
    stack,
    cloud,
    layer,
    created: of('created').map(({ address }) => address),
    updated: of('updated').map(({ address, attributes, refused, rolled, newNodesOnly, reread }) => ({
      address,
      attributes,
      ...(refused.length > 0 && { refused: refused.flatMap((each) => each.attributes) }),
      ...(rolled.length > 0 && { rolled }),
      ...(newNodesOnly.length > 0 && { newNodesOnly }),
      ...(reread.length > 0 && { reread }),
    })),
    replaced: of('replaced').map(({ address, because }) => ({ address, because: because.map(({ path }) => path) })),
    destroyed: of('destroyed').map(({ address }) => address),
    ...(kept.length > 0 && { kept }),
    ...(isLeft && { left: true }),
    ...(outputs.length > 0 && { outputs: outputs.map(({ name, change, readers }) => ({ name, change, readers })) }),
    resources: resources.map(resourceJson),
  };
}

/** The report as its JSON document. */
export function diffJson(report: DiffReport): object {
  return {
    ok: report.ok,
    edits: report.edits ?? [],
    ...(report.portfolio !== undefined && { portfolio: report.portfolio }),
    stacks: report.stacks.map(stackJson),
    unchanged: report.unchanged,
    protected: [...new Set(report.protected.map(({ address }) => address))],
    ...(report.cut.length > 0 && {
      cut: report.cut.map(({ path, isWhole, until }) => ({ path, whole: isWhole, until })),
    }),
    ...(report.jobs !== undefined && jobsJson(report.jobs)),
    lost: report.lost.map(({ holdings: _, ...loss }) => loss),
    ...(report.givenUp.length > 0 && {
      givenUp: report.givenUp.map(({ path, what, isAccepted }) => ({ path, what, accepted: isAccepted })),
    }),
    ...(report.readdressed.length > 0 && { readdressed: report.readdressed }),
    ...(report.releases.length > 0 && { releases: report.releases }),
    refused: report.refused.map(({ address, stack, key, who, why, way, attributes, source, unlessEmpty }) => ({
      address,
      who,
      why,
      way,
      stack,
      estate: key,
      attributes,
      source,
      ...(unlessEmpty && { unlessEmpty }),
    })),
    order: [...report.refactoring, ...report.migrations, ...report.order],
  };
}
