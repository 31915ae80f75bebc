import { plainText } from '../format/untrusted.ts';

/** How files are shown: relative to the folder that the user stands in, harmless in a terminal. */
export class Places {
  private readonly base: string;

  constructor(folder: string) {
    this.base = folder.replaceAll('\\', '/').replace(/\/?$/, '/');
  }

  file(file: string): string {
    const path = file.replaceAll('\\', '/');
    return plainText(path.startsWith(this.base) ? path.slice(this.base.length) : file);
  }

  /** `src/rank.ts:11`; only the file where the line is unknown; `native` where there is no file. */
  at({ file, line }: { readonly file: string; readonly line: number }): string {
    if (file === '') return 'native';
    return line > 0 ? `${this.file(file)}:${line}` : this.file(file);
  }
}
