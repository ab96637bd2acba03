// The day: the list before opening, a cell signed by phone, a hazard led through its loop, one line for everybody.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the forms that were not right

const fits = (page: import('@playwright/test').Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

test('a head signs by phone, a hazard goes round, closing asks', { tag: ['@phone', '@noscript'] }, async ({ page, visitor, demo, axe }) => {
  const what = `2号摊旁电线拖地 ${Date.now() % 100_000}`; // one demo serves every size
  await signIn(page, demo);
  await page.goto(step(demo, 'cells'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('十邻铺');
  const cell = page.locator('section.cell', { has: page.getByRole('heading', { name: '第1邻' }) });
  await expect(cell).toContainText('保安队长');
  await axe(page);
  expect(await fits(page)).toBe(true);
  const address = (await cell.locator('.address a').getAttribute('href')) ?? '';

  const phone = await visitor();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(address);
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('第1邻');
  await axe(phone);
  expect(await fits(phone)).toBe(true);
  for (const point of await phone.locator('fieldset.point').all()) await point.getByLabel('好', { exact: true }).check();
  await phone.locator('fieldset.point', { hasText: '电线有护槽' }).getByLabel('要处理').check();
  await phone.getByRole('button', { name: '签' }).click();
  await expect(phone.getByRole('alert')).toContainText('请在备注里写清楚');
  await expect(phone.locator('fieldset.point', { hasText: '电线有护槽' }).getByLabel('要处理')).toBeChecked();
  await axe(phone);
  await phone.getByLabel('备注').fill(what);
  await phone.getByRole('button', { name: '签' }).click();
  await expect(phone.getByRole('status')).toContainText('已经报给现场指挥');

  await page.goto(step(demo, 'live'));
  await expect(page.locator('#main .day')).toContainText(what);
  await axe(page);
  expect(await fits(page)).toBe(true);
  await page.locator('form[action$="/stage"] button').click();
  await expect(page.locator('.warnings')).toContainText('没处置完：用电（第1邻）');
  await axe(page);
  await page.locator('.warnings a').first().click();
  const hazard = page.locator('li.incident', { hasText: what });
  await expect(hazard).toContainText('预警');
  await axe(page);
  expect(await fits(page)).toBe(true);
  await hazard.getByRole('button', { name: '开始处置' }).click();
  await hazard.locator('summary').click();
  await hazard.getByLabel('做了什么').fill('加了护线槽');
  await hazard.getByLabel('谁去回访').fill('物业电工');
  await hazard.getByRole('button', { name: '处置完' }).click();
  await expect(hazard).toContainText('待回访');
  await page.goto(`${demo.base}/o/`);
  await expect(page.locator('.looks')).toContainText(what);
  await axe(page);
  await page.locator('.looks a', { hasText: what }).click();
  await hazard.locator('summary').click();
  await hazard.getByLabel('看到什么').fill('没有松');
  await hazard.getByRole('button', { name: '已好，销号' }).click();
  await expect(hazard).toContainText('已销号');
});

test('the list before opening is marked, and the card is printed', { tag: ['@phone', '@noscript'] }, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'preflight'));
  await expect(page.locator('.head .chip').first()).toHaveText('必须的都办好了');
  await axe(page);
  expect(await fits(page)).toBe(true);
  const venue = page.locator('#i-venue');
  await venue.getByRole('button', { name: /撤销/ }).click();
  await expect(page.locator('.head .chip').first()).toHaveText('必须的还有 1 项');
  await venue.locator('summary').first().click();
  await venue.getByLabel('谁办的').fill('社区党群岗');
  await venue.getByLabel('文号或备注').fill('示例：同意书');
  await venue.getByRole('button', { name: '记已办' }).click();
  await expect(venue).toContainText('示例：同意书');
  await page.goto(step(demo, 'emergency'));
  await page.getByLabel('现场总指挥').fill('社区党委书记，在总服务台');
  await page.getByRole('button', { name: '存好' }).click();
  await expect(page.getByRole('status')).toHaveText('已存好。');
  await axe(page);
  expect(await fits(page)).toBe(true);
  await page.getByRole('link', { name: 'A5 应急卡' }).click();
  await expect(page.locator('article')).toContainText('诗园北侧草坪');
  await axe(page);
});

test('one line reaches the screen and the pad within seconds', { tag: '@phone' }, async ({ page, visitor, demo, axe }) => {
  const [screen, pad] = [await visitor(), await visitor()];
  await screen.goto(demo.screen);
  await pad.goto(demo.staff[1].url);
  await signIn(page, demo);
  await page.goto(step(demo, 'live'));
  const words = `请到北门取雨衣 ${Date.now() % 1_000}`;
  await page.getByLabel('用现成的').selectOption('other');
  await page.getByLabel('内容').fill(words);
  await page.getByLabel('从', { exact: true }).fill('00:00');
  await page.getByLabel('到', { exact: true }).fill('11:59');
  if (new Date(Date.now() + 8 * 3_600_000).getUTCHours() >= 12) {
    await page.getByLabel('从', { exact: true }).fill('12:00');
    await page.getByLabel('到', { exact: true }).fill('23:59');
  }
  await page.getByRole('button', { name: '广播' }).click();
  await expect(screen.locator('.told')).toContainText(words, { timeout: 10_000 });
  await expect(pad.locator('.told-lines')).toContainText(words, { timeout: 15_000 });
  await axe(screen);
  await axe(pad);
  await page.getByRole('button', { name: `撤下 ${words}` }).click();
  await expect(screen.locator('.told')).not.toContainText(words, { timeout: 10_000 });
});
