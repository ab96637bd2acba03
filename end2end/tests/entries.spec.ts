// The roster of a Saturday, by phone and without a script: a unit joins, a slip of the pen loses nothing.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the forms that were not right

const everywhere = { tag: ['@phone', '@noscript'] };

test('a unit joins a Saturday with its needs, is corrected and withdraws', everywhere, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'entries'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('参市单位');
  const rows = page.locator('table.entries tbody tr');
  const before = await rows.count();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0);
  expect(wide).toBeLessThanOrEqual(0);

  await page.getByLabel('招牌').fill('健康义诊');
  await page.getByLabel('做什么').fill('量血压、测血糖');
  await page.getByLabel('用电（瓦）').fill('三百');
  await page.getByLabel('最多几个人排队').fill('12');
  await page.getByLabel('预计来多少人').fill('150');
  await page.getByLabel('轮椅要能到').check();
  await page.getByRole('button', { name: '加一家' }).click();
  await expect(page.getByRole('alert')).toContainText('只写数字');
  await expect(page.getByLabel('做什么')).toHaveValue('量血压、测血糖');
  await expect(page.getByLabel('轮椅要能到')).toBeChecked();
  await axe(page);
  await page.getByLabel('用电（瓦）').fill('300');
  await page.getByRole('button', { name: '加一家' }).click();
  await expect(rows).toHaveCount(before + 1);
  await expect(rows.last()).toContainText('用电 300 W、轮椅要能到、最多 12 人排队、预计 150 人来');

  await page.getByRole('link', { name: '修改 健康义诊' }).click();
  await page.getByLabel('最窄多少米').fill('2.5');
  await axe(page);
  await page.getByRole('button', { name: '保存' }).click();
  await expect(rows.last()).toContainText('宽 2.50 m');

  await page.getByRole('link', { name: '修改 书记有约' }).click();
  await page.getByRole('button', { name: '退出这个周六' }).click();
  await expect(page.getByRole('alert')).toContainText('先在排摊里撤下');
  await page.getByRole('link', { name: '返回参市单位' }).click();
  await page.getByRole('link', { name: '修改 健康义诊' }).click();
  await page.getByRole('button', { name: '退出这个周六' }).click();
  await expect(rows).toHaveCount(before);
});
