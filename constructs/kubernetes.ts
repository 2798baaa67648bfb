/** A taint that nodes of a pool carry: pods that do not tolerate it stay away. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** A service account of a cluster: what pods act as. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly serviceAccount: string;
}
