'use strict';

class Shape {
  constructor(radius) {
    this.radius = radius;
    this.points = new Float64Array(2000);
  }

  outline() {
    const points = this.points;
    let angle = 0.25;
    for (let index = 0; index < points.length; index++) {
      angle = angle * 0.96875 + this.radius;
      points[index] = angle;
    }
    return points;
  }

  area() {
    let sum = this.radius + 0.5;
    for (let slice = 0; slice < 2000; slice++) {
      sum = Math.sqrt(sum + 12.25);
    }
    return sum;
  }
}

class Circle extends Shape {
  area() {
    let ratio = this.radius + 0.5;
    for (let term = 0; term < 3000; term++) ratio = 1 / (1 + ratio);
    return ratio;
  }
}

class Polygon extends Shape {
  constructor(corners, radius) {
    super(radius);
    this.corners = corners + 0.5;
  }

  outline() {
    const points = this.points;
    let bend = this.corners + 0.5;
    for (let corner = points.length - 1; corner >= 0; corner--) {
      bend = 0.5 * (bend + this.corners / bend);
      points[corner] = bend;
    }
    return points;
  }
}

class Star extends Polygon {
  area() {
    let sum = super.area() + 0.5;
    for (let spike = 0; spike < 4000; spike++) sum = sum * 0.75 + this.corners;
    return sum;
  }
}

module.exports = { Circle, Polygon, Star };
