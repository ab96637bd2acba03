// The map editor: by finger, by keyboard, and with somebody else at the same time.
import type { Page } from '@playwright/test';
import { back, change, drag, metre, open, place, plate, row, saved, undo } from '../setup/editor';
import { expect, test } from '../setup/story';

test('a stall dragged onto the fire lane is told by how much, and one verb brings it back', async ({ page, demo, axe }) => {
  await open(page, demo);
  await expect(page.locator('.checks li.error')).toHaveCount(0);
  await drag(page, '12', 1.0, 0);
  await expect(page.locator('.pill')).toContainText('压住消防通道 0.60 m');
  await page.mouse.up();
  await saved(page);
  await expect(page.locator('.checks li.error')).toContainText('12 压住消防通道 0.60 m');
  await expect(page.locator('.checks li.error')).toContainText('通道净宽 3.40 m，规定 ≥ 4.00 m');
  // The strip that lies on the lane: 0.6 m of the stall's width.
  const strip = await page.locator('.patches').evaluate((path: SVGPathElement) => path.getBBox().width);
  expect(strip / (await metre(page))).toBeCloseTo(0.6, 1);
  await axe(page);

  await page.locator('.checks li.error .fix').click();
  await expect(page.locator('.checks li.error')).toHaveCount(0);
  expect(await place(page, '12')).toBe('36.0, 11.0');
  await page.getByRole('button', { name: '撤销' }).click();
  expect(await place(page, '12')).toBe('36.6, 11.0');
  await page.getByRole('button', { name: '撤销' }).click();
  expect(await place(page, '12')).toBe('35.6, 11.0');
  await page.getByRole('button', { name: '重做' }).click();
  expect(await place(page, '12')).toBe('36.6, 11.0');
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(page.getByRole('button', { name: '撤销' })).toBeDisabled();
  await saved(page);
});

test('what lies outside its zone is painted, and what lies inside is not', async ({ page, demo }) => {
  await open(page, demo);
  await drag(page, '1', -4, 0);
  await page.mouse.up();
  await expect(page.locator('.checks li.error')).toContainText('1 伸出场地');
  const painted = await page.locator('.patches path').evaluate((path: SVGPathElement) => {
    const { x, y, width, height } = path.getBBox();
    const at = (share: number) => path.isPointInFill(new DOMPoint(x + width * share, y + height / 2));
    return [at(0.02), at(0.98)];
  });
  expect(painted).toEqual([true, false]);
  await back(page);
});

test('only the dragged stall changes while it is dragged', async ({ page, demo }) => {
  await open(page, demo);
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    const watch = new MutationObserver((all) => all.forEach((one) => seen.add((one.target as Element).getAttribute?.('data-stall') ?? '')));
    document.querySelectorAll('.plate').forEach((node) => watch.observe(node, { attributes: true, childList: true, subtree: true }));
  });
  await drag(page, '8', 0.5, 0.5);
  const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  expect(seen).toEqual([await plate(page, '8').getAttribute('data-stall')]);
  // Escape lets go without moving anything.
  const was = await place(page, '8');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await place(page, '8')).toBe(was);
  await expect(page.getByRole('button', { name: '撤销' })).toBeDisabled();
});

test('every move is possible without a pointer, and it is still there the next time', async ({ page, demo }) => {
  await open(page, demo, 'rain');
  await row(page, '11').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.inspector .no')).toHaveText('11');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await saved(page);
  expect(await place(page, '11')).toBe('45.9, 35.4');
  await page.getByLabel('X', { exact: false }).first().fill('44.80');
  await page.keyboard.press('Tab');
  expect(await place(page, '11')).toBe('44.8, 35.4');
  await page.getByLabel('转角').fill('90');
  await page.keyboard.press('Tab');
  await saved(page);
  await page.reload();
  await expect(page.locator('.plate')).toHaveCount(14);
  await row(page, '11').click();
  await expect(page.getByLabel('转角')).toHaveValue('90.00');
  await page.getByLabel('转角').fill('0');
  await page.keyboard.press('Tab');
  await saved(page);
});

test('a new stall gets the next number and goes again with undo', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '14').click();
  await page.keyboard.press('Control+d');
  await expect(page.locator('.plate')).toHaveCount(15);
  await expect(page.locator('.inspector .no')).toHaveText('15');
  await expect(page.locator('.inspector .who h2')).toHaveText('单位待定');
  await saved(page);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.plate')).toHaveCount(14);
  await saved(page);
});

