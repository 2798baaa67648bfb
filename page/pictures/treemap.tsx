import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import { compareKeys, formatCount } from '../../estate/units';
import type { Facets } from '../model';
import { type ToneName, tone } from '../palette';
import { facetAttributes } from '../parts/facets';
import { Picture } from '../parts/picture';
import { fitText, textWidth } from '../parts/text-width';

/** One field of a treemap. */
export interface TreemapField {
  /** What it is called, each part inside the one before, such as cluster and pool. */
  readonly names: readonly string[];
  readonly value: number;
  /** What is read behind its number, such as `GB300`. */
  readonly unit: string;
  /** @default it stays whatever is chosen */
  readonly facets?: Facets;
}

/** Fields that lie together under a heading. */
export interface TreemapGroup {
  readonly key: string;
  readonly tone: ToneName;
  /** Fields of one kind lie together. */
  readonly kinds: readonly { readonly key: string; readonly fields: readonly TreemapField[] }[];
}

/** What a treemap is drawn from. */
export interface TreemapProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly groups: readonly TreemapGroup[];
}

/** A node of the tree: a group, a kind in it, or a field of that. */
interface Branch {
  readonly key: string;
  readonly group?: TreemapGroup;
  readonly field?: TreemapField;
  readonly children?: readonly Branch[];
}

const WIDTH = 900;
/** Heights of pictures of few and of many fields, and what each field adds. */
const HEIGHT = { least: 160, most: 440, field: 30 };
const TYPE = 13;
const LINE = TYPE + 4;
const HEAD = 22;
const INSET = 5;
/** How much wider than high fields are at best, since texts are. */
const STRETCH = 1.75;
/** Room between groups, between kinds of a group, and between fields of a kind. */
const GAPS = [6, 3, 1];

/** Fields whose areas are their numbers, larger ones first; what fits into a field is written in it. */
export function Treemap({ label, groups }: TreemapProps) {
  const fields = groups.flatMap(({ kinds }) => kinds.flatMap((kind) => kind.fields));
  const height = Math.min(HEIGHT.most, HEIGHT.least + fields.length * HEIGHT.field);
  return (
    <Picture label={label} width={WIDTH} height={height}>
      {layout(groups, height).children?.map((group) => (
        <Group node={group} />
      ))}
    </Picture>
  );
}

function layout(groups: readonly TreemapGroup[], height: number): HierarchyRectangularNode<Branch> {
  const root: Branch = {
    key: '',
    children: groups.map((group) => ({
      key: group.key,
      group,
      children: group.kinds.map(({ key, fields }) => ({
        key,
        children: fields.map((field) => ({ key: field.names.join(' '), field })),
      })),
    })),
  };
  const tree = hierarchy<Branch>(root, ({ children }) => children)
    .sum(({ field }) => field?.value ?? 0)
    .sort(
      (one, other) => Number(other.value ?? 0) - Number(one.value ?? 0) || compareKeys(one.data.key, other.data.key),
    );
  return treemap<Branch>()
    .tile(treemapSquarify)
    .size([WIDTH / STRETCH, height])
    .paddingInner(({ depth }) => GAPS[depth] ?? 0)
    .paddingTop(({ depth }) => (depth === 1 ? HEAD : 0))(tree);
}

/** Where a node lies in the picture. */
function placeOf({ x0, x1, y0, y1 }: HierarchyRectangularNode<Branch>) {
  const [left, right, top, bottom] = [x0 * STRETCH, x1 * STRETCH, y0, y1].map(Math.round);
  return { x: left ?? 0, y: top ?? 0, width: (right ?? 0) - (left ?? 0), height: (bottom ?? 0) - (top ?? 0) };
}

function Group({ node }: { readonly node: HierarchyRectangularNode<Branch> }) {
  const { x, y, width } = placeOf(node);
  const { key, group } = node.data;
  return (
    <g>
      <text x={x} y={y + HEAD - 7} font-size={TYPE} font-weight={600}>
        {firstThatFits([`${key} ${formatCount(node.value ?? 0)}`, fitText(key, TYPE, width)], width)}
      </text>
      {node.leaves().map((leaf) => (
        <Field node={leaf} color={group?.tone ?? 'other'} />
      ))}
    </g>
  );
}

function Field({ node, color }: { readonly node: HierarchyRectangularNode<Branch>; readonly color: ToneName }) {
  const { field } = node.data;
  if (field === undefined) return null;
  const { x, y, width, height } = placeOf(node);
  const name = field.names.join(' ');
  const figure = `${formatCount(field.value)} ${field.unit}`;
  const room = width - 2 * INSET;
  const names = textWidth(name, TYPE) <= room ? [name] : field.names.map((text) => fitText(text, TYPE, room));
  const lines =
    height < INSET + 2 * LINE
      ? [firstThatFits([`${name} ${figure}`, fitText(name, TYPE, room)], room)]
      : [...names, firstThatFits([figure, formatCount(field.value), ''], room)];
  return (
    <g {...facetAttributes(field.facets ?? {})}>
      <rect x={x} y={y} width={width} height={height} fill={tone(color)}>
        <title>{`${name}: ${figure}`}</title>
      </rect>
      {lines.slice(0, Math.floor((height - INSET + 2) / LINE)).map((text, index) => (
        <text class="on-mark" x={x + INSET} y={y + INSET + TYPE - 1 + index * LINE} font-size={TYPE}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** The first text that fits, or the last. */
function firstThatFits(texts: readonly string[], room: number): string {
  return texts.find((text) => textWidth(text, TYPE) <= room) ?? texts.at(-1) ?? '';
}
