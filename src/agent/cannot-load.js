} catch (failure) {
  // End of the bundle (the build puts `try {` at its head): this Node lacks what the agent needs, and must not be
  // ended by it. Plain old syntax: it runs where the rest could not.
  try {
    var configuration = JSON.parse(process.env.SLOWCATCH_AGENT || 'null');
    var old = parseInt(process.versions.node, 10) < 20;
    var reason = old ? 'node-too-old' : failure.code === 'ERR_INSPECTOR_NOT_AVAILABLE' ? 'no-inspector' : 'agent-failed';
    var record = {
      pid: process.pid,
      argv: process.argv.slice(0, 4),
      nodeVersion: process.version,
      reason: reason,
      detail: String(failure && failure.message),
    };
    if (configuration)
      require('fs').appendFileSync(configuration.folder + '/bystanders.ndjson', JSON.stringify(record) + '\n');
  } catch (nobodyHears) {
    void nobodyHears;
  }
}
