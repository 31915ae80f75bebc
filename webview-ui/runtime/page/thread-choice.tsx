import { plainText } from '../../../src/format/untrusted.ts';
import type { ThreadData } from '../data/thread-data.ts';
import type { Action } from '../page-state.ts';

const LONGEST_NAME = 60;

interface Props {
  readonly threads: readonly ThreadData[];
  readonly shown: ThreadData | undefined;
  readonly dispatch: (action: Action) => void;
}

/** Which thread of which process is shown. */
export function ThreadChoice({ threads, shown, dispatch }: Props) {
  if (!shown) return null;
  if (threads.length === 1) return <span class="thread quiet">{threadText(shown)}</span>;
  return (
    <label class="thread">
      <span class="quiet">Thread</span>
      <select
        value={shown.key}
        onChange={({ currentTarget }) => dispatch({ type: 'thread', key: currentTarget.value })}
      >
        {threads.map(thread => (
          <option key={thread.key} value={thread.key}>
            {threadText(thread)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The name of a main thread is the path of its program. */
const lastPart = (name: string): string => name.split(/[\\/]/).at(-1) || name;

const threadText = ({ name, pid, threadId, nodeVersion }: ThreadData): string =>
  [
    plainText(lastPart(name), LONGEST_NAME),
    threadId === 0 ? `process ${pid}` : `process ${pid}, thread ${threadId}`,
    `Node ${plainText(nodeVersion).replace(/^v/, '')}`,
  ].join(' · ');
