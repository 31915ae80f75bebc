/** All suites that are not in `capturing.test.ts`. */
import { CAPTURING } from './harness/capturing.ts';
import { testSuites } from './harness/test-suites.ts';

await testSuites(name => !CAPTURING.has(name));
