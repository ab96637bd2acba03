// Many stalls at once: a row, a filled area, and a whole ground that is arranged.
import { back, carry, open, pixel, place, plate, row, tool, undo } from '../setup/editor';
import { expect, test } from '../setup/story';

test('a row is drawn from its first stall to its last, or typed', async ({ page, demo, axe }) => {
  await open(page, demo);
  await page.keyboard.press('r');
  await axe(page);
  await carry(page, await pixel(page, 30, 15), await pixel(page, 37, 15));
  await expect(page.locator('.ghosts rect')).toHaveCount(2);
  await expect(page.locator('.pill')).toContainText('2 个摊位');
  await page.mouse.up();
  await expect(page.locator('.plate')).toHaveCount(16);
  await expect(plate(page, '16')).toHaveCount(1);
  await expect(tool(page, '选择')).toHaveAttribute('aria-pressed', 'true');
  await back(page);
  await expect(page.locator('.plate')).toHaveCount(14);

  await page.keyboard.press('r');
  await page.locator('.brush summary').click();
  await page.getByLabel('X', { exact: true }).first().fill('10');
  await page.getByLabel('Y', { exact: true }).first().fill('3');
  await page.getByLabel('X₂').fill('17');
  await page.getByLabel('Y₂').fill('3');
  await page.getByRole('button', { name: '排上' }).click();
  await expect(page.locator('.plate')).toHaveCount(16);
  expect(await place(page, '15')).toBe('11.5, 3.0');
  await back(page);
});

test('a rectangle is filled and nothing in it is overlapped', async ({ page, demo }) => {
  await open(page, demo);
  await page.keyboard.press('f');
  await carry(page, await pixel(page, 24, 3.2), await pixel(page, 37, 16));
  await expect(page.locator('.ghosts rect').first()).toBeVisible();
  await page.mouse.up();
  await expect(page.locator('.plate')).not.toHaveCount(14);
  await expect(page.locator('.checks li', { hasText: '互相重叠' })).toHaveCount(0);
  await back(page);
  await expect(page.locator('.plate')).toHaveCount(14);
});

test('a ground is arranged: looked at first, done as one step, taken back by one undo', async ({ page, demo, axe }) => {
  await open(page, demo);
  const was = await place(page, '1');
  await page.getByRole('button', { name: '替我排' }).click();
  await page.getByRole('button', { name: '先看看' }).click();
  const told = await page.locator('.arrange [role=status]').innerText();
  const count = Number(/排 (\d+) 个/.exec(told)?.[1]);
  expect(count).toBeGreaterThan(14);
  await expect(page.locator('.ghosts rect')).toHaveCount(count);
  await axe(page);
  expect(await place(page, '1')).toBe(was);
  await page.getByRole('button', { name: '就这样排' }).click();
  await expect(page.locator('.plate')).toHaveCount(count);
  for (const no of ['1', '7', '14']) await expect(row(page, no)).toHaveCount(1);
  await expect(page.locator('.checks .badge.error')).toHaveCount(0);
  await undo(page).click();
  await expect(page.locator('.plate')).toHaveCount(14);
  expect(await place(page, '1')).toBe(was);
  await back(page);
});
