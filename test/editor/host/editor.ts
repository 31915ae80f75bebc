/** The window around the extension host, for tests inside it: what a user sees and does. */
import * as vscode from 'vscode';
import type { Channel } from './channel.ts';

const THEMES = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
} as const;
export type Theme = keyof typeof THEMES;

/** A part of the page. Selectors are Playwright's: CSS, `text=…`, `role=button[name="…"]`. The first visible match counts. */
class Surface {
  constructor(
    protected readonly channel: Channel,
    readonly where: 'workbench' | 'webview',
  ) {}

  /** Waits until something matches and answers its text, spaces joined. */
  async text(selector: string): Promise<string> {
    return String(await this.channel.request('text', this.where, selector));
  }

  /** Texts of everything that matches now; none when nothing does. */
  async texts(selector: string): Promise<readonly string[]> {
    return (await this.channel.request('texts', this.where, selector)) as readonly string[];
  }

  /** Texts that styles put behind all that matches now. */
  async afterTexts(selector: string): Promise<readonly string[]> {
    return (await this.channel.request('afterTexts', this.where, selector)) as readonly string[];
  }

  async click(selector: string): Promise<void> {
    await this.channel.request('click', this.where, selector);
  }

  /** Chooses an option of a `select` element by its value. */
  async select(selector: string, value: string): Promise<void> {
    await this.channel.request('select', this.where, selector, value);
  }

  async hover(selector: string): Promise<void> {
    await this.channel.request('hover', this.where, selector);
  }
}

export class Editor extends Surface {
  /** Inside the webview that is open. */
  readonly webview: Surface;

  constructor(channel: Channel) {
    super(channel, 'workbench');
    this.webview = new Surface(channel, 'webview');
  }

  /** Types into whatever has the focus. */
  async type(text: string): Promise<void> {
    await this.channel.request('type', text);
  }

  /** The same in one go: a dialog that completes names while they are typed would put its own between. */
  async insert(text: string): Promise<void> {
    await this.channel.request('insert', text);
  }

  /** A key in Playwright's words: `F1`, `Control+Shift+P`. */
  async press(key: string): Promise<void> {
    await this.channel.request('press', key);
  }

  /** A picture of the window: `screenshots/<name>.png`. */
  async shot(name: string): Promise<void> {
    await this.channel.request('shot', name);
  }

  async theme(theme: Theme): Promise<void> {
    const settings = vscode.workspace.getConfiguration('workbench');
    await settings.update('colorTheme', THEMES[theme], vscode.ConfigurationTarget.Global);
    await this.channel.request('themed', theme);
  }

  /** `<name>-light.png`, `<name>-dark.png`, `<name>-high-contrast.png`; ends in dark. */
  async shotInThemes(name: string): Promise<void> {
    for (const theme of ['light', 'high-contrast', 'dark'] as const) {
      await this.theme(theme);
      await this.shot(`${name}-${theme}`);
    }
  }

  /** Selects a configuration of launch.json (or a compound) in the Run and Debug view, as a user does. */
  async selectConfiguration(name: string): Promise<void> {
    await vscode.commands.executeCommand('workbench.view.debug');
    await this.channel.request('selectConfiguration', name);
  }
}
