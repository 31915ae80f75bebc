/** What a view fetches: kept until it is another's turn. */
import { useEffect, useState } from 'preact/hooks';
import type { FunctionTable, SpeedscopeFiles } from '../../src/contracts/views/flame.ts';
import { loadSpeedscope, type SpeedscopeParts } from './speedscope-parts.ts';

type OnFailed = (message: string) => void;

/** Fetched at once: it is what is seen first. */
export const useFile = (address: string | undefined, onFailed: OnFailed): File | undefined =>
  useFetched(address, takeFile, onFailed);

const takeFile = async (response: Response): Promise<File> =>
  new File([await response.blob()], 'profile.speedscope.json');

/** Fetched when it is first looked at. */
export const useTable = (address: string | undefined, onFailed: OnFailed): FunctionTable | undefined =>
  useFetched(address, takeTable, onFailed);

const takeTable = async (response: Response): Promise<FunctionTable> =>
  (await response.json()) as FunctionTable;

/** Once: the parts do not change. */
export function useSpeedscope(
  files: SpeedscopeFiles | undefined,
  onFailed: OnFailed,
): SpeedscopeParts | undefined {
  const [parts, setParts] = useState<SpeedscopeParts>();
  useEffect(() => {
    if (files && !parts) loadSpeedscope(files).then(setParts, error => onFailed(messageOf(error)));
  }, [files?.script]);
  return parts;
}

function useFetched<T>(
  address: string | undefined,
  take: (response: Response) => Promise<T>,
  onFailed: OnFailed,
): T | undefined {
  const [got, setGot] = useState<{ readonly address: string; readonly value: T }>();
  useEffect(() => {
    if (address === undefined || got?.address === address) return undefined;
    const controller = new AbortController();
    const get = async (): Promise<void> => {
      const response = await fetch(address, { signal: controller.signal });
      if (!response.ok) throw new Error(`its data is gone (${response.status}).`);
      setGot({ address, value: await take(response) });
    };
    get().catch((error: unknown) => {
      if (!controller.signal.aborted) onFailed(messageOf(error));
    });
    return () => controller.abort();
  }, [address]);
  return got && got.address === address ? got.value : undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
