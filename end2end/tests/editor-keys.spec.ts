// The map editor without a pointer: its menu, the map itself, a whole area.
import { back, metre, open, pixel, plate, row, tool } from '../setup/editor';
import { expect, test } from '../setup/story';

test('the menu is opened, gone through and left by keys', async ({ page, demo, axe }) => {
  await open(page, demo);
  await row(page, '14').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: '转 90°' })).toBeFocused();
  await axe(page);
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: '复制', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.plate')).toHaveCount(15);
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(page.locator('svg.sheet')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.locator('.plate')).toHaveCount(14);
  await back(page);
});

test('arrows move the map while nothing is chosen; plus, minus and 0 bring it nearer and whole', async ({ page, demo }) => {
  await open(page, demo);
  await page.locator('svg.sheet').focus();
  const [was, scale] = [await pixel(page, 10, 10), await metre(page)];
  await page.keyboard.press('ArrowRight');
  expect((await pixel(page, 10, 10)).x).toBeCloseTo(was.x - 60, 0);
  await page.keyboard.press('+');
  expect((await metre(page)) / scale).toBeCloseTo(1.25, 2);
  await page.keyboard.press('0');
  expect(await metre(page)).toBeCloseTo(scale, 2);
  expect((await pixel(page, 10, 10)).x).toBeCloseTo(was.x, 0);
});

test('an area is filled from its button, a row from typed ends, both without a pointer', async ({ page, demo }) => {
  await open(page, demo);
  await page.keyboard.press('f');
  await expect(tool(page, '铺满')).toHaveAttribute('aria-pressed', 'true');
  await page.locator('.brush').getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.plate')).not.toHaveCount(14);
  await expect(page.locator('.checks li', { hasText: '互相重叠' })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.locator('.plate')).toHaveCount(14);
  await expect(plate(page, '14')).toHaveCount(1);
  await back(page);
});
