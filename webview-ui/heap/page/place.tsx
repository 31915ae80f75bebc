import type { HeapPlace } from '../../../src/contracts/heap-rows.ts';
import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { placeText, placeTitle } from '../words.ts';

interface Props {
  readonly place: HeapPlace;
  readonly onOpen: (place: SourcePlace) => void;
  /** Reached by the tab key; in the rows Enter opens the place. */
  readonly isInTabOrder?: boolean;
  /** Only the line is shown. */
  readonly isFileSaid?: boolean;
}

/** Opens a line in an editor, where it is one of this machine. */
export function Place({ place, onOpen, isInTabOrder = false, isFileSaid = false }: Props) {
  const { file, line, column, canOpen } = place;
  const text = isFileSaid ? `line ${line}` : placeText(place);
  if (!canOpen)
    return (
      <span class="quiet" title={placeTitle(place)}>
        {text}
      </span>
    );
  return (
    <button
      type="button"
      class="link"
      title={placeTitle(place)}
      tabIndex={isInTabOrder ? 0 : -1}
      onClick={() => onOpen({ file, line, column })}
    >
      {text}
    </button>
  );
}
