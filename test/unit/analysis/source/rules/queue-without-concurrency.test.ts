import { describe, expect, test } from 'vitest';
import { queueWithoutConcurrency as rule } from '../../../../../src/analysis/source/rules/queue-without-concurrency.ts';
import { finds, fixed, leavesAlone } from '../lint-text.ts';

describe('a queue that holds nothing back', () => {
  finds(rule, {
    'p-queue': `import PQueue from 'p-queue';\nconst queue = new PQueue(); // !`,
    'p-queue with other options': `import PQueue from 'p-queue';\nconst queue = new PQueue({ timeout: 1000 }); // !`,
    'a field': `import PQueue from 'p-queue';\nclass A { private readonly queue = new PQueue({ autoStart: false }); } // !`,
    'by require': `const { default: PQueue } = require('p-queue');\nconst queue = new PQueue({ concurrency: Infinity }); // !`,
    'p-limit': `import pLimit from 'p-limit';\nconst limit = pLimit(Infinity); // !`,
    fastq: `const fastq = require('fastq');\nconst queue = fastq.promise(work, Number.POSITIVE_INFINITY); // !`,
  });

  leavesAlone(rule, {
    'with a concurrency': `import PQueue from 'p-queue';\nconst queue = new PQueue({ concurrency: 4 });`,
    'so many in a time': `import PQueue from 'p-queue';\nconst queue = new PQueue({ intervalCap: 10, interval: 1000 });`,
    'set later': `import PQueue from 'p-queue';\nconst queue = new PQueue();\nqueue.concurrency = config.parallel;`,
    'options from elsewhere': `import PQueue from 'p-queue';\nconst a = new PQueue(options);\nconst b = new PQueue({ ...options });`,
    'another class of that name': `import PQueue from './queue';\nconst queue = new PQueue();`,
    'p-limit with a number': `import pLimit from 'p-limit';\nconst limit = pLimit(5);`,
  });

  test.each([
    [`new PQueue()`, `new PQueue({ concurrency: 10 })`],
    [`new PQueue({ timeout: 1 })`, `new PQueue({ concurrency: 10, timeout: 1 })`],
    [`new PQueue({ concurrency: Infinity })`, `new PQueue({ concurrency: 10 })`],
  ])('its fix of %j', (before, after) => {
    const head = `import PQueue from 'p-queue';\nexport const queue = `;
    expect(fixed(rule, `${head}${before};\n`)).toBe(`${head}${after};\n`);
  });
});
