// Opening the map editor and putting a hand on its map.
import { expect, type Locator, type Page } from '@playwright/test';
import { signIn } from './sign-in';
import type { Addresses } from './story';

export async function open(page: Page, demo: Addresses, plan = 'fair') {
  await signIn(page, demo);
  const market = demo.market.split('/').pop();
  await page.goto(`${demo.base}/o/m/${market}/layout?plan=${plan}`);
  await expect(page.locator('.plate')).toHaveCount(14);
}

const exactly = (no: string) => new RegExp(`^${no}$`);
export const plate = (page: Page, no: string) => page.locator('.plate').filter({ has: page.locator('.no', { hasText: exactly(no) }) });
export const row = (page: Page, no: string) => page.locator('.stalls li button').filter({ has: page.locator('strong', { hasText: exactly(no) }) });
export const place = async (page: Page, no: string) => ((await row(page, no).locator('.place').textContent()) ?? '').trim();
export const saved = (page: Page) => expect(page.locator('.keeping')).toContainText('已存');
export const tool = (page: Page, name: string) => page.locator('.toolbox').getByRole('button', { name });
export const undo = (page: Page) => page.locator('.editor-bar').getByRole('button', { name: '撤销' });
export const chosen = (page: Page) => page.locator('.plate.chosen');

/** Takes back whatever this story has done, so that the next one finds the map as it was. */
export async function back(page: Page) {
  while (await undo(page).isEnabled()) await undo(page).click();
  await saved(page);
}

/** Does something and waits until the server has answered the save it leads to. */
export const change = async (page: Page, act: () => Promise<unknown>) => {
  await Promise.all([page.waitForResponse('**/api/call/layout/save'), act()]);
};

/** So many pixels are a metre on this canvas now. */
export const metre = (page: Page) => page.locator('svg.sheet').evaluate((svg: SVGSVGElement) => (svg.getScreenCTM()?.a ?? 1) * 20);

/** The pixel of the page over a place on the ground. */
export const pixel = (page: Page, east: number, north: number) =>
  page.locator('svg.sheet').evaluate(
    (svg: SVGSVGElement, [x, y]) => {
      const at = new DOMPoint(x * 20, -y * 20).matrixTransform(svg.getScreenCTM()!);
      return { x: at.x, y: at.y };
    },
    [east, north],
  );

/** Presses the mouse at one place of the page and takes it to another, without letting go. */
export async function carry(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 5; step++) {
    await page.mouse.move(from.x + ((to.x - from.x) * step) / 5, from.y + ((to.y - from.y) * step) / 5);
  }
}

/** The middle of a stall on the page. */
export async function middle(page: Page, no: string) {
  const box = await plate(page, no).locator('.face').boundingBox();
  if (!box) throw new Error(`stall ${no} is not to be seen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags a stall so many metres, without letting go. */
export async function drag(page: Page, no: string, east: number, north: number) {
  const [at, scale] = [await middle(page, no), await metre(page)];
  await carry(page, at, { x: at.x + east * scale, y: at.y - north * scale });
}

type Place = { x: number; y: number };

/** A finger on the glass, as the browser hears it. */
export async function finger(page: Page) {
  const client = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints });
  const press = (...at: Place[]) => send('touchStart', at);
  const lift = () => send('touchEnd', []);
  return {
    press,
    move: (...to: Place[]) => send('touchMove', to),
    lift,
    /** Touches and lets go at once. */
    tap: async (at: Place) => {
      await press(at);
      await lift();
    },
    /** From one place to another without letting go. */
    carry: async (from: Place, to: Place) => {
      await press(from);
      for (let step = 1; step <= 5; step++) {
        await send('touchMove', [{ x: from.x + ((to.x - from.x) * step) / 5, y: from.y + ((to.y - from.y) * step) / 5 }]);
      }
    },
  };
}

/** The middle of what is found. */
export async function centre(found: Locator): Promise<Place> {
  const box = await found.boundingBox();
  if (!box) throw new Error('it is not to be seen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
