// Children of all kinds: their output, status and environment are what the program asked for.
const { execFileSync, execSync, fork, spawn, spawnSync } = require('node:child_process');

const LOOK = `const { NODE_OPTIONS, SLOWCATCH_AGENT, ...env } = process.env; console.log(JSON.stringify(env))`;
const env = { OWN: 'value', EMPTY: '' };
const show = (name, value) => console.log(name, String(value).trim());

show('execFileSync', execFileSync(process.execPath, ['-e', LOOK], { env }));
show('execSync', execSync('echo "$OWN"', { env }));
show('spawnSync', JSON.stringify(spawnSync(process.execPath, ['-e', 'process.exit(6)'], { env }).status));
show('not there', spawnSync('/nowhere').error.code);
const given = { ...env };
spawn(process.execPath, ['-e', LOOK], { env: given, stdio: ['ignore', 'inherit', 'inherit'] }).on('exit', code => {
  show('spawn', `${code} ${JSON.stringify(given)}`);
  const forked = fork(__filename.replace('children', 'end'), { env, silent: true });
  forked.stdout.on('data', text => show('fork', text));
  forked.on('exit', status => {
    show('forked', status);
    spawn('/nowhere').on('error', error => show('spawn not there', error.code));
  });
});
