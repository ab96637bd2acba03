// An organizer on a Saturday: the season, the map, the assignment, the screen, the bulletin.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test('the season leads to the live desk and every step opens', { tag: ['@phone'] }, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await axe(page);
  for (const name of ['live', 'layout', 'board', 'posters', 'appeals', 'bulletin']) {
    await page.goto(step(demo, name));
    await expect(page.locator('main')).toBeVisible();
    await axe(page);
  }
});

test('a stall is moved with the keyboard, saved, and moved back by undo', async ({ page, demo }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'layout') + '?plan=fair');
  const row = page.locator('section.stalls button', { hasText: '书记有约' });
  await row.click();
  const place = row.locator('.place');
  const before = await place.textContent();
  await page.keyboard.press('ArrowUp');
  await expect(place).not.toHaveText(before!);
  await expect(page.locator('.keeping')).toContainText('已存');
  const moved = await place.textContent();
  await page.reload();
  await expect(row.locator('.place')).toHaveText(moved!);

  await row.click();
  await page.keyboard.press('ArrowUp');
  await expect(place).not.toHaveText(moved!);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(place).toHaveText(moved!);
  await page.keyboard.press('ArrowDown');
  await expect(place).toHaveText(before!);
  await expect(page.locator('.keeping')).toContainText('已存');
});

test('a stall is dragged with the mouse and comes back by undo', async ({ page, demo }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'layout') + '?plan=fair');
  const row = page.locator('section.stalls button', { hasText: '网格有约' });
  const before = await row.locator('.place').textContent();
  const plate = page.locator('.plate', { hasText: '网格有约' });
  const box = (await plate.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 30, box.y + box.height / 2 - 20, { steps: 5 });
  await page.mouse.up();
  await expect(row.locator('.place')).not.toHaveText(before!);
  await page.getByRole('button', { name: '撤销' }).click();
  await expect(row.locator('.place')).toHaveText(before!);
  await expect(page.locator('.keeping')).toContainText('已存');
});

test('the screen shows a tap within a second and the bulletin prints it', async ({ page, visitor, request, demo, axe }) => {
  const total = async () => (await (await request.get(demo.counts)).json()).encounters.total as number;
  const before = await total();
  await page.goto(demo.screen);
  const headline = page.locator('p.total');
  await expect(headline).toHaveText(String(before));
  await axe(page);

  const resident = await visitor();
  await resident.goto(demo.stalls.find((one) => one.no === '7')!.url);
  await resident.getByRole('button', { name: '我被服务了' }).click();
  await expect(headline).not.toHaveText(String(before), { timeout: 2_000 });
  const shown = await total();
  await expect(headline).toHaveText(String(shown));

  const desk = await visitor();
  await signIn(desk, demo);
  await desk.goto(demo.bulletin);
  await expect(desk.locator('table td.figure').first()).toHaveText(String(await total()));
});

test('a committee looks and finds nothing to change', async ({ page, demo, axe }) => {
  await signIn(page, demo, demo.committee);
  await page.goto(step(demo, 'live'));
  await expect(page.getByRole('button', { name: /晴天位置|雨天位置/ })).toHaveCount(0);
  await axe(page);
});
