// What a stall has besides its tap: a queue with numbers, a quiz with a reward, a card with stamps.
import { expect, test } from '../setup/story';
import { signIn, step } from '../setup/sign-in';

test.use({ expected: [/status of 422/] }); // of the slip that was redeemed already

const everybody = { tag: ['@phone', '@noscript'] };
const stall = (demo: { stalls: { no: string; url: string }[] }, no: string) => demo.stalls.find((one) => one.no === no)!.url;
const pad = (demo: { staff: { no: string; url: string }[] }, no: string) => demo.staff.find((one) => one.no === no)!.url;

test('a number is taken, called and served; the next one waits', everybody, async ({ page, visitor, demo, axe }) => {
  await page.goto(stall(demo, '12'));
  await axe(page);
  await page.getByRole('link', { name: '取号' }).click();
  await axe(page);
  await page.getByRole('button', { name: '取号' }).click();
  await expect(page.locator('main')).toContainText('您的号');
  await axe(page);
  const own = page.url();

  const staff = await visitor();
  await staff.setViewportSize({ width: 390, height: 844 });
  await staff.goto(`${pad(demo, '12')}/queue`);
  await axe(staff);
  // Whoever other stories left in the line is served first.
  for (let turn = 0; turn < 12; turn += 1) {
    await page.goto(own);
    if (await page.getByText('轮到您了').count()) break;
    const call = staff.getByRole('button', { name: '叫下一位' });
    if (await call.isEnabled()) await call.click();
    else await staff.getByRole('button', { name: '到了，服务完' }).first().click();
    await staff.goto(`${pad(demo, '12')}/queue`);
  }
  await expect(page.getByText('轮到您了')).toBeVisible();
  await axe(page);
  await axe(staff);
  while (await staff.getByRole('button', { name: '到了，服务完' }).count()) {
    await staff.getByRole('button', { name: '到了，服务完' }).first().click();
  }
  await page.goto(own);
  await expect(page.locator('main')).toContainText('已服务');
});

test('answers give a slip, and the slip one coffee', everybody, async ({ page, visitor, demo, axe }) => {
  await page.goto(`${stall(demo, '10')}/quiz`);
  await axe(page);
  for (let option = 0; option < 4 && page.url().includes('/quiz'); option += 1) {
    for (const question of await page.locator('form.quiz fieldset').all()) {
      if (await question.getByText('答对了').count()) continue;
      await question.locator('label').nth(option).click();
    }
    await page.getByRole('button', { name: '交卷' }).click();
    await axe(page);
  }
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('通过了');
  const code = await page.locator('.code-big b').innerText();

  const staff = await visitor();
  await staff.setViewportSize({ width: 390, height: 844 });
  await staff.goto(`${pad(demo, '10')}/redeem`);
  await staff.getByLabel('居民手机上的 6 位码').fill(code);
  await staff.getByRole('button', { name: '核销' }).click();
  await expect(staff.getByRole('status')).toContainText('核销好了：一杯咖啡');
  await axe(staff);
  await staff.getByLabel('居民手机上的 6 位码').fill(code);
  await staff.getByRole('button', { name: '核销' }).click();
  await expect(staff.getByRole('alert')).toContainText('已经领过了');
  await axe(staff);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('已领取');
});

test('the organizer sees queues, quiz and stamps, and the bank of questions', { tag: ['@phone'] }, async ({ page, demo, axe }) => {
  await signIn(page, demo);
  await page.goto(step(demo, 'visit'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('取号、答题、集章');
  await axe(page);
  await page.goto(`${demo.base}/o/quiz`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('题库');
  await axe(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});
