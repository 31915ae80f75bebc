import { recordedProblem } from '../contracts/recorded-problem.ts';
import type { RecordedProblem } from '../contracts/recording.ts';
import type { UserErrorCode } from '../contracts/user-error.ts';

/** Each problem once, however many threads have it. */
export class Problems {
  private readonly byText = new Map<string, RecordedProblem>();

  get list(): RecordedProblem[] {
    return [...this.byText.values()];
  }

  add(code: UserErrorCode, values: Record<string, string | number>): void {
    const problem = recordedProblem(code, values);
    this.byText.set(problem.message, problem);
  }
}
