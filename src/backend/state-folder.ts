import os from 'node:os';
import path from 'node:path';

/**
 * Where recordings of the command line are kept: the user's state folder, by the conventions of each system
 * (XDG Base Directory Specification; Apple's Application Support; Windows' local application data).
 */
export function recordingsFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = os.homedir(),
): string {
  return path.join(stateFolder(environment, platform, home), 'recordings');
}

function stateFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32')
    return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'slowcatch');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'slowcatch');
  const xdg = environment['XDG_STATE_HOME'];
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(home, '.local', 'state'), 'slowcatch');
}
