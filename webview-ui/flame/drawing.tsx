/** The flamegraph itself: speedscope, made anew when its theme or its drawing is lost. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SpeedscopeParts } from './speedscope-parts.ts';
import { SpeedscopeView, type Position } from './speedscope-view.ts';
import { isDark, onDarkChange } from './theme.ts';

interface DrawingProps {
  readonly file: File;
  readonly parts: SpeedscopeParts;
  readonly nonce: string;
  readonly isTimeOrdered: boolean;
  readonly position: Partial<Position>;
  readonly onMove: (position: Position) => void;
  /** Function to show, and how often that was asked for. */
  readonly focus: { readonly index: number; readonly turn: number } | undefined;
  /** Thread to show, and how often one was chosen. */
  readonly track: { readonly track: number; readonly turn: number } | undefined;
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
  const view = useRef<SpeedscopeView>(undefined);
  const position = useRef(props.position);
  const losses = useRef(0);
  const focused = useRef(0);
  /** Another number makes it anew. */
  const [turn, setTurn] = useState(0);

  useEffect(() => onDarkChange(() => setTurn(value => value + 1)), []);

  useEffect(() => {
    const { file, parts, nonce, isTimeOrdered, focus } = current.current;
    let isGone = false;
    const made = new SpeedscopeView(place.current!, {
      ...{ parts, nonce, isDark: isDark(), isTimeOrdered },
      onOpen: index => current.current.onOpen(index),
      onMove: next => {
        position.current = next;
        current.current.onMove(next);
      },
      onLost: () => {
        if (isGone) return;
        if (++losses.current > MOST_LOSSES)
          current.current.onFailed('The graphics driver was reset again and again.');
        else setTurn(value => value + 1);
      },
    });
    view.current = made;
    const show = async (): Promise<void> => {
      await made.show(file, position.current);
      if (isGone) return;
      if (focus && focus.turn !== focused.current) {
        focused.current = focus.turn;
        await made.focus(focus.index);
      }
      current.current.onPainted();
    };
    show().catch((error: unknown) => {
      if (!isGone) current.current.onFailed(String(error));
    });
    return () => {
      isGone = true;
      made.dispose();
    };
  }, [turn, props.file]);

  useEffect(() => {
    const { focus } = props;
    if (!focus || focus.turn === focused.current) return;
    focused.current = focus.turn;
    view.current?.focus(focus.index).catch((error: unknown) => props.onFailed(String(error)));
  }, [props.focus?.turn]);

  useEffect(() => {
    if (props.track) view.current?.showTrack(props.track.track);
  }, [props.track?.turn]);

  return <div class="drawing" ref={place} />;
}
