import type { Chart } from 'chart.js';
import { linear } from './paint.ts';

/** A line for each tick of the time axis and of every y axis, across the plot; Chart.js would stroke them one by one. */
export function paintGrid(chart: Chart, colour: string): void {
  const { ctx, chartArea, scales } = chart;
  const { left, right, top, bottom } = chartArea;
  ctx.beginPath();
  for (const scale of Object.values(scales)) {
    const { axis, ticks } = scale;
    const pixel = axis === 'x' ? linear(scale, left, right) : linear(scale, scale.bottom, scale.top);
    for (const { value } of ticks) {
      const at = onPixel(pixel(value), chart.currentDevicePixelRatio);
      ctx.moveTo(axis === 'x' ? at : left, axis === 'x' ? top : at);
      ctx.lineTo(axis === 'x' ? at : right, axis === 'x' ? bottom : at);
    }
  }
  ctx.lineWidth = 1;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/** The middle of a line that fills whole pixels of the screen. */
const onPixel = (at: number, ratio: number): number => Math.round((at - 0.5) * ratio) / ratio + 0.5;
