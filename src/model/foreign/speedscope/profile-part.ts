import type { CallTree } from '../../cpu/call-tree.ts';
import type { Frame } from '../../cpu/profile.ts';
import type { ForeignProblem } from '../foreign-profile.ts';
import { TreeBuilder } from '../tree-builder.ts';
import { EventedStack } from './evented-stack.ts';
import { SampledWeights } from './sampled-weights.ts';
import { unitOf, type ValueUnit } from './units.ts';

/** One profile of a file while it is read; its frames are numbers as in the file. */
export class ProfilePart {
  name = '';
  unit = '';
  /** NaN where the file does not say. */
  end = Number.NaN;
  readonly builder = new TreeBuilder();
  readonly events: EventedStack;
  readonly samples: SampledWeights;

  constructor(problems: Set<ForeignProblem>) {
    this.events = new EventedStack(this.builder, problems);
    this.samples = new SampledWeights(this.builder, problems);
  }

  close(): void {
    this.events.finish(this.end);
    this.samples.finish();
  }

  get valueUnit(): ValueUnit {
    return unitOf(this.unit);
  }

  /** In microseconds or bytes. */
  tree(frames: readonly Frame[], frameAt: (frame: number) => number): CallTree {
    const tree = this.builder.tree(frames, frameAt);
    const { scale } = this.valueUnit;
    return scale === 1 ? tree : { ...tree, self: tree.self.map(value => value * scale) };
  }
}
