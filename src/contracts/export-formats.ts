/** The formats that profiles are written in: one table for the command line, the editor and the writers. */

/** Each has its writer in `backend/export.ts`. */
export type ExportFormatId = 'html' | 'speedscope' | 'pprof' | 'cpuprofile' | 'folded' | 'markdown';

export interface ExportFormat {
  readonly id: ExportFormatId;
  /** Option of the command line: `--pprof FILE`. */
  readonly option: string;
  /** For pickers. */
  readonly title: string;
  /** One line: who opens it. */
  readonly detail: string;
  /** With its dot; what a proposed file name ends with. */
  readonly extension: string;
}

/** In the order in which they are offered. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    id: 'html',
    option: 'html',
    title: 'Web page',
    detail: 'Flamegraph and hottest functions as one HTML file that needs nothing else',
    extension: '.html',
  },
  {
    id: 'speedscope',
    option: 'speedscope',
    title: 'speedscope',
    detail: 'Flamegraph for speedscope; all threads in one file',
    extension: '.speedscope.json',
  },
  {
    id: 'pprof',
    option: 'pprof',
    title: 'pprof',
    detail: 'For go tool pprof, Pyroscope, Polar Signals and Datadog; with lines',
    extension: '.pb.gz',
  },
  {
    id: 'cpuprofile',
    option: 'cpuprofile',
    title: 'CPU profile (.cpuprofile)',
    detail: 'For Chrome DevTools and VS Code, names and places repaired; one file per thread',
    extension: '.cpuprofile',
  },
  {
    id: 'folded',
    option: 'folded',
    title: 'Folded stacks',
    detail: 'One line of text per stack, for flamegraph.pl and inferno',
    extension: '.folded.txt',
  },
  {
    id: 'markdown',
    option: 'md',
    title: 'Markdown report',
    detail: 'Findings and hot lines as tables, for an issue or a pull request',
    extension: '.md',
  },
];
