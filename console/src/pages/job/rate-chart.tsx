/** The chart itself; fetched when the first job with a rate is seen. */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useIsDark } from '../../shell/theme.ts';
import { limitText } from '../../parts/numbers.ts';
import { rateText, type RateChart } from './rate-points.ts';

const HEIGHT = 200;
/** The axis of time has no pieces of a second. */
const LEAST_SECONDS = 10;
const WAITED = 'Microsoft asked to wait';
const FONT = '12px "Segoe UI", "Liberation Sans", sans-serif';

interface RateChartProperties {
  readonly chart: RateChart;
  readonly limitPerSecond: number;
}

/** Colours are read once, so another theme is another plot. */
export default function Chart(properties: RateChartProperties) {
  return <Plot key={useIsDark() ? 'dark' : 'light'} {...properties} />;
}

function Plot({ chart, limitPerSecond }: RateChartProperties) {
  const place = useRef<HTMLDivElement>(null);
  const picture = useRef<Picture>(undefined);
  useEffect(() => {
    if (place.current === null) return undefined;
    const made = pictureIn(place.current);
    picture.current = made;
    return made.destroy;
  }, []);
  useEffect(() => picture.current?.show(chart, limitPerSecond), [chart, limitPerSecond]);
  return <div ref={place} role="img" aria-label={wordsOf(chart, limitPerSecond)} />;
}

interface Picture {
  readonly show: (chart: RateChart, limitPerSecond: number) => void;
  readonly destroy: () => void;
}

function pictureIn(element: HTMLElement): Picture {
  let waits: RateChart['waits'] = [];
  const size = (): { width: number; height: number } => ({ width: element.clientWidth, height: HEIGHT });
  const plot = new uPlot({ ...optionsOf(element, () => waits), ...size() }, [[], [], []], element);
  const watch = new ResizeObserver(() => plot.setSize(size()));
  watch.observe(element);
  return {
    show(chart, limit) {
      ({ waits } = chart);
      const { at, perSecond } = lineOf(chart);
      plot.setData([at, perSecond, at.map(() => limit)]);
    },
    destroy() {
      watch.disconnect();
      plot.destroy();
    },
  };
}

/** The line reaches from edge to edge, also where one point is all; of a short job what is allowed goes on behind it. */
function lineOf({ from, to, points }: RateChart): { readonly at: number[]; readonly perSecond: (number | null)[] } {
  const rates = points.map(({ perSecond }) => perSecond);
  const line = {
    at: [from, ...points.map(({ at }) => at), to],
    perSecond: [...rates.slice(0, 1), ...rates, ...rates.slice(-1)],
  };
  if (to >= from + LEAST_SECONDS) return line;
  return { at: [...line.at, from + LEAST_SECONDS], perSecond: [...line.perSecond, null] };
}

function wordsOf({ points, waits }: RateChart, limit: number): string {
  const most = Math.max(0, ...points.map(({ perSecond }) => perSecond));
  const waited = waits.length === 0 ? '' : ` ${WAITED} ${waits.length === 1 ? 'once' : `${waits.length} times`}.`;
  return `Chart of invitations a second: at most ${rateText(most)}, allowed ${limitText(limit)}.${waited} The table has the numbers.`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

type Waits = () => RateChart['waits'];
type Options = Omit<uPlot.Options, 'width' | 'height'>;

function optionsOf(element: HTMLElement, waits: Waits): Options {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: color('colorNeutralForeground2'),
    grid: { stroke: color('colorNeutralStroke2'), width: 1 },
    ticks: { show: false },
    font: FONT,
  };
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 28, 0, 0],
    scales: {
      x: { range: (_plot, min, max) => [min, Math.max(max, min + LEAST_SECONDS)] },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.2)] },
    },
    axes: [
      {
        ...axis,
        space: 64,
        size: 30,
        values: (_plot, splits, _axis, _space, increment) =>
          splits.map((at) => (increment < 60 ? clockWithSeconds : clock).format(new Date(at * 1000))),
      },
      { ...axis, size: 40, values: (_plot, splits) => splits.map(rateText) },
    ],
    series: [
      {},
      {
        stroke: color('colorBrandStroke1'),
        fill: color('colorBrandBackground2'),
        width: 2,
        points: { show: false },
      },
      { stroke: color('colorPaletteDarkOrangeBorderActive'), dash: [6, 4], width: 1.5, points: { show: false } },
    ],
    hooks: {
      drawClear: [drawWaits(waits, color('colorPaletteYellowBackground2'))],
      draw: [nameWaits(waits, axis.stroke)],
    },
  };
}

/** From left to right, in pixels of the canvas, within the plot. */
function placesOf(plot: uPlot, waits: RateChart['waits']): { readonly left: number; readonly width: number }[] {
  const { left: edge, width: all } = plot.bbox;
  const within = (seconds: number): number => Math.min(edge + all, Math.max(edge, plot.valToPos(seconds, 'x', true)));
  return waits.map(({ from, to }) => ({ left: within(from), width: Math.max(2, within(to) - within(from)) }));
}

const drawWaits =
  (waits: Waits, color: string) =>
  (plot: uPlot): void => {
    plot.ctx.save();
    // In the dark theme the full colour would be all that one sees.
    plot.ctx.globalAlpha = 0.4;
    plot.ctx.fillStyle = color;
    for (const { left, width } of placesOf(plot, waits()))
      plot.ctx.fillRect(left, plot.bbox.top, width, plot.bbox.height);
    plot.ctx.restore();
  };

/** The words stand at the top, where no line goes: in the first wait, or beside it where that is too narrow. */
const nameWaits =
  (waits: Waits, color: string) =>
  (plot: uPlot): void => {
    const first = placesOf(plot, waits())[0];
    if (first === undefined) return;
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.font = FONT.replace('12px', `${12 * devicePixelRatio}px`);
    ctx.fillStyle = color;
    ctx.textAlign = 'left';
    const room = ctx.measureText(WAITED).width + 12;
    const after = first.left + first.width;
    const beside = after + room <= bbox.left + bbox.width ? after : Math.max(bbox.left, first.left - room);
    const left = room <= first.width ? first.left : beside;
    ctx.fillText(WAITED, left + 6, bbox.top + 12 * devicePixelRatio);
    ctx.restore();
  };
