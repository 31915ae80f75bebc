// The benchmark bundles this with esbuild, and judges in these sources' terms.
import { Particles } from './particles.ts';
import { blur, sharpen } from './image.ts';
import { compress } from './compress.ts';
import { levels } from './levels.ts';

const particles = new Particles(3000);

function frame(round: number): number {
  particles.step(round);
  const image = particles.image();
  blur(image, 0.75);
  const edges = sharpen(image);
  const { mean, median } = levels(image);
  return edges + compress(image) + mean + median;
}

let total = 0;
let rounds = 0;

function animate(): void {
  total += frame(rounds & 63);
  if (++rounds < 21500) setImmediate(animate);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
}

animate();
