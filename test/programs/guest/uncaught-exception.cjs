function fail() {
  throw new TypeError('broken');
}
setTimeout(fail, 20);
