import type { Facets } from '../model';
import { type ToneName, tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import { Picture, round } from '../parts/picture';
import { fitText, textWidth } from '../parts/text-width';

/** A part of a strip, by where it begins and ends: 0 is its left, 1 its right end. */
export interface StripPart {
  readonly from: number;
  readonly to: number;
  readonly tone: ToneName;
}

/** Something of which parts are taken. */
export interface Strip {
  readonly name: string;
  /** How much is taken, in words. */
  readonly figure: string;
  /** @default how much is taken is not known: no strip is drawn */
  readonly parts?: readonly StripPart[];
}

/** A small picture of one place: strips that fill, and lines of a name and a value. */
export interface TileProps {
  readonly title: string;
  /** What it is, behind its title. */
  readonly note: string;
  readonly tone: ToneName;
  /** @default it stays whatever is chosen */
  readonly facets?: Facets;
  readonly strips: readonly Strip[];
  readonly lines: readonly (readonly [name: string, value: string])[];
}

const WIDTH = 340;
const PAD = 12;
const ROOM = WIDTH - 2 * PAD;
const TITLE = 14;
const TYPE = 12;
const LINE = 17;
const HEAD = 32;
const THICK = 10;
const GAP = 8;

/** Height of a strip with what is said of it. */
function stripHeight({ parts }: Strip): number {
  return LINE + (parts === undefined ? 0 : THICK + 6);
}

/** Where lines begin below strips. */
function linesTop(strips: readonly Strip[]): number {
  return strips.reduce((sum, strip) => sum + stripHeight(strip), HEAD);
}

/** One tile as a picture of its own, so that a page has as many beside each other as there is room for. */
export function Tile(props: TileProps) {
  const { title, note, tone: color, facets = {}, strips, lines } = props;
  const below = linesTop(strips);
  const height = below + lines.length * LINE + PAD;
  return (
    <Picture label={labelOf(props)} width={WIDTH} height={height}>
      <g {...facetAttributes(facets)}>
        <rect x={1} y={1} width={WIDTH - 2} height={height - 2} rx={4} fill={tone('sheet')} stroke={tone('rule')} />
        <rect x={1} y={1} width={4} height={height - 2} rx={2} fill={tone(color)} />
        <Pair left={title} right={note} y={PAD + TITLE - 2} size={TITLE} isTitle />
        {strips.map((strip, index) => (
          <StripRow strip={strip} top={linesTop(strips.slice(0, index))} />
        ))}
        {lines.map(([name, value], index) => (
          <Pair left={name} right={value} y={below + index * LINE + TYPE} size={TYPE} />
        ))}
      </g>
    </Picture>
  );
}

/** What is read aloud instead of a picture: its title and how full it is. */
function labelOf({ title, note, strips }: TileProps): string {
  return `${title}, ${note}: ${strips.map(({ name, figure }) => `${name} ${figure}`).join(', ')}`;
}

function StripRow({ strip: { name, figure, parts }, top }: { readonly strip: Strip; readonly top: number }) {
  const y = top + LINE;
  return (
    <>
      <Pair left={name} right={figure} y={top + TYPE} size={TYPE} isStrong />
      {parts && <rect x={PAD} y={y} width={ROOM} height={THICK} fill={tone('land')} />}
      {parts?.map(({ from, to, tone: color }) => (
        <rect x={at(from)} y={y} width={round((to - from) * ROOM)} height={THICK} fill={tone(color)} />
      ))}
    </>
  );
}

function at(share: number): number {
  return round(PAD + share * ROOM);
}

interface PairProps {
  readonly left: string;
  readonly right: string;
  readonly y: number;
  readonly size: number;
  /** @default false */
  readonly isTitle?: boolean;
  /** @default false */
  readonly isStrong?: boolean;
}

/** A name at the left and a value at the right end of a line; what does not fit is cut, and told where a pointer rests on it. */
function Pair({ left, right, y, size, isTitle = false, isStrong = false }: PairProps) {
  const [leftText, rightText] =
    isTitle || isStrong ? fitBoth([left, right], [size, TYPE]) : backwards(fitBoth([right, left], [TYPE, size]));
  const isCut = leftText !== left || rightText !== right;
  return (
    <>
      <text
        x={PAD}
        y={y}
        font-size={size}
        font-weight={isTitle ? 600 : undefined}
        class={softOr(!isTitle && !isStrong)}
      >
        {leftText}
        {isCut && <title>{`${left} ${right}`}</title>}
      </text>
      <text x={WIDTH - PAD} y={y} font-size={TYPE} text-anchor="end" class={softOr(isTitle)}>
        {rightText}
      </text>
    </>
  );
}

/** How much wider bold texts may be. */
const BOLD = 1.1;

/** The first of two texts whole, where it leaves some room, and of the other what fits beside it. */
function fitBoth([first, second]: Two<string>, [size, other]: Two<number>): Two<string> {
  const shown = fitText(first, size, (ROOM * 0.75) / BOLD);
  return [shown, fitText(second, other, ROOM - GAP - textWidth(shown, size) * BOLD)];
}

type Two<T> = readonly [T, T];

function backwards<T>([one, other]: Two<T>): Two<T> {
  return [other, one];
}

function softOr(isSoft: boolean): string | undefined {
  return isSoft ? 'soft' : undefined;
}
