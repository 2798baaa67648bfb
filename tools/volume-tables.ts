import { CATALOG, CLOUDS } from '../estate/catalog';
import { DISK_CLASSES } from '../estate/catalog/disks';
import { FILE_DRIVERS, OBJECT_DRIVERS, WORKLOAD_IDENTITIES } from '../estate/catalog/volumes';
import { table } from './grant-tables';

/** What mounts stores on each cloud, and which disks there are besides, as a Markdown table. */
export function volumeDriversTable(): string {
  const rows = CLOUDS.map((cloud) => {
    const objects = OBJECT_DRIVERS[cloud];
    const disks = DISK_CLASSES[cloud];
    return [
      CATALOG[cloud].title,
      `\`${FILE_DRIVERS[cloud].driver}\``,
      objects.driver === undefined ? `none: ${objects.because}` : `\`${objects.driver}\``,
      disks.provisioner === undefined
        ? `none: ${disks.because}`
        : `\`${disks.provisioner}\`; \`${disks.serviceDefault}\` of the service stays the default`,
    ];
  });
  return table(['cloud', 'file systems', 'object stores', 'class of disks `estate-disk-…`'], rows);
}

/** What pods of each cloud say so that they are who they are, as a Markdown table. */
export function podIdentitiesTable(): string {
  const rows = CLOUDS.map((cloud) => {
    const { annotation, podLabels, objectAnnotations, mountsToken } = WORKLOAD_IDENTITIES[cloud];
    const pairs = (map: Readonly<Record<string, string>>) =>
      Object.entries(map)
        .map(([key, value]) => `\`${key}: "${value}"\``)
        .join(', ') || 'nothing';
    return [
      CATALOG[cloud].title,
      annotation === undefined ? 'nothing' : `\`${annotation}\`, from the exchange file`,
      pairs(podLabels),
      pairs(objectAnnotations),
      mountsToken ? 'yes: its identity is read from it' : 'no',
    ];
  });
  return table(
    [
      'cloud',
      'annotation of the service account',
      'labels of pods',
      'annotations of pods that mount buckets',
      'token for Kubernetes mounted',
    ],
    rows,
  );
}
