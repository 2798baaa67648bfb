import type { ComponentChildren } from 'preact';

/** What a picture is drawn in. */
export interface PictureProps {
  /** What it shows, for those who do not see it; its table says the rest. */
  readonly label: string;
  /** In its own units, which are pixels where there is room. */
  readonly width: number;
  readonly height: number;
  readonly children: ComponentChildren;
}

/** The frame of a picture: it grows to the width of the page, at most to twice its own. */
export function Picture({ label, width, height, children }: PictureProps) {
  return (
    <svg
      viewBox={`0 0 ${round(width)} ${round(height)}`}
      role="img"
      aria-label={label}
      style={`max-width:${round(2 * width)}px`}
    >
      {children}
    </svg>
  );
}

/** A coordinate with two decimals at most: more would only be longer. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
