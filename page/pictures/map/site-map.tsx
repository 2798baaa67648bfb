import { geoDistance } from 'd3-geo';
import { scaleSqrt } from 'd3-scale';
import type { Cloud } from '../../../estate/catalog';
import type { Facets } from '../../model';
import { tone } from '../../palette';
import { facetAttributes } from '../../parts/facets';
import { Picture, round } from '../../parts/picture';
import { type PlacedLabel, placeLabels } from './place-labels';
import { type Circle, spread } from './spread';
import { type Degrees, type Point, type WorldView, worldView } from './world';

/** A site on the map. */
export interface MapSite {
  readonly name: string;
  readonly cloud: Cloud;
  /** Number in its circle, by which the key names it. */
  readonly number: number;
  readonly point: Degrees;
  /** What the area of its circle is. */
  readonly accelerators: number;
  /** What is read where a pointer rests on it. */
  readonly title: string;
  readonly facets: Facets;
  /** Its zones that lie elsewhere. */
  readonly away: readonly { readonly title: string; readonly point: Degrees }[];
}

/** A link between two sites of the map. */
export interface MapLink {
  readonly title: string;
  /** Names of the sites. */
  readonly ends: readonly [string, string];
  /** Whether it carries something already. */
  readonly isReady: boolean;
}

/** What a map is drawn from. */
export interface SiteMapProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly sites: readonly MapSite[];
  readonly links: readonly MapLink[];
}

const TYPE = 11;
/** Radius of a site without accelerators, and of the ring around one whose circle is hardly seen. */
const RING = 5;
/** Smallest circle that a number fits into. */
const NUMBERED = 8;
/** Radius of the largest circle: smaller where many sites share the map. */
const LARGEST = { few: 22, many: 15 };
const FEW = 8;
/** Room between circles: more where links between them have to be seen. */
const GAP = { plain: 2, linked: 16 };
/** How far from a site without room for its name others are drawn with it in a map of their own, in radians. */
const NEAR = 0.5;

/** Sites on land, each a circle whose area is the number of its accelerators; circles do not hide each other. */
export function SiteMap({ label, sites, links }: SiteMapProps) {
  const whole = layout(sites, links);
  const crowded = whole.view.isWhole ? whole.marks.filter((mark) => mark.label === undefined) : [];
  const near = sites.filter(({ point }) => crowded.some(({ site }) => distance(site.point, point) < NEAR));
  return (
    <>
      <Drawing label={label} links={links} {...whole} />
      {near.length > 1 && (
        <>
          <p class="soft">Larger, where sites are close to each other:</p>
          <Drawing label={`${label} Larger, where sites are close.`} links={links} {...layout(near, links, true)} />
        </>
      )}
    </>
  );
}

function distance([longitude, latitude]: Degrees, [otherLongitude, otherLatitude]: Degrees): number {
  return geoDistance([longitude, latitude], [otherLongitude, otherLatitude]);
}

/** A map with everything in its place. */
interface Layout {
  readonly view: WorldView;
  readonly marks: readonly Mark[];
}

function layout(sites: readonly MapSite[], links: readonly MapLink[], isPart = false): Layout {
  const view = worldView(
    sites.flatMap(({ point, away }) => [point, ...away.map((zone) => zone.point)]),
    isPart,
  );
  const most = Math.max(1, ...sites.map(({ accelerators }) => accelerators));
  const isCrowded = view.isWhole && sites.length > FEW;
  const radius = scaleSqrt([0, most], [0, isCrowded ? LARGEST.many : LARGEST.few]);
  const places = sites.map(({ point, accelerators }) => {
    const [x, y] = view.at(point);
    return { x, y, r: Math.max(RING, radius(accelerators)) };
  });
  const names = new Set(sites.map(({ name }) => name));
  const drawn = links.filter(({ ends }) => ends.every((end) => names.has(end)));
  const circles = spread(places, { ...view, gap: drawn.length > 0 ? GAP.linked : GAP.plain });
  const bare = sites.flatMap((site, index): Mark[] => {
    const [place, circle] = [places[index], circles[index]];
    return place && circle ? [{ site, place, circle, area: radius(site.accelerators) }] : [];
  });
  const texts = bare.map(({ site, circle }) => ({ ...circle, text: nameOf(site, circle.r) }));
  const labels = placeLabels(texts, TYPE, { ...view, lines: linesOf(view, bare, drawn), crossesLines: !view.isWhole });
  return { view, marks: bare.map((mark, index) => ({ ...mark, label: labels[index] })) };
}

/** Points of lines that no text should lie on. */
function linesOf(view: WorldView, marks: readonly Mark[], links: readonly MapLink[]): readonly Point[] {
  const leaders = marks.map(({ place, circle }): readonly [Point, Point] => [
    [circle.x, circle.y],
    [place.x, place.y],
  ]);
  return [...leaders, ...links.flatMap((link) => endsOf(link, marks))].flatMap(([from, to]) => view.way(from, to));
}

