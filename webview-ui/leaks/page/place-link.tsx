import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { plainText } from '../../../src/format/untrusted.ts';
import type { Actions } from './actions.ts';
import { untrusted } from './words.ts';

interface Props {
  readonly place: SourcePlace;
  readonly text: string;
  readonly actions: Actions;
}

/** Opens a line in an editor. */
export const PlaceLink = ({ place, text, actions }: Props) => (
  <button
    type="button"
    class="link place"
    title={`${plainText(place.file)}:${place.line}`}
    onClick={event => {
      event.stopPropagation();
      actions.post({ type: 'open', place });
    }}
  >
    {untrusted(text)}
  </button>
);

/** `orders.ts:22`. */
export const placeText = ({ file, line }: SourcePlace): string =>
  `${plainText(file.replace(/^.*[\\/]/, ''))}:${line}`;
