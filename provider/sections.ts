const SPACE = 0x20;
const QUOTE = 0x22;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Where a value lies in a text. */
interface Place {
  readonly key: string;
  readonly start: number;
  end: number;
}

/**
 * A JSON object of objects whose members are parsed when they are first asked for: sections of many, of which a run wants
 * a few.
 *
 * What the first two levels hold is found by one pass over the bytes, in a quarter of the time of parsing them all.
 *
 * @param text JSON as `JSON.stringify` writes it, without white space
 */
export function lazySections(text: Buffer): object {
  const { sections, members } = scan(text);
  const whole = {};
  for (const section of sections) {
    const own = members.get(section);
    defineLazily(whole, section.key, () => (own === undefined ? parse(text, section) : lazyObject(text, own)));
  }
  return whole;
}

/** Thousands of getters would take as long as what they save, so one handler stands for all of them. */
function lazyObject(text: Buffer, members: readonly Place[]): object {
  const places = new Map(members.map((member) => [member.key, member]));
  const parsed: Record<string, unknown> = Object.create(null);
  const read = (key: string | symbol): unknown => {
    const place = typeof key === 'string' ? places.get(key) : undefined;
    if (place === undefined) return undefined;
    parsed[place.key] ??= parse(text, place);
    return parsed[place.key];
  };
  return new Proxy(parsed, {
    get: (_, key) => read(key),
    has: (_, key) => typeof key === 'string' && places.has(key),
    ownKeys: () => [...places.keys()],
    getOwnPropertyDescriptor: (_, key) =>
      read(key) === undefined ? undefined : { value: read(key), enumerable: true, configurable: true, writable: true },
  });
}

function defineLazily(object: object, key: string, make: () => unknown): void {
  const get = () => {
    const value = make();
    Object.defineProperty(object, key, { value, enumerable: true });
    return value;
  };
  Object.defineProperty(object, key, { get, enumerable: true, configurable: true });
}

function parse(text: Buffer, { start, end }: Omit<Place, 'key'>): unknown {
  return JSON.parse(text.toString('utf8', start, end));
}

function keyOf(written: string): string {
  return written.includes('\\') ? JSON.parse(`"${written}"`) : written;
}

/** The keys of the first level, and of the second one below those whose value is an object, with their values' places. */
function scan(text: Buffer) {
  const sections: Place[] = [];
  const members = new Map<Place, Place[]>();
  let own: Place[] = [];
  let depth = 0;
  let section: Place | undefined;
  let member: Place | undefined;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at];
    if (byte === QUOTE) {
      const from = at;
      for (at++; text[at] !== QUOTE; at++) {
        if (at >= text.length) throw new Error('it ends inside a text');
        if (text[at] === BACKSLASH) at++;
      }
      if (depth > 2 || text[at + 1] !== COLON) continue;
      const place: Place = { key: keyOf(text.toString('utf8', from + 1, at)), start: at + 2, end: at };
      if (depth === 1) {
        if (section !== undefined) section.end = from - 1;
        section = place;
        sections.push(place);
        own = [];
        if (text[place.start] === OPEN) members.set(place, own);
      } else if (depth === 2) {
        if (member !== undefined) member.end = from - 1;
        member = place;
        own.push(place);
      }
    } else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE || byte === CLOSE_LIST) {
      depth--;
      if (depth === 1) {
        if (member !== undefined) member.end = at;
        member = undefined;
      } else if (depth === 0 && section !== undefined) section.end = at;
    } else if (byte !== undefined && byte <= SPACE) throw new Error('it holds white space, which a recording does not');
  }
  if (depth !== 0) throw new Error('it ends too early');
  return { sections, members };
}
