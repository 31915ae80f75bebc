const sessions = [];

// Nobody ever removes them.
exports.rememberSession = function rememberSession(count) {
  for (let session = 0; session < count; session++) sessions.push(new Array(1000).fill(session));
  return sessions.length;
};
