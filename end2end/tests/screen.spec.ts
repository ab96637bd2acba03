// The committee's screen: one stage at every size, the same on a phone, honest when the feed dies, and no larger
// after a day than at its beginning.
import type { Page } from '@playwright/test';
import { expect, test, type Addresses } from '../setup/story';

/** So many pixels wide is a stage, and so many of them its smallest letters are at least. */
const [STAGE, LETTER] = [1920, 27.5];
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  // A television's browser at 110 and at 90 per cent.
  { width: 1745, height: 982 },
  { width: 2133, height: 1200 },
];

/** What is cut off, lies outside the window, or is too small to be read from eight metres. */
const faults = (page: Page, least: number) =>
  page.evaluate((least) => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) found.push(`scrolls: ${root.scrollWidth} × ${root.scrollHeight}`);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement!;
      const text = node.textContent!.trim();
      if (!text || !element.checkVisibility() || element.closest('script')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      const drawing = element.closest('svg');
      const frame = drawing?.getBoundingClientRect();
      // What lies beside the part of the ground that is shown is not seen at all.
      const beside = frame && (box.right < frame.left || box.left > frame.right || box.bottom < frame.top || box.top > frame.bottom);
      if (!box.width || beside) continue;
      if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1) found.push(`outside: ${text}`);
      const size = parseFloat(getComputedStyle(element).fontSize) * (drawing?.getScreenCTM()?.a ?? 1);
      if (size < least) found.push(`small, ${size.toFixed(1)}: ${text}`);
      const cut = element.closest<HTMLElement>('section, .plan');
      if (cut && box.right > cut.getBoundingClientRect().right + 1) found.push(`cut: ${text}`);
    }
    return found;
  }, least);

for (const size of sizes) {
  test(`the stage fits ${size.width} × ${size.height} as a whole`, async ({ page, demo, axe }) => {
    await page.setViewportSize(size);
    await page.goto(demo.screen);
    await expect(page.locator('p.total')).toBeVisible();
    expect(await faults(page, (LETTER * size.width) / STAGE)).toEqual([]);
    await axe(page);
  });
}

test('a phone shows the same numbers in one column, by day and by night', { tag: '@phone-only' }, async ({ page, request, demo, axe }) => {
  const counts = await (await request.get(demo.counts)).json();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(demo.screen);
    await expect(page.locator('p.total')).toHaveText(String(counts.encounters.total));
    await expect(page.locator('.list li.stall')).toHaveCount(counts.stalls.length);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await axe(page);
  }
});

test('the markets of a day stand on one stage, a row each', { tag: '@phone' }, async ({ page, request, demo, axe, isMobile }) => {
  const { encounters } = await (await request.get(demo.counts)).json();
  if (!isMobile) await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto(`${demo.screen}/street`);
  await expect(page.locator('p.total')).toHaveText(String(encounters.total));
  await expect(page.locator('.places tbody tr')).toHaveCount(1);
  if (!isMobile) expect(await faults(page, (LETTER * 1366) / STAGE)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await axe(page);
});

/** A feed in the place of the real one: the page's own `EventSource`, played by the story. */
async function played(page: Page) {
  await page.addInitScript(() => {
    const all: Fake[] = [];
    class Fake {
      static readonly CLOSED = 2;
      onmessage: ((event: MessageEvent) => void) | null = null;
      readyState = 1;
      constructor(readonly url: string) {
        all.push(this);
      }
      close() {
        this.readyState = 2;
      }
    }
    Reflect.set(window, 'EventSource', Fake);
    Reflect.set(window, 'feeds', all);
    const load = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given: Parameters<typeof load>) => {
      const made = await load(...given);
      const memory = Object.values(made.instance.exports).find((one) => one instanceof WebAssembly.Memory);
      Reflect.set(window, 'memory', memory);
      return made;
    };
  });
}

/** Sends a snapshot down whatever feed is open, and says how many are. */
const send = (page: Page, snapshot: object) =>
  page.evaluate((data) => {
    const feeds = Reflect.get(window, 'feeds') as { readyState: number; onmessage: ((event: MessageEvent) => void) | null }[];
    const open = feeds.filter((feed) => feed.readyState === 1);
    for (const feed of open) feed.onmessage?.(new MessageEvent('message', { data }));
    return open.length;
  }, JSON.stringify(snapshot));

