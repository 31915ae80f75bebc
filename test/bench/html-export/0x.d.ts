declare module '0x' {
  /** Renders an HTML page of a `.cpuprofile`; bundles its visualizer each time. */
  export default function zeroEks(options: {
    readonly visualizeCpuProfile: string;
    readonly workingDir: string;
    readonly outputHtml: string;
    readonly title: string;
  }): Promise<string>;
}
