import { scaleLinear } from 'd3-scale';
import type { Facets } from '../model';
import { type ToneName, tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import { Picture, round } from '../parts/picture';
import { fitText, textWidth } from '../parts/text-width';

/** One part of a bar. */
export interface BarPart {
  readonly value: number;
  readonly tone: ToneName;
  /** What it is, where a pointer rests on it. */
  readonly title: string;
  /** Whether only its outline is drawn: it may be there, and is not yet. @default false */
  readonly isHollow?: boolean;
}

/** One bar with its name before and its figure behind it. */
export interface Bar {
  readonly name: string;
  /** @default it stays whatever is chosen */
  readonly facets?: Facets;
  /** One after the other. */
  readonly parts: readonly BarPart[];
  /** What is read behind it. */
  readonly figure: string;
  /** What it must not pass: a line across it, with what it is. @default none */
  readonly limit?: { readonly value: number; readonly title: string };
}

/** What a picture of bars is drawn from. */
export interface BarsProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** What the scale counts, before its beginning. */
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** Numbers of the scale as texts. @default 1,000 as 1k */
  readonly shown?: (value: number) => string;
  /** Room for names. @default 190 */
  readonly names?: number;
}

const WIDTH = 900;
const TYPE = 13;
const ROW = 26;
const THICK = 16;
const GAP = 8;

/** Horizontal bars on one scale that begins at nothing. */
export function Bars({ label, unit, bars, shown = short, names = 190 }: BarsProps) {
  const figures = Math.max(60, ...bars.map(({ figure }) => textWidth(figure, TYPE)));
  const [left, right] = [names + GAP, WIDTH - figures - 2 * GAP];
  // A scale of nothing would have every tick at the same place.
  const most = Math.max(...bars.map(({ parts, limit }) => Math.max(sum(parts), limit?.value ?? 0))) || 1;
  const scale = scaleLinear([0, most], [left, right]).nice(5);
  const height = bars.length * ROW + ROW + GAP;
  return (
    <Picture label={label} width={WIDTH} height={height}>
      {scale.ticks(5).map((tick) => (
        <g>
          <path d={`M${round(scale(tick))} ${ROW}V${height - GAP}`} stroke={tone('rule')} />
          <text class="soft" x={round(scale(tick))} y={ROW - GAP} font-size={12} text-anchor="middle">
            {shown(tick)}
          </text>
        </g>
      ))}
      <text class="soft" x={names - GAP} y={ROW - GAP} font-size={12} text-anchor="end">
        {fitText(unit, 12, names - GAP)}
      </text>
      {bars.map((bar, index) => (
        <BarRow bar={bar} top={ROW + index * ROW} names={names} scale={scale} />
      ))}
    </Picture>
  );
}

interface BarRowProps {
  readonly bar: Bar;
  readonly top: number;
  readonly names: number;
  readonly scale: (value: number) => number;
}

function BarRow({ bar: { name, facets = {}, parts, figure, limit }, top, names, scale }: BarRowProps) {
  const [start, end, middle] = [scale(0), scale(sum(parts)), top + ROW / 2];
  const base = round(middle + TYPE / 3);
  let before = 0;
  return (
    <g {...facetAttributes(facets)}>
      <text x={names} y={base} font-size={TYPE} text-anchor="end">
        {fitText(name, TYPE, names - GAP)}
        <title>{name}</title>
      </text>
      {parts.map(({ value, ...part }) => {
        const x = scale(before);
        before += value;
        return <Part x={x} width={scale(before) - x} middle={middle} {...part} />;
      })}
      {limit && (
        <path
          d={`M${round(scale(limit.value))} ${middle - THICK / 2 - 3}v${THICK + 6}`}
          stroke={tone('ink')}
          stroke-width={3}
        >
          <title>{limit.title}</title>
        </path>
      )}
      <text
        class="halo"
        x={round(Math.max(start, end, limit ? scale(limit.value) : 0) + GAP)}
        y={base}
        font-size={TYPE}
      >
        {figure}
      </text>
    </g>
  );
}

interface PartProps extends Omit<BarPart, 'value'> {
  readonly x: number;
  readonly width: number;
  readonly middle: number;
}

function Part({ x, width, middle, tone: color, title, isHollow = false }: PartProps) {
  // An outline lies half outside of what it goes around.
  const inset = isHollow ? 1 : 0;
  return (
    <rect
      x={round(x + inset)}
      y={middle - THICK / 2 + inset}
      width={round(Math.max(0, width - 2 * inset))}
      height={THICK - 2 * inset}
      {...(isHollow ? { fill: 'none', stroke: tone(color), 'stroke-width': 2 } : { fill: tone(color) })}
    >
      <title>{title}</title>
    </rect>
  );
}

function sum(parts: readonly BarPart[]): number {
  return parts.reduce((whole, { value }) => whole + value, 0);
}

/** A number for a scale: `1.5k`, `20M`. */
function short(value: number): string {
  const [size, letter] = [[1e9, 'G'] as const, [1e6, 'M'] as const, [1e3, 'k'] as const].find(
    ([each]) => value >= each,
  ) ?? [1, ''];
  return `${round(value / size)}${letter}`;
}
