import type { HtmlFlame } from '../../src/contracts/views/html-flame.ts';
import { formatShare } from '../../src/format/numbers.ts';
import { formatWeight } from '../../src/format/weight.ts';
import { element } from './element.ts';
import { ROOT_TYPE, type NamedFrame } from './frames.ts';

const HINT = 'Point at a frame to see what it is, click it to zoom in.';

/** The line below the graph. */
export class Details {
  readonly element = element('p', { className: 'details', ariaLive: 'polite' }, HINT);

  show(frame: NamedFrame | undefined, root: NamedFrame, unit: HtmlFlame['unit']): void {
    this.element.replaceChildren(...(frame ? parts(frame, root, unit) : [HINT]));
  }
}

function parts(frame: NamedFrame, root: NamedFrame, unit: HtmlFlame['unit']): (Node | string)[] {
  const amount = (value: number): string =>
    `${formatWeight(value, unit)} (${formatShare(value / root.total)})`;
  return [
    element('strong', {}, frame.title),
    ...(frame.place === '' ? [] : [' ', element('span', { className: 'place' }, frame.place)]),
    ` · total ${amount(frame.total)}`,
    ...(frame.type === ROOT_TYPE || frame.top === 0 ? [] : [` · self ${amount(frame.top)}`]),
  ];
}
