// Honest counting: what looks unusual waits, and an organizer says how fast a stall serves and sees what waits.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the pace that makes no sense

test('a stall gets a pace and a code, and its page asks for the code', { tag: ['@phone'] }, async ({ page, visitor, demo, axe }) => {
  const stall = demo.stalls.find((one) => one.no === '13')!.url;
  const pad = demo.staff.find((one) => one.no === '13')!.url;
  await signIn(page, demo);
  await page.goto(step(demo, 'live'));
  await page.getByRole('link', { name: '去看待核' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('待核');
  await axe(page);
  await page.locator('#stall').selectOption((await page.locator('#stall option', { hasText: '13号' }).getAttribute('value'))!);
  await page.getByLabel('同时接待几位').fill('2');
  await page.getByLabel('扫码页可填摊位码').check();
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('alert')).toContainText('没有保存');
  await expect(page.getByLabel('扫码页可填摊位码')).toBeChecked();
  await axe(page);
  await page.getByLabel('一位几分钟').fill('10');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('一位 10 分钟，同时 2 位').first()).toBeVisible();

  const staff = await visitor();
  await staff.setViewportSize({ width: 390, height: 844 });
  await staff.goto(`${pad}/code`);
  const code = await staff.locator('.stall-code b').innerText();
  expect(code).toMatch(/^\d{4}$/);
  await axe(staff);

  const resident = await visitor();
  await resident.setViewportSize({ width: 390, height: 844 });
  await resident.goto(stall);
  await resident.getByLabel('摊位码（可不填）').fill(code);
  await axe(resident);
  await resident.getByRole('button', { name: '我被服务了' }).click();
  await expect(resident.getByRole('heading', { level: 1 })).toHaveText('已记录');
});

test('a filled trap waits for review and can be decided after a while', async ({ page, visitor, demo, axe }) => {
  const robot = await visitor();
  await robot.goto(demo.stalls.find((one) => one.no === '14')!.url);
  await robot.locator('input[name=memo]').evaluate((field: HTMLInputElement) => (field.value = 'x'));
  await robot.getByRole('button', { name: '我被服务了' }).click();
  await expect(robot.getByRole('heading', { level: 1 })).toHaveText('已记录');

  await signIn(page, demo);
  await page.goto(step(demo, 'review'));
  const line = page.locator('.batches li', { hasText: '填了人看不见的空格' });
  await expect(line).toContainText('起可以定');
  await axe(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});
