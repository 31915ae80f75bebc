const { tell, canRunNewest } = require('./tell-boss.cjs');

const newest = canRunNewest ? { boss12: require('pg-boss').PgBoss } : {};
tell({ versions: { boss10: require('../older/node_modules/pg-boss'), ...newest }, Pool: require('pg').Pool });
