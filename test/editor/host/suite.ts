/** What a file of `suites/` exports as its default: named tests that run inside the extension host, one after the other. */
import type { Editor } from './editor.ts';

export interface Suite {
  /** `shop`: a copy of the sample service, built. Else folders of `workspaces/`; several make a multi-root workspace; an address (`memory:/shop`) a virtual one. */
  readonly workspace: readonly string[];
  /** With the sample's PostgreSQL, and a Redis where the machine has one, for all that runs in the window. */
  readonly services?: boolean;
  /** User settings beside the quiet ones of scripts/editor/serve.mjs. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ids of built-in extensions that this window does not have, as if the user had disabled them. */
  readonly without?: readonly string[];
  /** False opens the workspace in restricted mode. */
  readonly trusted?: boolean;
  /** Limit of one test; 90 s. */
  readonly timeoutMilliseconds?: number;
  /** Runs after every test, failed ones too. */
  readonly afterEach?: (editor: Editor) => Promise<void>;
  readonly tests: Readonly<Record<string, (editor: Editor) => Promise<void>>>;
}

export const timeoutOf = ({ timeoutMilliseconds = 90_000 }: Suite): number => timeoutMilliseconds;
