/** The `launch` settings (launch.json) as VS Code gives them: whatever the user wrote. Pure. */

/** Whether there is anything that the Run view could have selected. */
export function hasConfigurations(launch: unknown): boolean {
  return list(launch, 'configurations').length > 0 || list(launch, 'compounds').length > 0;
}

/** Whether a compound starts this configuration together with others: then one of those may be Node's. */
export function isInCompound(launch: unknown, name: string): boolean {
  return list(launch, 'compounds').some(compound => {
    const members = list(compound, 'configurations').map(memberName);
    return members.length > 1 && members.includes(name);
  });
}

/** Whether this configuration asks by itself to be run without the debugger. */
export const isNeverDebugged = (launch: unknown, name: string): boolean =>
  list(launch, 'configurations').some(
    configuration =>
      typeof configuration === 'object' &&
      configuration !== null &&
      'name' in configuration &&
      configuration.name === name &&
      'noDebug' in configuration &&
      configuration.noDebug === true,
  );

/** Members are names, or `{ name, folder }` in a workspace of several folders. */
function memberName(member: unknown): unknown {
  return typeof member === 'object' && member !== null && 'name' in member ? member.name : member;
}

function list(from: unknown, key: string): readonly unknown[] {
  const found: unknown =
    typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[key] : [];
  return Array.isArray(found) ? found : [];
}
