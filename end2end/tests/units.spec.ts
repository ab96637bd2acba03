// The register of units, by phone and without a script: found by sound, papers that gate, a file in and out.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of (409|422)/] }); // of the forms that were not right

const everywhere = { tag: ['@phone', '@noscript'] };

test('a unit is found by sound, gets a service, lacks its papers, and gets them', everywhere, async ({ page, demo, axe }, info) => {
  const name = `社区健康驿站 ${info.project.name}`;
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/units`);
  await page.getByLabel('单位名称').fill(name);
  await page.getByLabel('联系人角色').fill('值班人员');
  await page.getByRole('button', { name: '加一家' }).click();
  await page.getByLabel('找单位').fill('sqjkyz');
  await page.getByRole('button', { name: '找', exact: true }).click();
  const line = page.locator('tr', { hasText: name });
  await expect(line).toBeVisible();
  await expect(page.locator('tr', { hasText: '莲花街道党工委' })).toHaveCount(0);
  await axe(page);

  await line.getByRole('link').click();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0);
  expect(wide).toBeLessThanOrEqual(0);
  await page.getByLabel('服务名称').fill('健康义诊');
  await page.getByLabel('老人').check();
  await page.getByLabel('不打烊').check();
  await page.getByRole('button', { name: '加进清单' }).click();
  await expect(page.locator('#services li', { hasText: '健康义诊' })).toContainText('不打烊');
  await page.getByLabel('接着去的单位').selectOption('福中社区老年协会党支部');
  await page.getByLabel('有多少人接着去').selectOption('很多');
  await page.getByRole('button', { name: '记下' }).first().click();
  await expect(page.locator('#ties li')).toContainText('福中社区老年协会党支部 很多');
  await expect(page.locator('#papers')).toContainText('“健康义诊”要有义诊备案，这家还没有登记。');
  for (const kind of ['义诊备案', '医师执业证']) {
    await page.getByLabel('资质种类').selectOption(kind);
    await page.getByLabel('发证机关').fill('区卫健局');
    await page.getByLabel('有效期至').fill('2099-12-31');
    await page.getByRole('button', { name: '登记资质' }).click();
  }
  await expect(page.locator('#papers .warn')).toHaveCount(0);
  await axe(page);
});

test('a unit is chosen, delisted with evidence, heard and taken back', everywhere, async ({ page, demo, axe }, info) => {
  const name = `某商户 ${info.project.name}`;
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/units`);
  await page.getByLabel('单位名称').fill(name);
  await page.getByLabel('联系人角色').fill('店长');
  await page.getByRole('button', { name: '加一家' }).click();
  await page.locator('tr', { hasText: name }).getByRole('link').click();
  const vetting = page.locator('#vetting');
  const say = async (words: string, button: string) => {
    await vetting.getByRole('textbox').fill(words);
    await vetting.getByRole('button', { name: button, exact: true }).click();
  };
  await vetting.getByRole('button', { name: '入选', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('理由要写');
  await say('居民代表评议通过', '入选');
  await say('两次现场推销', '摘牌');
  await expect(vetting).toContainText('这家单位不能再参市');
  await axe(page);
  await page.goto(step(demo, 'entries'));
  await expect(page.getByLabel('单位').locator('option', { hasText: name })).toHaveCount(0);
  await page.goBack();
  await say('已经整改', '记下申诉');
  await say('复核通过', '重新入选');
  await expect(vetting.getByRole('heading')).toContainText('重新入选');
});

test('a file is previewed, corrected and written', everywhere, async ({ page, demo, axe }, info) => {
  const name = `墨香读书会 ${info.project.name}`;
  const file = `单位名称,性质,联系人角色,服务\n${name},火星人,社长,书画\n莲花街道党工委,机关,街道党建办联络人,听取诉求心声｜意见诉求｜大家；现场排忧解难｜意见诉求｜大家\n`;
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/units`);
  await page.getByRole('link', { name: '导入' }).click();
  await axe(page);
  await page.getByLabel('文件').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from('not a register') });
  await page.getByRole('button', { name: '看一下会改什么' }).click();
  await expect(page.getByRole('alert')).toContainText('没有“单位名称”这一列');
  await page.getByLabel('文件').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: '看一下会改什么' }).click();
  await expect(page.getByText('有错 1')).toBeVisible();
  await expect(page.getByText('性质“火星人”不认得')).toBeVisible();
  await axe(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0);
  expect(wide).toBeLessThanOrEqual(0);
  await page.getByLabel('性质').fill('志愿队');
  await page.getByRole('button', { name: '再检查一次' }).click();
  await expect(page.getByText('新增 1')).toBeVisible();
  await page.getByRole('button', { name: /确认导入/ }).click();
  await expect(page.locator('tr', { hasText: name })).toContainText('志愿队');
});

test('the register is saved as a file', async ({ page, demo }) => {
  await signIn(page, demo);
  await page.goto(`${demo.base}/o/units`);
  for (const [link, file] of [['导出 CSV', 'units.csv'], ['导出 Excel', 'units.xlsx']]) {
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: link }).click();
    expect((await saved).suggestedFilename()).toBe(file);
  }
});