/** The market so many minutes after opening: everything moves. */
function later(first: any, minute: number) {
  const total = minute * 11;
  const stalls = first.stalls.map((stall: any, n: number) => ({
    ...stall,
    encounters: Math.floor(total / first.stalls.length),
    last_15_min: (minute * (n + 3)) % 97,
    arrived: n * 20 < minute,
    waiting: stall.waiting === null ? null : (minute * 7 + n) % 23,
    quiet: (minute + n) % 11 === 0,
  }));
  const opens = first.as_of - 3_600_000;
  return {
    ...first,
    as_of: opens + minute * 60_000,
    version: first.version + minute,
    encounters: { total, scan: total - 3 * minute, staff: 3 * minute, paper: 0, pending_review: minute % 40, late: minute, corrected: minute % 7 },
    talks: minute,
    appeals: { raised: minute, settled_on_spot: minute >> 1, settled_by_unit: minute >> 1, confirmed: minute >> 2, overdue: minute % 9 },
    stalls,
    curve: Array.from({ length: Math.ceil(minute / 5) }, (_, n) => ({ at: opens + n * 300_000, n: 55 })),
    announcements: minute % 30 < 10 ? ['下雨了，摊位都在连廊里。'] : [],
    devices_missing: { devices: minute % 3, records: (minute % 3) * 17 },
    gauge: { inside: (minute * 13) % 1600, until: opens + minute * 60_000, capacity: 1500 },
  };
}

async function weight(page: Page) {
  const probe = await page.context().newCDPSession(page);
  await probe.send('HeapProfiler.collectGarbage');
  await probe.send('Performance.enable');
  const { metrics } = await probe.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((one) => one.name === name)!.value;
  const wasm = await page.evaluate(() => (Reflect.get(window, 'memory') as WebAssembly.Memory | undefined)?.buffer.byteLength ?? 0);
  await probe.detach();
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize'), wasm };
}

const opened = async (page: Page, demo: Addresses) => {
  await page.goto(demo.screen);
  await expect.poll(() => page.evaluate(() => (Reflect.get(window, 'feeds') as unknown[]).length)).toBe(1);
};

test('after eight hours the page is no larger than after the first', async ({ page, request, demo }) => {
  test.setTimeout(360_000);
  const first = await (await request.get(demo.counts)).json();
  await played(page);
  await page.clock.install();
  await opened(page, demo);
  const play = async (from: number, to: number) => {
    for (let minute = from; minute < to; minute++) {
      expect(await send(page, later(first, minute))).toBe(1);
      await page.clock.runFor(20_000);
      await send(page, later(first, minute));
      await page.clock.runFor(40_000);
    }
  };
  await play(1, 60);
  const morning = await weight(page);
  await play(60, 480);
  const evening = await weight(page);
  console.log(`after an hour ${JSON.stringify(morning)}, after eight ${JSON.stringify(evening)}`);
  await expect(page.locator('p.total')).toHaveText(String(479 * 11));
  expect(evening.nodes, 'nodes').toBeLessThanOrEqual(morning.nodes + 40);
  expect(evening.listeners, 'listeners').toBeLessThanOrEqual(morning.listeners);
  expect(evening.heap, 'heap').toBeLessThan(morning.heap + 1_000_000);
  expect(morning.wasm, 'memory of the wasm').toBeGreaterThan(0);
  expect(evening.wasm, 'memory of the wasm').toBeLessThanOrEqual(morning.wasm + 65_536);

  // What is measured tells: a page that kept one element and four thousand letters a minute would not have passed.
  await page.evaluate((minutes) => {
    const kept = Array.from({ length: minutes }, (_, n) => Object.assign(document.createElement('p'), { kept: `${n} `.repeat(2_000).split(' ') }));
    Reflect.set(window, 'kept', kept);
  }, 420);
  const grown = await weight(page);
  expect(grown.nodes).toBeGreaterThan(morning.nodes + 40);
  expect(grown.heap).toBeGreaterThan(morning.heap + 1_000_000);
});

test('a burst is one look a second, a dead feed says so, a hidden page rests', async ({ page, request, demo }) => {
  const first = await (await request.get(demo.counts)).json();
  await played(page);
  await page.clock.install();
  await opened(page, demo);
  const headline = page.locator('p.total');
  await send(page, later(first, 10));
  await expect(headline).toHaveText('110');
  for (const minute of [11, 12, 13]) await send(page, later(first, minute));
  expect(await headline.textContent()).toBe('110');
  await page.clock.runFor(1_500);
  await expect(headline).toHaveText('143');

  await expect(page.locator('.as-of')).toContainText('截至');
  await page.clock.runFor(12_000);
  await expect(page.locator('.as-of.stale')).toContainText('数据停在');
  await send(page, later(first, 14));
  await expect(page.locator('.as-of.stale')).toHaveCount(0);

  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, hidden);
  await hide(true);
  expect(await send(page, later(first, 15)), 'no feed while hidden').toBe(0);
  await page.clock.runFor(60_000);
  await hide(false);
  expect(await send(page, later(first, 16)), 'one again').toBe(1);
  await expect(headline).toHaveText('176');
});