test('the other plan is in sight: which is in force, where a stall stands there, which numbers are taken', async ({ page, demo }) => {
  await open(page, demo, 'rain');
  await expect(page.locator('.weather a', { hasText: '雨' })).toContainText('现用'); // it rained on 13 May
  await expect(page.locator('.weather a', { hasText: '晴' })).not.toContainText('现用');
  await row(page, '14').click();
  await expect(page.locator('.inspector .pair', { hasText: '晴天对应位' })).toContainText('14 号');
  await change(page, () => page.keyboard.press('Control+d'));
  await expect(page.locator('.inspector .no')).toHaveText('15');

  await open(page, demo);
  await row(page, '14').click();
  await expect(page.locator('.inspector .pair', { hasText: '雨天对应位' })).toContainText('连廊 14 号');
  await change(page, () => page.keyboard.press('Control+d'));
  await expect(page.locator('.inspector .no')).toHaveText('16'); // 15 stands in the rain plan
  await expect(page.locator('.inspector .pair', { hasText: '雨天对应位' })).toContainText('没有');
  await page.getByLabel('编号').fill('15');
  await page.keyboard.press('Tab');
  await expect(page.locator('.question')).toContainText('编号');
  await expect(page.locator('.inspector .no')).toHaveText('16');
  await back(page);

  await page.goto(`${demo.base}/o/m/${demo.market.split('/').pop()}/layout?plan=rain`);
  await row(page, '15').click();
  await change(page, () => page.keyboard.press('Delete'));
});

test('a stall that a unit stands at cannot be taken away', async ({ page, demo }) => {
  await open(page, demo);
  await row(page, '1').click();
  await page.keyboard.press('Delete');
  await expect(page.locator('.question')).toContainText('1 号有已排单位');
  await expect(page.locator('.plate')).toHaveCount(14);
});

/** Hears of nobody else, so that both change what the other one has not seen. */
const deaf = (page: Page) =>
  page.route('**/api/call/layout/presence', (route) =>
    route.fulfill({ json: { revision: 0, version: 0, others: [] } }),
  );

test('what another organizer has chosen is framed, and what they save arrives', async ({ page, visitor, demo, axe }) => {
  await open(page, demo);
  const other = await visitor();
  await open(other, demo);
  await row(other, '6').click();
  await change(other, () => other.keyboard.press('ArrowDown'));
  await expect(page.locator('.theirs rect')).toHaveCount(1, { timeout: 15_000 });
  await expect(page.locator('.others li').filter({ hasText: '选中 6' })).toHaveCount(1);
  await expect(row(page, '6').locator('.place')).toHaveText(await place(other, '6'), { timeout: 15_000 });
  await axe(page);
  await change(other, () => other.getByRole('button', { name: '撤销' }).click());
  await expect(row(page, '6').locator('.place')).toHaveText(await place(other, '6'), { timeout: 15_000 });
  await expect(page.getByRole('button', { name: '撤销' })).toBeDisabled(); // theirs is not mine to undo
  await other.close();
});

test('two organizers on one stall: the later one chooses', async ({ page, visitor, demo }) => {
  await deaf(page);
  await open(page, demo);
  const other = await visitor();
  await deaf(other);
  await open(other, demo);
  const before = await place(page, '6');

  const press = (on: Page, no: string, key: string) =>
    change(on, async () => {
      if ((await row(on, no).getAttribute('aria-pressed')) !== 'true') await row(on, no).click();
      await on.keyboard.press(key);
    });
  await press(other, '6', 'ArrowUp');
  await press(other, '2', 'ArrowUp');

  // Another stall merges, the same one asks.
  await press(page, '5', 'ArrowDown');
  await saved(page);
  expect(await place(page, '2')).toBe(await place(other, '2'));
  await press(page, '5', 'ArrowUp');

  await press(other, '6', 'ArrowUp');
  await press(page, '6', 'ArrowLeft');
  await expect(page.locator('.question')).toContainText('别人刚改过同一个摊位：6');
  await expect(page.locator('.question li')).toHaveText(/^6 · 我的：位置 [\d., m]+ · 对方：位置 [\d., m]+$/);
  expect(await place(page, '6')).toBe(await place(other, '6'));
  await page.getByRole('button', { name: '用对方的' }).click();
  await expect(page.locator('.question')).toHaveCount(0);
  expect(await place(page, '6')).toBe(await place(other, '6'));

  await press(other, '6', 'ArrowUp');
  await press(page, '6', 'ArrowLeft');
  await change(page, () => page.getByRole('button', { name: '用我的盖上去' }).click());
  await saved(page);
  expect((await place(page, '6')).split(',')[0]).not.toBe(before.split(',')[0]);
});