/** Where a link begins and ends; none where one of its sites is not on the map. */
function endsOf({ ends }: MapLink, marks: readonly Mark[]): readonly (readonly [Point, Point])[] {
  const [from, to] = ends.map((end) => marks.find(({ site }) => site.name === end)?.circle);
  return from === undefined || to === undefined
    ? []
    : [
        [
          [from.x, from.y],
          [to.x, to.y],
        ],
      ];
}

interface DrawingProps extends Layout {
  readonly label: string;
  readonly links: readonly MapLink[];
}

function Drawing({ label, links, view, marks }: DrawingProps) {
  const { width, height, graticule, land } = view;
  return (
    <Picture label={label} width={width} height={height}>
      <rect width={width} height={height} fill={tone('sheet')} />
      <path d={graticule} fill="none" stroke={tone('rule')} stroke-width={0.5} />
      <path d={land} fill={tone('land')} stroke={tone('rule')} stroke-width={0.5} />
      {links.map((link) =>
        endsOf(link, marks).map(([from, to]) => (
          <path
            d={view.line(from, to)}
            fill="none"
            stroke={tone('soft')}
            stroke-width={1.5}
            stroke-dasharray={link.isReady ? undefined : '5 4'}
          >
            <title>{link.title}</title>
          </path>
        )),
      )}
      {marks.map((mark) => (
        <Leader mark={mark} view={view} />
      ))}
      {marks.map((mark) => (
        <Site mark={mark} />
      ))}
    </Picture>
  );
}

/** A site with what is drawn of it. */
interface Mark {
  readonly site: MapSite;
  /** Where it lies. */
  readonly place: Circle;
  /** Where it is drawn. */
  readonly circle: Circle;
  /** @default there is no room for its name */
  readonly label?: PlacedLabel;
  /** Radius of the circle whose area is its accelerators. */
  readonly area: number;
}

/** Its name, with its number where that does not fit into its circle. */
function nameOf(site: MapSite, r: number): string {
  return r < NUMBERED ? `${site.number} ${site.name}` : site.name;
}

/** From a circle that had to make room to where its site lies, and to zones away from it. */
function Leader({ mark: { site, place, circle }, view }: { readonly mark: Mark; readonly view: WorldView }) {
  const isMoved = Math.hypot(place.x - circle.x, place.y - circle.y) > circle.r;
  const away = site.away.map(({ title, point }) => ({ title, at: view.at(point) }));
  return (
    <g {...facetAttributes(site.facets)}>
      {isMoved && (
        <>
          <path
            d={`M${round(circle.x)} ${round(circle.y)}L${round(place.x)} ${round(place.y)}`}
            stroke={tone('ink')}
            stroke-width={0.75}
          />
          <circle cx={round(place.x)} cy={round(place.y)} r={1.75} fill={tone('ink')} />
        </>
      )}
      {away.map(({ title, at: [x, y] }) => (
        <>
          <path
            d={`M${round(circle.x)} ${round(circle.y)}L${round(x)} ${round(y)}`}
            stroke={tone(site.cloud)}
            stroke-width={1}
            stroke-dasharray="1 3"
          />
          <path d={`M${round(x)} ${round(y - 4)}l4 4l-4 4l-4-4z`} fill={tone(site.cloud)}>
            <title>{title}</title>
          </path>
        </>
      ))}
    </g>
  );
}

function Site({ mark: { site, circle, label, area } }: { readonly mark: Mark }) {
  const [x, y] = [round(circle.x), round(circle.y)];
  const isNumbered = circle.r >= NUMBERED;
  return (
    <g {...facetAttributes(site.facets)}>
      {area < RING && (
        <circle cx={x} cy={y} r={RING} fill={tone('ground')} stroke={tone(site.cloud)} stroke-width={1.5} />
      )}
      {area > 0 && <circle class="area" cx={x} cy={y} r={round(area)} fill={tone(site.cloud)} />}
      <title>{site.title}</title>
      {isNumbered && (
        <text class="on-mark" x={x} y={round(circle.y + TYPE / 3)} font-size={TYPE} text-anchor="middle">
          {site.number}
        </text>
      )}
      {label ? (
        <text
          class={label.isOnLine ? 'halo' : undefined}
          x={round(label.x)}
          y={round(label.y)}
          font-size={TYPE}
          text-anchor={label.anchor}
        >
          {label.text}
        </text>
      ) : (
        !isNumbered && (
          <text x={x} y={round(circle.y + TYPE / 3)} font-size={9} text-anchor="middle">
            {site.number}
          </text>
        )
      )}
    </g>
  );
}
