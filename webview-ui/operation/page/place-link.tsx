import type { SourcePlace } from '../../../src/contracts/source-place.ts';
import { plainText } from '../../../src/format/untrusted.ts';
import type { Actions } from './actions.ts';
import { placeText } from './bar-words.ts';

interface Props {
  readonly place: SourcePlace;
  readonly actions: Actions;
}

/** Opens a line in an editor. */
export const PlaceLink = ({ place, actions }: Props) => (
  <button
    type="button"
    class="link place"
    title={`${plainText(place.file)}:${place.line}`}
    onClick={() => actions.post({ type: 'open', place })}
  >
    {placeText(place)}
  </button>
);
