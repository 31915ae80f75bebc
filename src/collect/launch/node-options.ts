/**
 * One argument in the syntax of NODE_OPTIONS: spaces separate, double quotes hold together, and a backslash is
 * an escape inside quotes only (`ParseNodeOptionsEnvVar` in Node's src/node_options.cc).
 */
export function quoteNodeOption(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  return `"${argument.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

/**
 * The environment with arguments added at the end of NODE_OPTIONS, after what the user has there:
 * `withNodeOptions(env, ['--require', 'C:\\My Files\\agent.cjs'])`.
 */
export function withNodeOptions(
  env: Readonly<Record<string, string>>,
  addition: readonly string[],
): Record<string, string> {
  const before = env['NODE_OPTIONS']?.trim() ?? '';
  const options = [before, ...addition.map(quoteNodeOption)].filter(option => option !== '');
  return { ...env, NODE_OPTIONS: options.join(' ') };
}
