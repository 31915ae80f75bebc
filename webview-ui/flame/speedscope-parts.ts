import type { SpeedscopeFiles } from '../../src/contracts/views/flame.ts';

/** Speedscope as a frame takes it: the editor serves files to the page around alone, not to frames in it. */
export interface SpeedscopeParts {
  readonly script: string;
  readonly style: string;
  readonly font: ArrayBuffer;
}

export async function loadSpeedscope({ script, style, font }: SpeedscopeFiles): Promise<SpeedscopeParts> {
  const get = async (address: string): Promise<Response> => {
    const response = await fetch(address);
    if (!response.ok)
      throw new Error(`a part of Slowcatch is missing (${response.status}): install it again.`);
    return response;
  };
  const text = async (address: string): Promise<string> => (await get(address)).text();
  const [code, css, bytes] = await Promise.all([
    text(script),
    text(style),
    get(font).then(response => response.arrayBuffer()),
  ]);
  return { script: code.replace(SOURCE_MAP, ''), style: css.replace(FONT_FACE, ''), font: bytes };
}

const SOURCE_MAP = /\/\/# sourceMappingURL=.*\s*$/;
/** Its address means nothing in the frame. */
const FONT_FACE = /@font-face\{[^}]*\}/;
