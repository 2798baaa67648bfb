/** Addresses on the web, without what punctuation follows them in a sentence. */
const ADDRESS = /(https:\/\/[^\s,;()"<>]*[^\s,;()"<>.:])/;

/** Where something is said: addresses on the web lead there, everything else is text. */
export function SourceText({ source }: { readonly source: string }) {
  return (
    <>
      {source.split(ADDRESS).map((part) =>
        part.startsWith('https://') ? (
          <a href={part} rel="noreferrer">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
