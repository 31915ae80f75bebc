import type { HtmlFlame } from '../../src/contracts/views/html-flame.ts';

/** The page's data: JSON, gzipped, in base64. */
export async function unpack(base64: string): Promise<HtmlFlame> {
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as HtmlFlame;
}

export const canUnpack = (): boolean => typeof DecompressionStream === 'function';