test('a number that another organizer took meanwhile goes back alone', async ({ page, visitor, demo, axe }) => {
  await deaf(page);
  await open(page, demo);
  const other = await visitor();
  await deaf(other);
  await open(other, demo, 'rain');
  await row(other, '14').click();
  await change(other, () => other.keyboard.press('Control+d'));
  await expect(other.locator('.inspector .no')).toHaveText('15');

  // The number and another stall's place go in one save.
  await row(page, '14').click();
  await page.getByLabel('编号').fill('15');
  await page.keyboard.press('Tab');
  await row(page, '7').click();
  const seven = await place(page, '7');
  await change(page, () => page.keyboard.press('ArrowDown'));
  await expect(page.locator('.question')).toHaveText(/^15 号刚被另一张图的摊位用了，现在改成 14 号；其余改动都在，照样保存。/);
  await expect(row(page, '14')).toHaveCount(1);
  await saved(page);
  await axe(page);
  await page.reload();
  await expect(row(page, '7').locator('.place')).not.toHaveText(seven);
  await row(page, '7').click();
  await change(page, () => page.keyboard.press('ArrowUp'));
  await change(other, () => other.getByRole('button', { name: '撤销' }).click());
  await other.close();
});

test('of several stalls only the one that somebody else changed is asked about', async ({ page, visitor, demo, axe }) => {
  await deaf(page);
  await open(page, demo);
  const other = await visitor();
  await deaf(other);
  await open(other, demo);
  await row(other, '6').click();
  await change(other, () => other.keyboard.press('ArrowUp'));

  const seven = await place(page, '7');
  await row(page, '6').click();
  await row(page, '7').click({ modifiers: ['Shift'] });
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.question li')).toHaveCount(1);
  await expect(page.locator('.question')).toContainText('别人刚改过同一个摊位：6');
  await axe(page);
  await saved(page);
  const moved = await place(page, '7');
  expect(moved).not.toBe(seven);
  expect(await place(page, '6')).toBe(await place(other, '6'));

  // The other one sees it; my undo takes back 7 and leaves 6 to them.
  await row(other, '8').click();
  await change(other, () => other.keyboard.press('ArrowUp'));
  await expect(row(other, '7').locator('.place')).toHaveText(moved);
  await page.getByRole('button', { name: '用对方的' }).click();
  await undo(page).click();
  await expect(page.locator('.question')).toContainText('6 号别人后来改过');
  await page.getByRole('button', { name: '撤销其余的' }).click();
  await expect(row(page, '7').locator('.place')).toHaveText(seven);
  await saved(page);
});

test('on a phone one finger drags a stall and two zoom', { tag: ['@phone', '@phone-only'] }, async ({ page, demo, axe }) => {
  await open(page, demo);
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  const client = await page.context().newCDPSession(page);
  const touch = (type: string, points: { x: number; y: number }[]) =>
    client.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: points });
  await page.getByRole('button', { name: /^清单/ }).click();
  await axe(page);
  await row(page, '14').click();
  await expect(page.locator('.stalls')).toBeHidden();
  // A slow machine may still be drawing: where the ring is counts only once it stays there.
  const seen = () => page.locator('.frame .ring').boundingBox();
  await expect
    .poll(async () => {
      const before = JSON.stringify(await seen());
      await page.waitForTimeout(150);
      return before === JSON.stringify(await seen());
    })
    .toBe(true);
  const ring = await seen();
  if (!ring) throw new Error('nothing is selected');
  const [x, y] = [ring.x + ring.width / 2, ring.y + ring.height / 2];
  const scale = await metre(page);
  const was = await place(page, '14');
  await touch('touchStart', [{ x, y }]);
  for (let step = 1; step <= 4; step++) await touch('touchMove', [{ x: x - (scale * step) / 2, y }]);
  await touch('touchEnd', []);
  await saved(page);
  expect(Number((await place(page, '14')).split(',')[0])).toBeCloseTo(Number(was.split(',')[0]) - 2, 0);
  await page.getByRole('button', { name: '撤销' }).click();
  expect(await place(page, '14')).toBe(was);

  // A finger that rests on a stall opens its menu.
  await touch('touchStart', [{ x: x, y }]);
  await expect(page.getByRole('menu')).toBeVisible();
  await touch('touchEnd', []);
  await page.getByRole('menuitem', { name: '转 90°' }).click();
  await page.getByRole('button', { name: /^14 号/ }).click();
  await expect(page.getByLabel('转角')).toHaveValue('90.00');
  await axe(page);
  await page.getByRole('button', { name: /^14 号/ }).click();
  await page.getByRole('button', { name: '撤销' }).click();
  await saved(page);

  await touch('touchStart', [{ x: 150, y: 450 }, { x: 250, y: 450 }]);
  await touch('touchMove', [{ x: 100, y: 450 }, { x: 300, y: 450 }]);
  await touch('touchEnd', []);
  expect(await metre(page)).toBeGreaterThan(scale * 1.7);
});
