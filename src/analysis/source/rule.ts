/** What a rule is, and what it finds. */
import type { Node } from '@oxc-project/types';
import type { LintSeverity } from '../../contracts/lint.ts';
import type { Project } from './module-index.ts';
import type { Located } from './follow.ts';
import { locate, originOf, type Origin } from './origin.ts';
import type { SourceProgram } from './program.ts';

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits of one file that do not overlap. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** A package that it imports. */
  readonly needs?: string;
}

export interface SourceFinding {
  /** What is marked. */
  readonly node: { readonly start: number; readonly end: number };
  /** One sentence. */
  readonly message: string;
  /** Where it is another than the rule's own. */
  readonly severity?: LintSeverity;
  readonly related?: readonly {
    readonly node: { readonly start: number; readonly end: number };
    readonly message: string;
  }[];
  readonly fixes?: readonly Fix[];
}

export interface Rule {
  readonly id: string;
  readonly severity: LintSeverity;
  /** Its page: why it matters and what is right. */
  readonly explanation: string;
  readonly sources: readonly string[];
  /** Texts of which a file must have one for the rule to have anything to say; '' when every file may. */
  readonly mentions: readonly string[];
  check(file: CheckedFile): SourceFinding[];
}

/** A file as rules see it. */
export class CheckedFile {
  private readonly origins = new Map<Node, Origin | undefined>();

  constructor(
    readonly program: SourceProgram,
    readonly project: Project,
  ) {}

  originOf(node: Node): Origin | undefined {
    if (!this.origins.has(node)) this.origins.set(node, originOf(node, this.program, this.project));
    return this.origins.get(node);
  }

  /** What a name stands for: a function, a class, an expression. */
  locate(node: Node): Located | undefined {
    return locate(node, this.program, this.project);
  }

  pathOf(node: Node): string | undefined {
    return this.originOf(node)?.path;
  }
}
