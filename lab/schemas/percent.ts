/** A share as a text, such as `97.3 %`. */
export function percent(part: number, whole: number): string {
  return `${whole === 0 ? '100.0' : ((part / whole) * 100).toFixed(1)} %`;
}
