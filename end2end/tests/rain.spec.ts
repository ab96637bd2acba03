// It rains in the middle of a market: one click, every page shows the new places, and nothing is printed again but
// what changed. The demo's market begins under the roof of the corridor.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test('one click moves everybody, and a resident reads where to go', { tag: ['@phone'] }, async ({ page, visitor, demo, axe }) => {
  const resident = await visitor();
  const twelve = demo.stalls.find((one) => one.no === '12')!.url;
  await signIn(page, demo);
  await page.goto(step(demo, 'live'));
  await page.getByRole('button', { name: '改回晴天位置' }).click();
  await expect(page.getByText('现在用晴天位置')).toBeVisible();
  await resident.goto(twelve);
  await expect(resident.locator('.moved')).toHaveCount(0);
  await resident.goto(demo.market);
  await expect(resident.locator('.moved')).toContainText('雨停了');
  await axe(resident);

  await page.getByRole('link', { name: '雨天预案' }).first().click();
  await expect(page.locator('h1')).toHaveText('雨天预案');
  await axe(page);
  await page.getByRole('button', { name: '下雨了，改到雨天位置' }).click();
  await expect(page.locator('.said')).toContainText('切换好了');
  await axe(page);
  await resident.goto(twelve);
  await expect(resident.locator('.moved')).toContainText('下雨了，12号摊移到了连廊东侧');
  await expect(resident.getByRole('button', { name: '我被服务了' })).toBeVisible();
  await axe(resident);
  await resident.goto(demo.market);
  await expect(resident.locator('.moved')).toContainText('摊位都移到了连廊');
  await axe(resident);
});

test('a resident without a script reads the new place', { tag: ['@noscript-only', '@noscript'] }, async ({ page, demo }) => {
  await page.goto(demo.stalls.find((one) => one.no === '1')!.url);
  await expect(page.locator('.moved')).toContainText('下雨了，1号摊移到了连廊西侧');
});

test('the change list names every stall in both places', { tag: ['@phone'] }, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'rain'));
  const rows = page.locator('table.twins tbody tr');
  await expect(rows).toHaveCount(14);
  await expect(rows.first()).toContainText('诗园小广场');
  await expect(rows.first()).toContainText('连廊');
  await expect(rows.first()).toContainText('米');
  await page.getByRole('button', { name: '重新配对，少走路' }).click();
  await expect(page.locator('.preview')).toContainText('还没有存');
  await axe(page);
  await page.getByRole('link', { name: '不要了' }).click();
  await expect(page.locator('.preview')).toHaveCount(0);
});

test('only what changed is printed again', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'posters/print') + '?changed=1');
  await expect(page.locator('article.poster')).toHaveCount(14);
  await page.getByRole('button', { name: '印好了，记下' }).click();
  await expect(page.locator('.print-again')).toContainText('海报不用重印');
  await page.locator('.print-again').getByRole('link', { name: '去打印' }).click();
  await expect(page.locator('article.place')).toHaveCount(14);
  await expect(page.locator('article.place').first()).toContainText('已移到');
  await axe(page);
  await page.getByRole('button', { name: '印好了，记下' }).click();
  await expect(page.locator('.print-again')).toContainText('位置牌都是新的');
});
