/**
 * Every error a user can meet, in one catalogue: a stable code, what happened, and what to do; a third part says what
 * to do in the editor, where that is something else than in a terminal.
 * Nothing else is shown to a user; a defect of ours is reported as `internal`.
 */
const CATALOGUE = {
  internal: 'Slowcatch failed: {detail}. | This is a defect of Slowcatch: please report it with this text.',
  usage: '{detail} | Run `slowcatch --help` for the commands and options.',
  'profile-not-readable':
    'This is not a readable profile: {reason}. | Open a .cpuprofile (Node.js, Chrome, VS Code, Deno, Bun), a .heapprofile, a pprof or a speedscope file.',
  'profile-too-big':
    'The profile is too large to open: it has {reason}. | Record for a shorter time, or with fewer samples per second.',
  'profile-bomb':
    'The file {file} was not opened: it unpacks to more than {ratio} times its size, which no profile does. | If it is a profile all the same, unpack it yourself and open that.',
  'profile-foreign': '{file} is {what}. | {advice}',
  'profile-without-samples':
    'The profile holds no samples: {reason}. | Record for longer, or while the program is working.',
  'heap-profile-not-readable':
    'This is not a readable heap profile: {reason}. | Open a .heapprofile as Node.js (--heap-prof) or Chrome write it.',
  'heap-profile-without-samples':
    'The heap profile {file} holds no sampled object. | Record for longer, with a smaller --heap-prof-interval, or while the program still holds what it allocates.',
  'heap-snapshot-not-readable':
    'This is not a readable heap snapshot: {reason}. | Take it again with Node.js (v8.writeHeapSnapshot, --heapsnapshot-signal) or Chrome, and wait until it is written.',
  'heap-snapshot-too-big':
    'The heap snapshot is too large to open here: it holds {objects}, which take {needs} of memory. | Close other programs, or open it on a machine with more memory.',
  'heap-snapshots-few':
    'Two snapshots or more are needed to see what grows; {count} was given. | Take three or four of the same process, with the same work between them.',
  'heap-snapshot-unsafe':
    'No snapshot was taken of the heap of process {pid}: of its {used} one needs {extra} more memory beside what reading it takes, and {free} are free. The program would stand still for {pause}. | Run it where more is free, find the leak while the heap is still small, or take the risk with --force. | Close other programs, run it where more is free, or track it from its start, while the heap is still small.',
  'heap-snapshot-failed':
    'The heap of process {pid} could not be written: {detail}. | Free some space on the disk, or write elsewhere with --out.',
  'leaks-program-ended':
    'The program ended after {epochs} of {wanted} epochs. | Let it run on: give it work with --load, or make the epochs shorter with --epoch.',
  'leaks-load-failed':
    'The load command "{load}" failed (status {status}). | Try the command by itself; the program may not have been ready for it.',
  'leaks-not-tracked':
    'The memory of this recording was not tracked. | Track the program with `slowcatch leaks`. | Start it with "Track Memory Leaks".',
  'heap-snapshots-unrelated':
    'The snapshots are not of one process: {old} of the objects of the last one were there in the first. | Take them one after the other from a process that runs on, and give them in that order.',
  'metric-not-recorded':
    '{name} holds nothing to show for "{metric}". | Record again with `--allocations`, for longer than a second. | Switch on the setting "slowcatch.recording.allocations" and record again, for longer than a second.',
  'recording-not-readable':
    'This is not a readable recording: {folder} ({reason}). | Give the folder that `slowcatch run` named. | Delete it from the list, and record again.',
  'recording-not-closed':
    'The recording was not closed: its recorder was ended. | All that was on disk is shown.',
  'nothing-in-range':
    'Nothing was sampled from {from} to {to}: the recording is {duration} long. | Choose another range, or look at the whole recording.',
  'range-without-times':
    '{name} does not tell when anything ran. | Look at all of it; a range can be had of recordings and of .cpuprofile files.',
  'not-trusted':
    'Slowcatch does not start or attach to programs in a workspace that is not trusted. | Trust the workspace, or open a recording: viewing works.',
  'recording-gone': 'The recording {id} does not exist any more. | Refresh the list of recordings.',
  'operation-gone': 'The operation is not in this recording. | Choose one from its list of slow operations.',
  'view-gone': 'This view is out of date: its data was removed. | Close it and open it again.',
  'recording-not-removed':
    'The recording {folder} cannot be removed ({reason}). | Remove it as the user who has made it.',
  'recording-runs': 'The recording is still going on. | Stop it first.',
  'end-missing':
    'The last moments of process {pid} are missing: it was killed, or the machine was too busy to write them in time. | All that was on disk is shown.',
  'segment-damaged':
    'A segment of the recording is damaged and left out: {file} ({reason}). | The rest is shown.',
  'records-damaged': 'Some records of the recording are damaged and left out: {folder}. | The rest is shown.',
  'operations-cut':
    'There are more slow operations in {folder} than can be read. | Those that came first are shown; record with a higher threshold.',
  'operations-limited':
    'Not all operations of process {pid} can be followed: {detail}. | What is shown of the others is complete.',
  'text-changed':
    'These files were changed during the recording: {files}. | Their hints and lines are those of the newest run; what earlier runs burnt stands at their functions "(before a change)".',
  'file-not-readable': 'The file {file} cannot be read ({reason}). | Check its name and your rights.',
  'profile-damaged': 'The profile {file} is damaged ({problem}). | What could be read is shown.',
  'profile-not-repaired':
    'The sources of {file} were not found where it was recorded. | Names of inlined functions are as V8 gave them (Node 20 to 24 name the caller); open it where its sources are.',
  'file-not-writable':
    'The file {file} cannot be written ({reason}). | Give another file name; nothing was changed, and the recording is kept.',
  'export-without-times':
    'A {format} holds times, and this profile holds bytes. | Export it as speedscope, pprof or folded stacks.',
  'export-without-samples':
    'There is nothing to export: no sample was taken. | Record for longer, or while the program is working.',
  'folder-not-empty':
    'The folder {folder} is not empty. | Give a folder that does not exist yet, or an empty one.',
  'folder-not-writable':
    'The folder {folder} cannot be written ({reason}). | Give another folder with `--out`. | Give your user the right to write there.',
  'disk-full':
    'There is no room left on the disk of {folder}. | Free some space, or record elsewhere with `--out`. | Free some space, and record again.',
  'folder-removed':
    'The folder {folder} was removed while it was recorded into, and the recording with it. | Record again, and leave the folder until the end.',
  'program-not-found':
    'The program "{file}" was not found. | Check its name and that it is on the PATH; a script needs `node` before it.',
  'program-not-started':
    'The program "{file}" could not be started ({reason}). | Check that it may be executed; a script needs `node` before it.',
  'no-agent':
    'No Node.js process of this program has reported within {seconds} s: {reason}. | {advice} | {editorAdvice}',
  'task-failed':
    'The task "{name}" that runs before the program failed (status {status}). | Fix the task, or start the program without it.',
  'permission-model':
    "Node's permission model (--permission) forbids what recording needs. | Run the program without --permission to profile it.",
  'node-too-old':
    'Process {pid} runs Node {version}. | Slowcatch needs Node 20 or newer in the profiled program.',
  'no-inspector':
    'Process {pid} runs a Node that was built without its inspector. | Use an official build of Node.',
  'segment-not-written':
    'Process {pid} could not write its recording: {detail}. | What was written before is kept; free some space or record elsewhere.',
  'agent-failed':
    'Recording in process {pid} failed: {detail}. | What was written before is kept. Please report this text.',
  'cpu-prof-too':
    'Process {pid} also runs with --cpu-prof or --heap-prof. | Both profiles are right, but the program pays for both.',
  'heap-profiler-in-use':
    "V8's heap sampler of process {pid} is in use {detail}, so its allocations were not recorded. | V8 has one per thread: run without --heap-prof, or without the program's own heap profiles, to record them.",
  'debugger-attached':
    'A debugger is attached to process {pid}. | Times under a debugger are distorted; run without debugging to measure.',
  'still-running':
    'Process {pid} did not end on SIGTERM within {seconds} s. | It was left running; end it yourself.',
  'load-failed':
    'The load command "{load}" failed (status {status}), and the recording ended with it. | Try the command by itself; the program may not have been ready for it.',
  'not-allowed-to-end':
    'Process {pid} runs as another user, so it could not be ended. | It was left running; end it yourself.',
  'json-broken':
    '{file}:{line}:{column} is not valid JSON: {detail}. | Correct the file and try again; comments and trailing commas are allowed.',
  'file-unreadable': '{file} cannot be read: {detail}. | Check the path and its permissions.',
  'launch-file-missing':
    'There are no launch configurations in {folder}. | Add .vscode/launch.json in VS Code, or start the program with `slowcatch run -- node app.js`.',
  'launch-name-unknown':
    'There is no launch configuration named "{name}"{suggestion} | The configurations of this folder are: {names}.',
  'launch-invalid':
    'In the {owner}, "{field}" has to be {expected}. | Correct it in .vscode/launch.json or tasks.json.',
  'launch-type':
    'The {owner} is of type "{type}", which does not start Node.js. | Choose a configuration of type node or node-terminal.',
  'launch-attach': 'The {owner} attaches to a running program. | Use `slowcatch attach {target}`.',
  'launch-nothing':
    'The {owner} names nothing to start. | Set "program", or "command" for the type node-terminal.',
  'launch-compound-member':
    'The compound "{compound}" contains "{member}", but there is no such configuration. | Choose among: {names}.',
  'launch-cwd-missing': 'The working folder {cwd} of the {owner} does not exist. | Correct its "cwd".',
  'launch-env-file-missing':
    'The environment file {file} of the {owner} does not exist. | Create it, or correct "envFile".',
  'launch-executable-missing':
    'The executable "{executable}" of the {owner} was found neither on PATH nor in node_modules/.bin. | Install it, or correct its name.',
  'launch-runtime-version':
    'Node.js {version}, the "runtimeVersion" of the {owner}, is not installed; installed: {found}. | Install it with nvm or fnm, or change "runtimeVersion".',
  'launch-program-missing':
    'The program {program} of the {owner} does not exist. | Build the project first, or correct "program".',
  'launch-program-typescript':
    'The program {program} of the {owner} is TypeScript: no built file of it was found, and {node} cannot run it. | Build the project with source maps, set "runtimeExecutable" to "tsx", or use Node.js 22.18 or newer.',
  'launch-variable-unknown':
    'There is no variable {variable}; it is used in the {owner}. | Correct it; VS Code lists its variables under "Variables reference".',
  'launch-variable-editor':
    'The variable {variable} of the {owner} has a value only inside VS Code. | Replace it, or start this configuration from VS Code.',
  'launch-variable-file':
    'The variable {variable} of the {owner} means the file that is open in VS Code. | Name the file in the configuration instead.',
  'launch-variable-input':
    'The variable {variable} of the {owner} asks for a value and has no "default". | Give it a "default" under "inputs".',
  'launch-variable-setting':
    'The variable {variable} of the {owner} needs the setting "{setting}", which .vscode/settings.json does not have as a plain value. | Set it there.',
  'launch-variable-folder':
    'The variable {variable} of the {owner} names an unknown workspace folder. | The folders are: {folders}.',
  'launch-variable-cyclic':
    'A variable of the {owner} contains itself: {variables}. | Break the circle in .vscode/settings.json or "inputs".',
  'launch-task-unknown':
    'There is no task named "{task}"{suggestion} | The tasks of .vscode/tasks.json are: {tasks}.',
  'launch-task-cyclic':
    'A task depends on itself: {tasks}. | Break the circle of "dependsOn" in .vscode/tasks.json.',
  'attach-target':
    '"{target}" names nothing to attach to. | Give a process id, host:port of an inspector, or the ws:// address that Node prints.',
  'attach-no-process':
    'There is no process {pid}. | Look up the id of the program again; a port is written with a colon, as in :9229.',
  'attach-not-permitted':
    'Process {pid} belongs to another user. | Run slowcatch as that user. | Run the editor as that user.',
  'attach-not-node':
    'Process {pid} is not Node.js but {name}; it was left alone. | If it has Node built in, start it with --inspect and attach to its port.',
  'attach-other-network':
    'Process {pid} runs in a network of its own, probably in a container. | Run slowcatch inside the container. | Open the folder inside the container, and attach there.',
  'attach-no-signal':
    'Process {pid} does not take SIGUSR1, the signal that opens the inspector. | Start it with --inspect and attach to its port.',
  'attach-no-inspector':
    'Process {pid} has not opened its inspector within {seconds} s of SIGUSR1. | It is in a long native call, after which its inspector opens and stays open, or handles the signal itself: start it with --inspect and attach to its port.',
  'attach-port-taken':
    'The inspector of process {pid} cannot open: port {port} belongs to {owner}. | Free that port, or start the program with --inspect-port=0, which takes any free one.',
  'attach-port-closed':
    'Nothing answers at {address} ({reason}). | Start the program with --inspect, or attach by its process id.',
  'attach-not-inspector':
    '{address} is not the inspector of a Node.js program: {reason}. | Give the address that Node prints after "Debugger listening on".',
  'attach-no-session':
    'The inspector at {address} has no session {path}: the program was started again. | Attach to {address} instead.',
  'attach-no-answer':
    'The program has not answered through its inspector within {seconds} s. | It is in a long native call (a synchronous child process, cryptography): try again when it is done.',
  'attach-answer':
    'What answers at the other end did not do what was asked: {detail}. | If it is the program that you mean, start it again and attach once more.',
  'attach-target-gone':
    'The program ended, or closed its inspector, while Slowcatch was attaching. | Attach again once it runs.',
  'attach-no-debug-session':
    'The debugger has no running Node.js process. | Start debugging first, or attach to a process.',
  'attach-no-inspector-url':
    'The debugged program tells no address of its inspector. | Stop debugging, and attach to the process instead.',
  'attach-waiting':
    'The program has not begun: it waits for a debugger (--inspect-brk, --inspect-wait). | Continue it in the debugger first, or start it with --inspect.',
  'attach-active': 'Process {pid} is being recorded already. | Stop that recording first.',
  'attach-wrapper':
    'Process {pid} ({program}) only starts the program. | Attach to the process that it has started.',
  'attach-files':
    'Process {pid} cannot use {file} ({reason}): it runs in a container, on another machine, or as another user. | Run slowcatch in the same place and as the same user. | Open the folder in the same place and as the same user, and attach there.',
  'source-text-missing':
    'The text of {file} as it ran is not available: {detail}. | Its names and lines may be less exact; record again after the next build.',
  'source-map-missing':
    'The source map of {file} was not found: {detail}. | Its times are shown in the generated file; build with source maps to see your sources.',
  'source-map-broken':
    'The source map of {file} cannot be read: {detail}. | Its times are shown in the generated file; build it again.',
  'source-map-too-big':
    'The source map of {file} is too large: {detail}. | Its times are shown in the generated file; build it in smaller parts, or leave the sources out of the map.',
  'source-map-not-kept':
    'The source map of {file} could not be copied into the recording: {detail}. | Keep the build as it is for as long as you need the recording.',
  'virtual-workspace':
    'This workspace is not on a file system, so nothing in it can be run. | Open a folder of this or of a remote machine to profile.',
  'debugger-missing':
    'The extension "JavaScript Debugger", which runs Node.js programs in VS Code, is disabled. | Enable it in the Extensions view and try again.',
  'capture-active': '"{name}" is being recorded already. | Stop that recording first.',
  'server-ended':
    "Slowcatch's background process ended unexpectedly; what was recorded until then is kept. | Try again.",
  'server-not-started':
    "Slowcatch's background process could not be started: {detail}. | The output channel Slowcatch has more.",
  'configuration-foreign':
    '"{name}" is of type "{type}"; only Node.js programs can be profiled. | Select a configuration of type node or node-terminal in Run and Debug.',
  'configuration-attaches': '"{name}" debugs a program that runs already. | Attach to that program instead.',
  'configuration-not-profiled':
    '"{name}" is of type "{type}" and was started without being profiled. | Select a configuration of type node or node-terminal in Run and Debug.',
  'nothing-recorded':
    'No Node.js process of "{name}" has reported, so there is nothing to show. | A script that sets NODE_OPTIONS itself, a container or another runtime (Bun, Deno) keeps Slowcatch out: attach to the running program instead.',
  'nothing-to-start':
    'There is nothing to start: no launch configuration, no npm script, and no JavaScript or TypeScript file is open. | Open the file to run, or add a configuration in Run and Debug.',
  'source-not-parsed': '{file} cannot be parsed: {reason} | Correct it, or stop watching its functions.',
  'lint-not-parsed': '{file} was not checked: {reason} | Correct it, and run again.',
  'lint-too-big':
    '{file} was not checked: it has {kilobytes} KB, and nobody writes such a file by hand. | Leave generated files out by .gitignore.',
  'lint-failed':
    '{file} was not checked: a rule failed ({detail}). | This is a defect of Slowcatch: please report it with this text.',
  'lint-nothing':
    'There is nothing to check in {folder}. | Name a folder or files with JavaScript or TypeScript; tests, scripts, migrations and built files are left out unless they are named.',
  'watched-file-changed':
    'Functions of {file} were not watched: the program runs another text of it than the one on disk. | Restart the program, or build it again.',
  'watched-file-compiled':
    'Functions of {file} were not watched: a loader had compiled the file before it could be changed. | Load it by another way (Node.js 22.15 and later with --import tsx, or ts-node as CommonJS), or build it with source maps and run what was built.',
  'watched-file-not-loaded':
    '{function} in {file} was not watched: no recorded program has loaded this file, nor one that a source map says was made from it, while it was recorded. | Run this file, or build it with source maps beside what is built; start a program that runs already with Slowcatch.',
  'watched-file-type-checked':
    'Functions of {file} were not watched: ts-node checks its types, and what is put in would be an error to it. | Run ts-node with --transpile-only.',
  'watched-not-reached':
    '{function} was not watched: the program has loaded it already, and it is no method or function that a CommonJS module exports. | Start the program with Slowcatch.',
  'watch-function-gone':
    'There is no function {function} in {file} any more, so it is not watched. | Watch it by its new name, or stop watching it.',
  'watch-function-not-compiled':
    '{function} was not found in {file} and is not watched there. | Build the program again.',
  'watch-refused':
    '{function} in {file} cannot be watched: {reason}. | Watch a function that calls it, or one that it calls.',
} as const;

export type UserErrorCode = keyof typeof CATALOGUE;

export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: UserErrorCode;
  /** One sentence that says what the user can do, at a terminal. */
  readonly advice: string;
  /** What its texts were filled with: made anew from it on the other side of a thread. */
  readonly values: Readonly<Record<string, string | number>>;
  private readonly editorAdvice: string;

  constructor(code: UserErrorCode, values: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    const parts = CATALOGUE[code].split(' | ').map(template => fill(template, values));
    const [message = '', advice = '', editorAdvice = advice] = parts;
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.values = values;
    this.advice = advice;
    this.editorAdvice = editorAdvice;
  }

  /** As plain data, for who sits before an editor. */
  get inEditor(): { readonly code: UserErrorCode; readonly message: string; readonly advice: string } {
    return { code: this.code, message: this.message, advice: this.editorAdvice };
  }
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? `{${key}}`));
}
