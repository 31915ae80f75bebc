import * as vscode from 'vscode';
import type { FromOperation, OperationShown, ToOperation } from '../../contracts/views/operation.ts';
import type { CommandRegistry } from '../command-registry.ts';
import { OPEN_FLAMEGRAPH, OPEN_OPERATION } from '../commands.ts';
import type { Connection } from '../connection.ts';
import type { Node } from '../view/nodes.ts';
import { ViewPanels } from '../webviews/view-panels.ts';
import type { ViewFolders } from '../webviews/webview-host.ts';
import { copyOperation, copyRoute } from './copy-operation.ts';
import { flameOf } from './flame-of.ts';
import { OperationHost, titleOf } from './operation-host.ts';
import { setThreshold } from './threshold.ts';

/** The operation panel, and what can be done with slow operations in the view. */
export function registerOperations(
  subscriptions: vscode.Disposable[],
  commands: CommandRegistry,
  folders: ViewFolders,
  connection: Connection,
): void {
  const panels = new ViewPanels<OperationShown, ToOperation, FromOperation, OperationHost>(folders, {
    viewType: 'slowcatch.operation',
    icon: 'watch',
    page: { view: 'operation' },
    titleOf,
    // One panel, whatever it shows.
    keyOf: () => '',
    parse,
    attach: (host, shown) => new OperationHost(host, shown, connection),
  });
  const on = (
    command: `slowcatch.${string}`,
    run: (node: Node) => PromiseLike<unknown> | undefined,
  ): vscode.Disposable =>
    commands.register<unknown>(command, async argument => {
      const node = nodeOf(argument);
      if (node) await run(node);
    });
  subscriptions.push(
    panels,
    commands.register<unknown>(OPEN_OPERATION, async argument => {
      const node = nodeOf(argument);
      const shown = node ? shownOf(node) : parse(argument);
      if (shown) await panels.open(shown).show(shown);
    }),
    on('slowcatch.openOperationFlamegraph', node => {
      if (node.kind === 'route') {
        const { kind, name } = node.route;
        return vscode.commands.executeCommand(OPEN_FLAMEGRAPH, flameOf({ id: node.recording, kind, name }));
      }
      const shown = shownOf(node);
      return shown && vscode.commands.executeCommand(OPEN_FLAMEGRAPH, flameOf(shown));
    }),
    on('slowcatch.copyOperation', node => {
      if (node.kind === 'route') return copyRoute(connection, node.recording, node.route);
      const shown = shownOf(node);
      return shown && copyOperation(connection, shown);
    }),
    on('slowcatch.setRouteThreshold', node => (node.kind === 'route' ? setThreshold(node.route) : undefined)),
  );
}

function shownOf(node: Node): OperationShown | undefined {
  if (node.kind !== 'operation') return undefined;
  return { id: node.recording, key: node.operation.key, name: node.route.name };
}

const nodeOf = (argument: unknown): Node | undefined =>
  typeof argument === 'object' && argument !== null && 'kind' in argument ? (argument as Node) : undefined;

/** What VS Code has kept of the panel, or what a command was called with. */
function parse(kept: unknown): OperationShown | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, key, name } = kept as Partial<OperationShown>;
  const isShown = typeof id === 'string' && typeof key === 'string' && typeof name === 'string';
  return isShown ? { id, key, name } : undefined;
}
