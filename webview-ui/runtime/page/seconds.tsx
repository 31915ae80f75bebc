import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** For a screen reader. */
  readonly spoken: string;
  /** Milliseconds. */
  readonly value: number | undefined;
  readonly choose: (milliseconds: number) => void;
}

/** A moment in seconds. While someone types it is theirs: nothing else writes into it. */
export function Seconds({ label, spoken, value, choose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const text = value === undefined ? '' : String(Math.round(value) / 1000);
  const write = (): void => {
    if (input.current) input.current.value = text;
  };
  useLayoutEffect(() => {
    if (document.activeElement !== input.current) write();
  }, [text]);
  return (
    <label>
      <span class="quiet">{label}</span>
      <input
        ref={input}
        type="number"
        min="0"
        step="any"
        aria-label={spoken}
        onChange={({ currentTarget }) => {
          const seconds = currentTarget.valueAsNumber;
          if (Number.isFinite(seconds)) choose(seconds * 1000);
        }}
        onBlur={write}
      />
    </label>
  );
}
