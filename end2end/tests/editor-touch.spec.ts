// Each tool of the map editor with a finger, on a phone.
import type { Page } from '@playwright/test';
import { back, centre, chosen, finger, metre, open, pixel, plate, row, saved, tool, undo } from '../setup/editor';
import { expect, test } from '../setup/story';

const phone = { tag: ['@phone', '@phone-only'] };

/** Chooses a stall by touching it on the map. */
async function touched(page: Page, no: string) {
  const hand = await finger(page);
  await hand.tap(await centre(plate(page, no).locator('.face')));
  await expect(chosen(page)).toHaveCount(1);
  return hand;
}

test('a touch chooses a stall, a handle as large as a thumb makes it wider', phone, async ({ page, demo, axe }) => {
  await open(page, demo);
  const hand = await touched(page, '14');
  const handle = page.locator('.handle.e rect');
  for (const side of ['e', 'w', 'n', 's', 'ne', 'se', 'sw', 'nw']) {
    const box = (await page.locator(`.handle.${side}`).boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  }
  await axe(page);
  const [from, scale] = [await centre(handle), await metre(page)];
  await hand.carry(from, { x: from.x + scale, y: from.y });
  await hand.lift();
  await page.getByRole('button', { name: /^14 号/ }).click();
  // A thumb on a whole square: a pixel is more than a tenth of a metre.
  await expect(page.getByLabel('宽')).toHaveValue(/^(3\.[89]|4\.[012])/);
  await page.getByRole('button', { name: /^14 号/ }).click();
  await back(page);
});

test('a finger turns a stall by its knob', phone, async ({ page, demo }) => {
  await open(page, demo);
  const hand = await touched(page, '14');
  const [knob, middle] = [await centre(page.locator('.knob.grip')), await centre(plate(page, '14').locator('.face'))];
  const arm = Math.hypot(knob.x - middle.x, knob.y - middle.y);
  await hand.carry(knob, { x: middle.x - arm, y: middle.y });
  await hand.lift();
  await page.getByRole('button', { name: /^14 号/ }).click();
  await expect(page.getByLabel('转角')).toHaveValue(/^(89|90)\./);
  await page.getByRole('button', { name: /^14 号/ }).click();
  await back(page);
});

test('a finger draws a band, places a stall, a row and an area, and measures', phone, async ({ page, demo, axe }) => {
  await open(page, demo);
  const hand = await finger(page);
  await hand.carry(await pixel(page, 1.5, 21.5), await pixel(page, 9, 16.6));
  await hand.lift();
  await expect(chosen(page)).toHaveCount(2);

  await tool(page, '摊位').click();
  await hand.tap(await pixel(page, 20, 8));
  await expect(page.locator('.plate')).toHaveCount(15);
  await undo(page).click();
  await expect(page.locator('.plate')).toHaveCount(14);

  await tool(page, '成排').click();
  await axe(page);
  await hand.carry(await pixel(page, 30, 15), await pixel(page, 37, 15));
  await expect(page.locator('.pill')).toContainText('2 个摊位');
  await hand.lift();
  await expect(page.locator('.plate')).toHaveCount(16);
  await undo(page).click();

  await tool(page, '铺满').click();
  await hand.carry(await pixel(page, 4, 35), await pixel(page, 22, 42));
  await expect(page.locator('.ghosts rect').first()).toBeVisible();
  await hand.lift();
  await expect(page.locator('.plate')).not.toHaveCount(14);
  await undo(page).click();
  await expect(page.locator('.plate')).toHaveCount(14);

  await tool(page, '量距').click();
  await hand.carry(await pixel(page, 10, 5), await pixel(page, 15, 5));
  await expect(page.locator('.pill')).toContainText(/^(4\.[89]|5\.[01])\d? m/);
  await hand.lift();
  await back(page);
});

test('snapping can be switched off on a phone', phone, async ({ page, demo }) => {
  await open(page, demo);
  const hand = await touched(page, '14');
  await page.getByRole('button', { name: /^吸附/ }).click();
  const [at, scale] = [await centre(plate(page, '14').locator('.face')), await metre(page)];
  await hand.carry(at, { x: at.x - scale * 1.33, y: at.y });
  await hand.lift();
  await saved(page);
  await page.getByRole('button', { name: /^14 号/ }).click();
  // What snaps stands on tenths of a metre.
  await expect(page.getByLabel('X', { exact: false }).first()).toHaveValue(/\.\d[1-9]$/);
  await page.getByRole('button', { name: /^14 号/ }).click();
  await page.getByRole('button', { name: /^吸附/ }).click();
  await back(page);
});

test('a long press on a stall duplicates it; two fingers pan and the whole comes back', phone, async ({ page, demo }) => {
  await open(page, demo);
  const hand = await finger(page);
  await hand.press(await centre(plate(page, '14').locator('.face')));
  await expect(page.getByRole('menu')).toBeVisible();
  await hand.lift();
  await page.getByRole('menuitem', { name: '复制', exact: true }).click();
  await expect(page.locator('.plate')).toHaveCount(15);
  const was = await pixel(page, 10, 10);
  await hand.press({ x: 120, y: 420 }, { x: 220, y: 420 });
  await hand.move({ x: 170, y: 470 }, { x: 270, y: 470 });
  await hand.lift();
  const is = await pixel(page, 10, 10);
  expect(is.x - was.x).toBeCloseTo(50, -1);
  expect(is.y - was.y).toBeCloseTo(50, -1);
  await back(page);
  expect(await row(page, '15').count()).toBe(0);
});
