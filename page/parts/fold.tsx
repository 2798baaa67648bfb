import type { ComponentChildren } from 'preact';

/** What is folded where it is long. */
export interface FoldProps {
  /** What lies in it, with how much: what is read while it is folded. */
  readonly title: string;
  /** Entries in it. */
  readonly count: number;
  /** What links lead to. @default none do */
  readonly id?: string;
  readonly children: ComponentChildren;
}

/** Entries that are read at a glance. */
const SHORT = 12;

/** A list that stands open while it is short, and can be unfolded where it is long. */
export function Fold({ title, count, id, children }: FoldProps) {
  if (count <= SHORT) return <div id={id}>{children}</div>;
  return (
    <details id={id}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
