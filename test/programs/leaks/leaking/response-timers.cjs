/** A timeout of an hour for each response, which is not cleared when the response has come. */
exports.truth = { kind: 'timer' };

function respondWithin(milliseconds, response) {
  const timer = setTimeout(giveUp, milliseconds, response); // leaks here
  timer.unref();
  return timer;
}

function giveUp(response) {
  response.status = 504;
}

exports.operation = n => {
  const response = { id: n, body: Array.from({ length: 20 }, (_, at) => ({ at })), status: 0 };
  respondWithin(3_600_000, response);
  response.status = 200;
};
