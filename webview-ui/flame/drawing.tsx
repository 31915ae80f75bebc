/** The flamegraph itself: speedscope, made anew when its theme or its drawing is lost. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SpeedscopeParts } from './speedscope-parts.ts';
import { SpeedscopeView, type Drawn, type Position } from './speedscope-view.ts';
import { isDark, onDarkChange } from './theme.ts';

/** Something that was asked for, and how often: the same may be asked for again. */
export interface Asked {
  readonly value: number;
  readonly turn: number;
}

interface DrawingProps {
  /** Absent while it is being read: speedscope starts in the meantime. */
  readonly file: File | undefined;
  readonly isTimeOrdered: boolean;
  readonly position: Partial<Position>;
  readonly parts: SpeedscopeParts;
  readonly nonce: string;
  /** Function to show. */
  readonly focus: Asked | undefined;
  /** Thread to show. */
  readonly track: Asked | undefined;
  readonly onMove: (position: Position) => void;
  readonly onOpen: (index: number) => void;
  readonly onPainted: () => void;
  readonly onFailed: (message: string) => void;
}

/** A driver that is reset again and again cannot be drawn with. */
const MOST_LOSSES = 3;

export function Drawing(props: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const current = useRef(props);
  current.current = props;
  const stage = useRef<Stage>(undefined);
  /** Another number makes it anew. */
  const [turn, setTurn] = useState(0);
  const again = (): void => setTurn(value => value + 1);

  useEffect(() => onDarkChange(again), []);
  useEffect(() => {
    const made = new Stage(place.current!, current, stage.current?.losses ?? 0, again);
    stage.current = made;
    return () => made.dispose();
  }, [turn]);
  useEffect(() => stage.current?.show(), [turn, props.file]);
  useEffect(() => stage.current?.follow(), [props.focus?.turn, props.track?.turn]);

  return <div class="drawing" ref={place} />;
}

/** One speedscope, of one file. */
class Stage {
  losses: number;
  readonly #place: HTMLElement;
  readonly #props: { readonly current: DrawingProps };
  readonly #again: () => void;
  #view: SpeedscopeView;
  #file: File | undefined;
  #isShown = false;
  #isGone = false;
  #focus: Asked | undefined;
  #track: Asked | undefined;

  constructor(
    place: HTMLElement,
    props: { readonly current: DrawingProps },
    losses: number,
    again: () => void,
  ) {
    this.#place = place;
    this.#props = props;
    this.losses = losses;
    this.#again = again;
    this.#view = this.#make();
  }

  show(): void {
    const { file, position, isTimeOrdered } = this.#props.current;
    if (!file || file === this.#file) return;
    // It takes one file.
    if (this.#file) {
      this.#view.dispose();
      this.#view = this.#make();
    }
    this.#file = file;
    this.#isShown = false;
    this.#orSay(this.#draw(this.#view, { file, isTimeOrdered, position }));
  }

  async #draw(view: SpeedscopeView, drawn: Drawn): Promise<void> {
    await view.show(drawn);
    if (view !== this.#view || this.#isGone) return;
    this.#isShown = true;
    this.follow();
    this.#props.current.onPainted();
  }

  /** Shows what was asked for since. */
  follow(): void {
    if (!this.#isShown) return;
    const { focus, track } = this.#props.current;
    if (track && track.turn !== this.#track?.turn) this.#view.showTrack(track.value);
    if (focus && focus.turn !== this.#focus?.turn) this.#orSay(this.#view.focus(focus.value));
    this.#track = track;
    this.#focus = focus;
  }

  dispose(): void {
    this.#isGone = true;
    this.#view.dispose();
  }

  #make(): SpeedscopeView {
    const { parts, nonce } = this.#props.current;
    return new SpeedscopeView(this.#place, {
      ...{ parts, nonce, isDark: isDark() },
      onOpen: index => this.#props.current.onOpen(index),
      onMove: position => this.#props.current.onMove(position),
      onLost: () => this.#lost(),
    });
  }

  #lost(): void {
    if (this.#isGone) return;
    if (++this.losses > MOST_LOSSES) this.#fail('the graphics driver was reset again and again.');
    else this.#again();
  }

  #orSay(promise: Promise<void>): void {
    promise.catch((error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)));
  }

  #fail(message: string): void {
    if (!this.#isGone) this.#props.current.onFailed(message);
  }
}
