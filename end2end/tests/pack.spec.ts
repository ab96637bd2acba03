// The night before a market: one file with everything that is printed, and a form that says what is missing.
import { readFileSync } from 'node:fs';
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the forms that asked for nothing

test('from the posters to one file with all that is printed', { tag: ['@phone'] }, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'posters'));
  await page.getByRole('link', { name: '打印包' }).click();
  await expect(page.locator('h1')).toHaveText('打印包');
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);

  await expect(page.getByLabel('摊位海报')).toBeChecked();
  await page.getByLabel('登记表').check();
  await page.getByLabel('只印这几个号').check();
  await page.getByLabel('摊位号，用逗号分开').fill('1，3');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: '生成 PDF' }).click();
  const pdf = await saved;
  expect(pdf.suggestedFilename()).toMatch(/^\d{4}-\d{2}-\d{2}-print\.pdf$/);
  const text = readFileSync(await pdf.path(), 'latin1');
  expect(text.slice(0, 5)).toBe('%PDF-');
  const pages = Math.max(...[...text.matchAll(/\/Count (\d+)/g)].map(([, count]) => Number(count)));
  expect(pages, 'cover, two posters, the list, the map, two sheets').toBeGreaterThanOrEqual(6);
});

const everywhere = { tag: ['@phone', '@noscript'] };

test('what was asked for wrongly is said in one sentence, and the form stays filled in', everywhere, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'pack'));
  for (const part of ['封面和目录', '摊位海报', '服务清单（大字）', '摊位图（A3）']) await page.getByLabel(part).uncheck();
  await page.getByLabel('A5 海报，A6 台卡').check();
  await page.getByLabel('只印这几个号').check();
  await page.getByLabel('摊位号，用逗号分开').fill('3，99');
  await page.getByRole('button', { name: '生成 PDF' }).click();
  await expect(page.getByRole('alert')).toHaveText('没有选要印什么。');
  await expect(page.getByLabel('摊位海报')).not.toBeChecked();
  await expect(page.getByLabel('A5 海报，A6 台卡')).toBeChecked();
  await expect(page.getByLabel('摊位号，用逗号分开')).toHaveValue('3，99');
  await axe(page);

  await page.getByLabel('台卡（对折）').check();
  await page.getByRole('button', { name: '生成 PDF' }).click();
  await expect(page.getByRole('alert')).toHaveText('没有 99 号摊位。');
  await expect(page.getByLabel('台卡（对折）')).toBeChecked();
  await expect(page.getByLabel('只印这几个号')).toBeChecked();
  await page.getByLabel('摊位号，用逗号分开').fill('');
  await page.getByRole('button', { name: '生成 PDF' }).click();
  await expect(page.getByRole('alert')).toHaveText('没有写摊位号。');
});
