import { useEffect, useState } from 'preact/hooks';
import type { HeapDetail, HeapSubject } from '../../../src/contracts/heap-rows.ts';
import type { Questions } from '../questions.ts';

/** Who runs through the rows with a key wants to see the one where it ends. */
const REST_MILLISECONDS = 100;

/** What is known of one class or object; that of the one before until it has come. */
export function useDetail(subject: HeapSubject | undefined, questions: Questions): HeapDetail | undefined {
  const [detail, setDetail] = useState<HeapDetail>();
  const key = subject && `${subject.kind} ${subject.number}`;
  useEffect(() => {
    if (!subject) return undefined;
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const found = await questions.ask<HeapDetail>({ type: 'detail', of: subject }).catch(() => undefined);
      if (isWanted) setDetail(found);
    };
    const timer = setTimeout(() => void ask(), REST_MILLISECONDS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return detail;
}
