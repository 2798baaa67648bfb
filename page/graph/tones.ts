import { PALETTE, type ToneName } from '../palette';

/** How much of the colour on light ground is in one for both, of five parts: its contrast is 3 at least on either. */
const LIGHT_PARTS = 3;

/** A colour that is seen on light and on dark ground: between both, for texts that know of no ground. */
export function middleTone(name: ToneName): string {
  const { light, dark } = PALETTE[name];
  const channels = [1, 3, 5].map((at) => {
    const [one, other] = [light, dark].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(((one ?? 0) * LIGHT_PARTS + (other ?? 0) * (5 - LIGHT_PARTS)) / 5)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
