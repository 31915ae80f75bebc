// Works for as many milliseconds as the first argument says.
require('./work.cjs').work(Number(process.argv[2] ?? 3000));
