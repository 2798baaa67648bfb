/** One number that is read at a glance. */
export interface HeadFigure {
  readonly title: string;
  readonly figure: string;
  /** What else to know, beneath it. @default nothing */
  readonly note?: string;
  /** Id of the chapter that tells more. @default none does */
  readonly chapter?: string;
}

/** Numbers side by side. */
export function Figures({ figures }: { readonly figures: readonly HeadFigure[] }) {
  return (
    <dl class="numbers">
      {figures.map(({ title, figure, note, chapter }) => (
        <div>
          <dt>{chapter === undefined ? title : <a href={`#${chapter}`}>{title}</a>}</dt>
          <dd>
            {figure}
            {note !== undefined && <small>{breakable(note)}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A text whose paths of entries may go on in another line behind each dot. */
function breakable(text: string) {
  return text.split(/(?<=\w\.)(?=[a-z])/).map((part, index) => (
    <>
      {index > 0 && <wbr />}
      {part}
    </>
  ));
}
