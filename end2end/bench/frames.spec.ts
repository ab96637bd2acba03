// How fluent the map editor is with 1,000 stalls: frames while one stall is dragged, and how long it takes to
// select all and to nudge them, beside what this browser does on this machine when nothing happens.
import type { Page } from '@playwright/test';
import { expect, test, type Addresses } from '../setup/story';
import { signIn } from '../setup/sign-in';

const STALLS = 1_000;
const ACROSS = 40;
const DRAG_MS = 5_000;
const IDLE_MS = 3_000;
/** A frame at 60 a second, in milliseconds. */
const FRAME = 1000 / 60;

/** The n-th stall: 40 across, 4 m from one to the next. Its id says when it was made, as all ids do. */
const stall = (n: number) => ({
  id: `01890000000070008000${n.toString(16).padStart(12, '0')}`,
  no: String(n + 1),
  zone: 'A',
  x: 6 + (n % ACROSS) * 4,
  y: 6 + Math.floor(n / ACROSS) * 4,
  w: 3,
  d: 2.5,
  angle: 0,
  facing: 270,
});

/** A new Saturday on a ground that is large enough, made with the form that organizers use. */
async function largeMarket(page: Page, demo: Addresses): Promise<string> {
  await page.goto(`${demo.base}/o/new`);
  await page.fill('#opens', '08:30');
  await page.fill('#closes', '12:00');
  await page.selectOption('#ground', '');
  await page.fill('#ground_title', '千摊广场');
  await page.fill('#width', '172');
  await page.fill('#depth', '112');
  await page.locator('main form button.primary').click();
  await page.waitForURL('**/layout**', { timeout: 30_000 });
  return page.url();
}

/** Saves the stalls with the editor's own call. */
async function fill(page: Page) {
  const market = await page.locator('#editor').getAttribute('data-market');
  const stalls = Array.from({ length: STALLS }, (_, n) => stall(n));
  const answer = await page.evaluate(
    async ([at, all]) => {
      const call = async (name: string, body: object) => {
        const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
        const answer = await fetch(`/api/call/layout/${name}`, sent);
        if (!answer.ok) throw new Error(`layout/${name}: ${answer.status} ${await answer.text()}`);
        return answer.json();
      };
      const { revision } = await call('load', { market: at, plan: 'fair' });
      const added = Object.fromEntries((all as { id: string }[]).map((one) => [one.id, one]));
      return call('save', { market: at, plan: 'fair', base: revision, diff: { added } });
    },
    [market, stalls] as const,
  );
  expect(answer).toHaveProperty('done');
}

/** Notes the time of every frame while something is done. */
async function frames(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const noted: number[] = [];
    const note = (at: number) => {
      noted.push(at);
      if (Reflect.get(window, 'noted') === noted) requestAnimationFrame(note);
    };
    Reflect.set(window, 'noted', noted);
    requestAnimationFrame(note);
  });
  await act();
  const noted = await page.evaluate(() => {
    const noted = Reflect.get(window, 'noted') as number[];
    Reflect.set(window, 'noted', undefined);
    return noted;
  });
  return noted.slice(1).map((at, n) => at - noted[n]);
}

const share = (of: number[], part: number) => [...of].sort((a, b) => a - b)[Math.floor((of.length - 1) * part)];
const ms = (time: number) => `${time.toFixed(1)} ms`;

function told(what: string, times: number[]): string {
  const dropped = times.reduce((sum, time) => sum + Math.max(0, Math.round(time / FRAME) - 1), 0);
  const whole = times.length + dropped;
  return `${what}: frame median ${ms(share(times, 0.5))}, 95 % ${ms(share(times, 0.95))}, longest ${ms(Math.max(...times))}, ` +
    `dropped ${dropped} of ${whole}`;
}

/** Milliseconds from a key to the picture after it, and how much of that the page's own code takes. */
async function keyed(page: Page, key: string): Promise<{ code: number; picture: number }> {
  await page.evaluate(() => {
    const seen = new Promise((done) => {
      const down = () => {
        const from = performance.now();
        removeEventListener('keydown', down, true);
        const { port1, port2 } = new MessageChannel();
        let code = 0;
        queueMicrotask(() => setTimeout(() => (code ||= performance.now() - from), 0));
        port1.onmessage = () => done({ code: code || performance.now() - from, picture: performance.now() - from });
        requestAnimationFrame(() => port2.postMessage(0));
      };
      addEventListener('keydown', down, true);
    });
    Reflect.set(window, 'seen', seen);
  });
  await page.keyboard.press(key);
  return page.evaluate(() => Reflect.get(window, 'seen') as Promise<{ code: number; picture: number }>);
}

test('a thousand stalls', async ({ page, demo }) => {
  await signIn(page, demo);
  const address = await largeMarket(page, demo);
  await fill(page);
  const from = Date.now();
  await page.goto(address);
  await expect(page.locator('.plate')).toHaveCount(STALLS, { timeout: 120_000 });
  console.log(`the editor shows ${STALLS} stalls after ${Date.now() - from} ms`);
  await page.waitForTimeout(2_000);

  const idle = await frames(page, () => page.waitForTimeout(IDLE_MS));
  console.log(told('idle', idle));

  const dragged = page.locator(`.plate[data-stall="${stall(Math.floor(STALLS / 2) + ACROSS / 2).id}"]`);
  const box = await dragged.boundingBox();
  if (!box) throw new Error('the stall to drag is not to be seen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const was = await dragged.getAttribute('transform');
  await page.mouse.move(x, y);
  await page.mouse.down();
  const moving = await frames(page, async () => {
    const until = Date.now() + DRAG_MS;
    for (let step = 0; Date.now() < until; step++) {
      await page.mouse.move(x + 60 * Math.sin(step / 20), y + 40 * Math.sin(step / 13));
    }
  });
  expect(await dragged.getAttribute('transform'), 'the stall follows').not.toBe(was);
  await page.mouse.up();
  console.log(told('dragging one stall', moving));
  console.log(`dragging takes ${(share(moving, 0.5) / share(idle, 0.5)).toFixed(2)} times the idle frame (median)`);
  await page.waitForTimeout(2_000);

  const all = await keyed(page, 'Control+a');
  await page.waitForTimeout(1_000);
  const chosen = await page.locator('.stalls [aria-pressed="true"]').count();
  if (chosen !== STALLS) {
    console.log(`Control+A selects ${chosen} of ${STALLS} stalls: nothing to nudge`);
    return;
  }
  console.log(`select all: ${ms(all.code)} of code, ${ms(all.picture)} to the picture`);
  const nudges = [];
  for (let n = 0; n < 7; n++) {
    nudges.push(await keyed(page, n % 2 ? 'ArrowLeft' : 'ArrowRight'));
    await page.waitForTimeout(1_500);
  }
  const middle = (of: 'code' | 'picture') => ms(share(nudges.map((one) => one[of]), 0.5));
  console.log(`nudge ${STALLS} stalls: ${middle('code')} of code, ${middle('picture')} to the picture (median of ${nudges.length})`);
});
