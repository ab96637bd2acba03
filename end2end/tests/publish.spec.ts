// Publishing a map: refused while something is wrong, then done; an earlier version comes back; residents see
// only what was published, find a stall without a script and learn where they are.
import type { Page } from '@playwright/test';
import { type Addresses, expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

const row = (page: Page, no: string) =>
  page.locator('.stalls li button').filter({ has: page.locator('strong', { hasText: new RegExp(`^${no}$`) }) });

/** Does something and waits until the server has stored what it led to. */
const change = async (page: Page, act: () => Promise<unknown>) => {
  await Promise.all([page.waitForResponse('**/api/call/layout/save'), act()]);
};

/** Lays the map as it was at first and publishes it, whatever stories before this one did; answers its number. */
const asAtFirst = async (page: Page, demo: Addresses): Promise<number> => {
  await page.goto(`${step(demo, 'layout')}/versions?plan=fair&version=1`);
  const back = page.getByRole('button', { name: '恢复到草稿' });
  if (await back.count()) await back.click();
  const go = page.getByRole('button', { name: '发布' });
  if (await go.isEnabled()) await go.click();
  const standing = page.locator('.standing');
  await expect(standing).toContainText('已发布');
  return Number(/第 (\d+) 版/.exec((await standing.textContent()) ?? '')?.[1]);
};

/** Opens the editor and moves stall 12 by so many metres. */
const move12 = async (page: Page, demo: Addresses, metres: number) => {
  await page.goto(`${step(demo, 'layout')}?plan=fair`);
  await row(page, '12').click();
  const key = metres > 0 ? 'Shift+ArrowRight' : 'Shift+ArrowLeft';
  for (let metre = 0; metre < Math.abs(metres); metre++) await change(page, () => page.keyboard.press(key));
};

test('a map with an error is not published; put right, residents see it', async ({ page, demo, axe, visitor }) => {
  await signIn(page, demo);
  const now = await asAtFirst(page, demo);
  const [standing, go] = [page.locator('.standing'), page.locator('.publish .go')];
  await page.goto(`${step(demo, 'layout')}?plan=fair`);
  await expect(standing).toContainText(`已发布 · 第 ${now} 版`);
  await expect(go).toBeDisabled();

  await move12(page, demo, 2);
  await expect(go).toContainText('发布 · 还差 1 处');
  await expect(standing).toContainText(`草稿 · 第 ${now + 1} 版`);
  await go.click();
  await expect(page.locator('.publish .notice')).toContainText('还不能发布：12 压住消防通道');
  await axe(page);
  await page.locator('.publish .notice button').click();

  await move12(page, demo, -4);
  await expect(go).toHaveText('发布');
  await go.click();
  await expect(page.locator('.publish .notice')).toContainText(`第 ${now + 1} 版已发布`);
  await expect(standing).toContainText(`已发布 · 第 ${now + 1} 版`);

  const somebody = await visitor();
  await somebody.goto(demo.market);
  await expect(somebody.locator('.map .plate')).toHaveCount(14);
});

test('an earlier version is compared, brought back, and the bringing back undone', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  const now = await asAtFirst(page, demo);
  await move12(page, demo, -2);
  await page.goto(`${step(demo, 'layout')}/versions?plan=fair`);
  await page.getByRole('button', { name: '发布' }).click();
  await expect(page.locator('.told')).toContainText(`第 ${now + 1} 版已发布`);

  await page.getByRole('link', { name: '第 1 版 与草稿比' }).click();
  await expect(page.locator('.difference .lines')).toContainText('12 号 移动 2.00 m');
  await expect(page.locator('.difference .ghost')).toHaveCount(1);
  await expect(page.locator('.difference .arrow')).toHaveCount(1);
  await axe(page);
  await page.getByRole('button', { name: '恢复到草稿' }).click();
  await expect(page.locator('.told')).toContainText('已恢复到草稿');
  await expect(page.locator('.standing')).toContainText(`草稿 · 第 ${now + 2} 版`);
  await page.getByRole('button', { name: '撤销恢复' }).click();
  await expect(page.locator('.told')).toContainText('已撤销');
  await expect(page.locator('.standing')).toContainText(`已发布 · 第 ${now + 1} 版`);
  await asAtFirst(page, demo); // for the stories after this one
});

test.describe('files', () => {
  test.use({ expected: [/422/] }); // of the file that is none

  test('a map goes out as a file and comes back; a file that is none changes nothing', async ({ page, demo }) => {
    await signIn(page, demo);
    await page.goto(`${step(demo, 'layout')}/versions?plan=rain`);
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'JSON' }).click()]);
    const file = await saved.path();
    await page.getByLabel('摊位图文件').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{') });
    await page.getByRole('button', { name: '导入' }).click();
    await expect(page.locator('.told')).toContainText('这个文件读不懂');
    await page.getByLabel('摊位图文件').setInputFiles(file);
    await page.getByRole('button', { name: '导入' }).click();
    await expect(page.locator('.told')).toContainText('没有要改的');
    const sheet = await page.request.get(`${step(demo, 'layout')}/rain.pdf`);
    expect(sheet.headers()['content-type']).toBe('application/pdf');
    expect((await sheet.body()).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

test('the sheet fills an A3 page in the browser', async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(`${step(demo, 'layout')}/print?plan=rain`);
  const sheet = page.getByRole('img');
  await expect(sheet).toBeVisible();
  expect(await sheet.evaluate((img: HTMLImageElement) => img.naturalWidth / img.naturalHeight)).toBeCloseTo(420 / 297, 1);
  await axe(page);
});

const phones = { tag: ['@phone-only', '@phone', '@noscript'] };

test('the public map is searched and says where one stands', phones, async ({ page, demo, axe }) => {
  await page.goto(demo.stalls.find((one) => one.no === '6')!.url);
  await page.getByRole('link', { name: '看地图' }).click();
  await expect(page.getByRole('heading', { name: /您在 6 号/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /您在 6 号/ })).toContainText('最近的入口');
  await expect(page.locator('.here-mark')).toHaveCount(1);
  await expect(page.getByRole('region', { name: '急救', exact: true })).toContainText('AED');
  await axe(page);
  await page.getByLabel('找摊位、找服务').fill('书记有约');
  await page.getByRole('button', { name: '查找' }).click();
  await expect(page.locator('.stalls li')).toHaveCount(1);
  await page.getByRole('link', { name: '大字' }).click();
  await expect(page.locator('body')).toHaveClass(/big/);
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth).catch(() => 0);
  expect(wide).toBeLessThanOrEqual(0);
});
