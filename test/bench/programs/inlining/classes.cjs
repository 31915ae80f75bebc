'use strict';
// Methods, getters, private and inherited ones, called on one class and on several.
const { Circle, Polygon, Star } = require('./classes/shapes.cjs');

class Canvas {
  #pixels = Float64Array.from({ length: 4000 }, (_, index) => (index * 7) & 255);
  #strokes = 0.5;

  draw(shape) {
    this.#strokes = this.#trace(shape.outline(), shape.area());
    return this.#strokes;
  }

  #trace(outline, area) {
    let length = area + 0.5;
    for (let index = 1; index < outline.length; index++) {
      length = Math.sqrt(length + outline[index] * outline[index]);
    }
    return length;
  }

  get brightness() {
    let level = 0.5;
    for (let index = 0; index < this.#pixels.length; index++) level = level * 0.97 + this.#pixels[index];
    return level;
  }

  static blur(values, radius) {
    let before = 0.5;
    for (let index = 0; index < values.length; index++) {
      before = (before * radius + values[index]) / (radius + 1);
    }
    return before;
  }
}

const shapes = [new Circle(3.5), new Polygon(5, 2.5), new Star(7, 4.5), new Circle(9.5), new Star(5, 2.5)];
const noise = Float64Array.from({ length: 1500 }, (_, index) => (index * 97) & 31);
const canvas = new Canvas();
let total = 0;
let rounds = 0;

function scene() {
  total += canvas.draw(shapes[rounds % 5]);
  total += canvas.brightness;
  total += Canvas.blur(noise, 1.5 + (rounds & 3));
}

function animate() {
  scene();
  if (++rounds < 30000) setImmediate(animate);
  else process.exitCode = Number.isFinite(total) ? 0 : 1;
}

animate();
