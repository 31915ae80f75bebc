const DEFAULT_PORT = 9229;
const OPTION = /^--(?:inspect(?:-brk|-wait|-port)?|debug-port)(?:=(?<value>.*))?$/;

/** The port that a Node started with these options opens its inspector on; 0 stands for any free one. */
export function inspectPort(options: readonly string[]): number {
  let port = DEFAULT_PORT;
  options.forEach((option, index) => {
    const groups = OPTION.exec(option)?.groups;
    if (!groups) return;
    const given = groups['value'] ?? (option.endsWith('-port') ? options[index + 1] : undefined);
    // `9230`, `127.0.0.1:9230`, `[::1]:9230`; a host alone leaves the port as it is.
    const digits = /(?:^|:)(\d{1,5})$/.exec(given ?? '')?.[1];
    if (digits !== undefined) port = Number(digits);
  });
  return port;
}
