/** The minor version of a Kubernetes version: 35 of `1.35` and of `1.35.2`. */
export function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/** A version as many minor versions older, without its patch. */
export function minorsBack(version: string, count: number): string {
  return `${version.split('.')[0]}.${minorOf(version) - count}`;
}
