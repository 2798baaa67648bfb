/** Addresses of the web in a text; what ends a sentence or stands around them belongs to none. */
const ADDRESS = /(https:\/\/[^\s,;()<>"]*[^\s,;()<>".:])/;

/** A text in which each address of the web leads there. */
export function LinkedText({ text }: { readonly text: string }) {
  return <>{text.split(ADDRESS).map((part, index) => (index % 2 === 1 ? <a href={part}>{part}</a> : part))}</>;
}
