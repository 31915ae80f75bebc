require('./tell-jobs.cjs').tell({ ...require('bullmq'), Bull: require('bull'), Redis: require('ioredis') });
