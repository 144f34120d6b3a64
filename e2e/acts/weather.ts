import { readFileSync } from 'node:fs';

const FILE = 'node_modules/vega-datasets/data/weather.csv';

/** The daily weather of Seattle and New York, as `vega-datasets` has it: location, date, five figures, what it was. */
export function weather(): { head: string; rows: string[] } {
  const [head = '', ...rows] = readFileSync(FILE, 'utf8').trim().split(/\r?\n/);
  return { head, rows };
}

/** Every n-th day, so that a spec is short. */
export function someWeather(every: number): string {
  const { head, rows } = weather();
  return `${[head, ...rows.filter((_, index) => index % every === 0)].join('\n')}\n`;
}

/** All days, and among them one with too few cells and one with too many. */
export function raggedWeather(): string {
  const { head, rows } = weather();
  return `${[head, ...rows.slice(0, 100), 'Seattle,2012-04-10,1.0', ...rows.slice(100, 200), `${rows[200]},7,8`, ...rows.slice(201)].join('\n')}\n`;
}

export const WEATHER_FEATURES = [
  { name: 'location', kind: 'category' },
  { name: 'precipitation', kind: 'number' },
  { name: 'temp_max', kind: 'number' },
  { name: 'temp_min', kind: 'number' },
  { name: 'wind', kind: 'number' },
] as const;

/** Days as a program sends them to the gateway. */
export function instances(count: number, from = 0): { input: Record<string, string | number>; weather: string }[] {
  return weather()
    .rows.slice(from, from + count)
    .map((row) => {
      const [location = '', , precipitation, temp_max, temp_min, wind, kind = ''] = row.split(',');
      const input = {
        location,
        precipitation: Number(precipitation),
        temp_max: Number(temp_max),
        temp_min: Number(temp_min),
        wind: Number(wind),
      };
      return { input, weather: kind };
    });
}
