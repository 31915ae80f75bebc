require('./tell-cron.cjs').tell(require('node-cron'));
