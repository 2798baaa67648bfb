import { readFileSync } from 'node:fs';
import {
  type ExtendedFeatureCollection,
  type GeoPermissibleObjects,
  type GeoProjection,
  geoCentroid,
  geoGraticule,
  geoInterpolate,
  geoNaturalEarth1,
  geoPath,
} from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { shortPath } from './short-path';

/** A point of the world, as GeoJSON writes it. */
export type Degrees = readonly [longitude: number, latitude: number];

/** The part of the world that is drawn. */
export interface WorldView {
  readonly width: number;
  readonly height: number;
  /** Path of all land in it. */
  readonly land: string;
  /** Path of meridians and parallels in it. */
  readonly graticule: string;
  /** Where a point of the world is drawn. */
  readonly at: (point: Degrees) => Point;
  /** Points of the shortest way on the globe between two points of the picture. */
  readonly way: (from: Point, to: Point) => readonly Point[];
  /** Path of the shortest way on the globe between two points of the picture: cut where the map is, and at its rim. */
  readonly line: (from: Point, to: Point) => string;
  /** Whether it is the whole world. */
  readonly isWhole: boolean;
}

/** A point of a picture. */
export type Point = readonly [x: number, y: number];

const WIDTH = 960;
const HEIGHT = 480;
/** Latitudes that are drawn of the whole world: those between which people live. */
const [SOUTHERNMOST, NORTHERNMOST] = [-56, 76];
/** Meridian at which the whole world is cut: between Asia and America, in the sea. */
const SEAM = 169;
/** How much of the world is drawn around sites at least, so that its land is known again, in degrees. */
const LEAST: Degrees = [70, 36];
/** Room around sites at the rim. */
const MARGIN = 70;
/** How much larger than in the whole world a part has to be drawn, to be drawn alone. */
const WORTH = 1.4;

/** Pieces that a way is drawn in. */
const PIECES = 32;

/** The part of the world around points: all of it where they lie far from each other, unless a part is asked for. */
export function worldView(points: readonly Degrees[], isPart = false): WorldView {
  const world = wholeWorld();
  const part = points.length === 0 ? world : partAround(points);
  const isWhole = !isPart && part.projection.scale() < WORTH * world.projection.scale();
  const { projection, height } = isWhole ? world : part;
  projection.clipExtent([
    [0, 0],
    [WIDTH, height],
  ]);
  const path = geoPath(projection).digits(1);
  const drawn = (shape: GeoPermissibleObjects) => shortPath(path(shape) ?? '');
  const at = ([longitude, latitude]: Degrees): Point => projection([longitude, latitude]) ?? [0, 0];
  const degreesAt = ([x, y]: Point): [number, number] => projection.invert?.([x, y]) ?? [0, 0];
  return {
    width: WIDTH,
    height,
    land: drawn(land()),
    graticule: drawn(geoGraticule().step([30, 30])()),
    at,
    way: (from, to) => {
      const between = geoInterpolate(degreesAt(from), degreesAt(to));
      return Array.from({ length: PIECES + 1 }, (_, piece) => at(between(piece / PIECES)));
    },
    line: (from, to) => drawn({ type: 'LineString', coordinates: [degreesAt(from), degreesAt(to)] }),
    isWhole,
  };
}

interface Part {
  readonly projection: GeoProjection;
  readonly height: number;
}

function wholeWorld(): Part {
  const projection = geoNaturalEarth1()
    .rotate([180 - SEAM, 0])
    .fitWidth(WIDTH, { type: 'Sphere' });
  const yOf = (latitude: number) => projection([SEAM - 180, latitude])?.[1] ?? 0;
  const [top, bottom] = [yOf(NORTHERNMOST), yOf(SOUTHERNMOST)];
  const [x, y] = projection.translate();
  projection.translate([x, y - top]);
  return { projection, height: Math.round(bottom - top) };
}

function partAround(points: readonly Degrees[]): Part {
  const all: GeoPermissibleObjects = { type: 'MultiPoint', coordinates: points.map(([x, y]) => [x, y]) };
  const [longitude, latitude] = geoCentroid(all);
  const [width, height] = LEAST;
  const clamped = (degrees: number) => Math.max(SOUTHERNMOST, Math.min(NORTHERNMOST, degrees));
  const corners = [-1, 1].map((side) => [longitude + (side * width) / 2, clamped(latitude + (side * height) / 2)]);
  const projection = geoNaturalEarth1()
    .rotate([-longitude, 0])
    .fitExtent(
      [
        [MARGIN, MARGIN],
        [WIDTH - MARGIN, HEIGHT - MARGIN],
      ],
      { type: 'MultiPoint', coordinates: [...points.map(([x, y]) => [x, y]), ...corners] },
    );
  return { projection, height: HEIGHT };
}

let kept: ExtendedFeatureCollection | undefined;

/** All land, at one to 110 million. */
function land(): ExtendedFeatureCollection {
  if (kept === undefined) {
    const text = readFileSync(require.resolve('world-atlas/land-110m.json'), 'utf8');
    const topology: Topology<{ land: GeometryCollection }> = JSON.parse(text);
    kept = feature(topology, topology.objects.land);
  }
  return kept;
}
