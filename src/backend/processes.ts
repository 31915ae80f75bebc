export { listProcesses } from '../collect/attach/list-processes.ts';
