/** The use case behind the editor's process picker: nothing stands between it and collect. */
export { listProcesses } from '../collect/attach/list-processes.ts';
